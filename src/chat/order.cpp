// SPDX-License-Identifier: Apache-2.0
// Operators: how accounts become them, and what each needs which right for. Whatever they do to
// others is written down.
#include "chat/order.hpp"

#include "base/limits.hpp"
#include "chat/steward.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::chat {
namespace {

constexpr std::array<std::string_view, right_count> right_names{
    "kill", "ban", "mute", "announce", "reports", "accounts", "rooms", "log", "redact", "words"};

constexpr std::array<std::string_view, 19> measure_names{
    "claim",          "rights",       "kill",        "suspend-account", "resume-account",
    "delete-account", "ban",          "mute",        "unban",           "unmute",
    "announce",       "close-report", "give-room",   "invite",          "uninvite",
    "register",       "add-word",     "delete-word", "redact"};

// "+kill +ban", as the log has it.
std::string listed(rights of, char sign) {
    std::string made;
    for (std::size_t bit = 0; bit < right_count; ++bit) {
        if (of.test(bit)) {
            made += (made.empty() ? "" : " ") + std::string(1, sign);
            made += right_names[bit];
        }
    }
    return made;
}

} // namespace

std::string_view name_of(right of) { return right_names[static_cast<std::size_t>(of)]; }

std::optional<right> right_of(std::string_view name) {
    const auto* const found = std::ranges::find(right_names, name);
    return found == right_names.end()
               ? std::nullopt
               : std::optional(static_cast<right>(found - right_names.begin()));
}

std::string_view name_of(measure of) { return measure_names[static_cast<std::size_t>(of)]; }

bool application::permitted(right needed, authority by) {
    if (by == authority::machine) {
        return true;
    }
    const rights held = author_ == nullptr ? rights{} : state_.rights_of(*author_);
    if (!holds(held, needed)) {
        refuse(held.any() ? reason::lacks_right : reason::not_operator,
               std::string(name_of(needed)));
        return false;
    }
    return true;
}

void application::note_measure(measure what, authority by, std::string whom, std::string why,
                               std::optional<base::wall_time> until) {
    const bool hers = by == authority::own && author_ != nullptr;
    moderated done{
        number_,         what,           hers ? author_->card->nickname.display : std::string(),
        std::move(whom), std::move(why), until};
    steward(*this).record(std::move(done));
}

// Her card says whether she is an operator, so that everybody sees it.
void application::hold_rights(account& of, rights held) {
    if (held.any()) {
        state_.order.operators[of.id] = held;
        state_.order.claimed = true;
    } else {
        state_.order.operators.erase(of.id);
    }
    emit(nobody{}, rights_saved{of.id, held});
    if (of.present == nullptr) {
        return;
    }
    card next = *of.present->card;
    next.is_operator = held.any();
    replace_card(*of.present, std::make_shared<const card>(std::move(next)));
    emit(to_sessions{of.present->all_sessions()}, rights_changed{of.present->card});
}

void application::operator()(const claim_server& /*wish*/) {
    account* const of = own_account();
    if (of == nullptr) {
        return;
    }
    if (state_.order.claimed) {
        refuse(reason::claimed_already);
        return;
    }
    hold_rights(*of, rights().set());
    for (auto& [key, one] : state_.rooms) {
        if (one.always) {
            own_from_now_on(*author_, one);
        }
    }
    note_measure(measure::claimed, authority::own, of->name.display, {}, {});
}

void application::own_from_now_on(person& who, room& what) {
    what.access[who.id()] = role::owner;
    save(what);
    if (member* const place = what.find(&who); place != nullptr && place->rank != role::owner) {
        place->rank = role::owner;
        emit(to_room{what.id()},
             room_modes_changed{
                 {}, what.card, {role_change{role::owner, true, who.card->nickname}}, number_});
    }
}

void application::operator()(const set_rights& wish) {
    account* const of = named_account(wish.account);
    if (of == nullptr) {
        return;
    }
    const rights before = state_.order.of(of->id);
    const rights after = (before | wish.give) & ~wish.take;
    if (before == after) {
        return;
    }
    hold_rights(*of, after);
    const std::string given = listed(after & ~before, '+');
    const std::string taken = listed(before & ~after, '-');
    note_measure(measure::gave_rights, authority::machine, of->name.display,
                 given + (given.empty() || taken.empty() ? "" : " ") + taken, {});
}

// Those who keep order are out of each other's reach: the machine's owner settles that.
bool application::within_reach(const person& whom, authority by) {
    if (by == authority::own && &whom != author_ && whom.card->is_operator) {
        refuse(reason::target_is_operator, whom.card->nickname.display);
        return false;
    }
    return true;
}

bool application::within_reach(const account& which, authority by) {
    if (by == authority::own && state_.order.of(which.id).any()) {
        refuse(reason::target_is_operator, which.name.display);
        return false;
    }
    return true;
}

void application::operator()(const kill& wish) {
    if (!permitted(right::kill, wish.by)) {
        return;
    }
    person* const target = state_.find_nickname(wish.target.key);
    if (target == nullptr) {
        refuse(reason::no_such_nickname, wish.target.display);
        return;
    }
    if (!within_reach(*target, wish.by)) {
        return;
    }
    note_measure(measure::killed, wish.by, target->card->nickname.display, wish.reason, {});
    put_out(*target, {eviction::killed, wish.reason, {}}, "Killed: " + wish.reason);
}

} // namespace tertulia::chat
