// SPDX-License-Identifier: Apache-2.0
// Words that operators do not want said: listed, taken off the list, and what they bring on who
// says them.
#include "base/limits.hpp"
#include "base/order_limits.hpp"
#include "chat/inquiry.hpp"
#include "chat/steward.hpp"
#include "chat/word.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

constexpr std::array<std::string_view, 4> action_names{"report", "hide", "refuse", "mute"};

// Whom reports name that nobody made: no nickname is like it.
constexpr std::string_view nobodys_name = "*";

std::string bracketed(const listed_word& of) { return "[" + of.mask + "]"; }

} // namespace

std::string_view name_of(word_action of) { return action_names[static_cast<std::size_t>(of)]; }

std::optional<word_action> word_action_of(std::string_view name) {
    const auto* const found = std::ranges::find(action_names, name);
    return found == action_names.end()
               ? std::nullopt
               : std::optional(static_cast<word_action>(found - action_names.begin()));
}

void application::operator()(const add_word& wish) { steward(*this).list(wish); }
void application::operator()(const remove_word& wish) { steward(*this).unlist(wish); }

void application::operator()(const meet_word& wish) {
    if (steward(*this).mute() == nullptr) {
        static_cast<void>(steward(*this).meet(wish.what, state_.find_account(author_->id()),
                                              author_->card->nickname));
    }
}

void steward::list(const add_word& wish) {
    if (!in_.permitted(right::words, authority::own)) {
        return;
    }
    if (wish.folded.find_first_not_of("*?") == std::string::npos) {
        in_.refuse(reason::word_too_broad, wish.mask);
        return;
    }
    std::vector<listed_word> all = *in_.state_.order.words;
    const auto before = std::ranges::find(all, wish.folded, &listed_word::folded);
    if (before == all.end() && all.size() >= limits::words_max) {
        in_.refuse(reason::no_more_words, wish.mask);
        return;
    }
    const std::string& by = in_.author_->card->nickname.display;
    const word_id id = before == all.end() ? word_id{in_.number_.value} : before->id;
    const listed_word made{id, wish.mask,      wish.folded, wish.action, wish.mutes_for,
                           by, in_.entry_.time};
    before == all.end() ? all.push_back(made) : static_cast<void>(*before = made);
    std::string how(name_of(wish.action));
    if (wish.action == word_action::mute) {
        how += " " + std::to_string(wish.mutes_for.count()) + "s";
    }
    in_.note_measure(measure::added_word, authority::own, wish.mask, std::move(how), {});
    save_words(made, true, std::move(all));
}

void steward::unlist(const remove_word& wish) {
    if (!in_.permitted(right::words, authority::own)) {
        return;
    }
    std::vector<listed_word> all = *in_.state_.order.words;
    const auto found = std::ranges::find(all, wish.folded, &listed_word::folded);
    if (found == all.end()) {
        in_.refuse(reason::no_such_word, wish.mask);
        return;
    }
    const listed_word gone = *found;
    all.erase(found);
    in_.note_measure(measure::removed_word, authority::own, gone.mask, {}, {});
    save_words(gone, false, std::move(all));
}

void steward::save_words(const listed_word& what, bool kept, std::vector<listed_word> all) {
    auto& words = in_.state_.order.words;
    words = std::make_shared<const std::vector<listed_word>>(std::move(all));
    in_.emit(to_session{in_.entry_.author}, words_changed{what, kept, words});
}

bool steward::meet(const word_met& what, const account* as, const base::name& name) {
    const auto& all = *in_.state_.order.words;
    const auto word = std::ranges::find(all, what.which, &listed_word::id);
    const bool exempt = as != nullptr && in_.state_.order.of(as->id).any();
    if (word == all.end() || exempt) {
        return true;
    }
    const bool webhook = as == nullptr && in_.author_ == nullptr;
    if (word->action == word_action::report || (word->action == word_action::mute && webhook)) {
        report_by(*word, what, name);
    } else if (word->action == word_action::mute) {
        impose_by(*word, as != nullptr ? sanctioned(by_account{as->id, as->name.display})
                                       : sanctioned(by_nickname{name.key}));
    }
    return word->action != word_action::mute;
}

// Room is left for what operators impose themselves.
void steward::impose_by(const listed_word& word, const sanctioned& whom) {
    if (in_.state_.order.sanctions.size() >= limits::sanctions_by_words_max) {
        return;
    }
    const base::wall_time now = in_.entry_.time;
    put_in_force({{in_.number_.value},
                  sanction_kind::mute,
                  whom,
                  word.by,
                  now,
                  now + word.mutes_for,
                  bracketed(word)});
}

// One about each person and word is open at a time.
void steward::report_by(const listed_word& word, const word_met& what, const base::name& whom) {
    const std::string start = bracketed(word);
    const auto& open = in_.state_.order.reports;
    const auto known = std::ranges::any_of(open, [&](const auto& one) {
        return one.second.by == nobodys_name && one.second.whom == whom.display &&
               one.second.why.starts_with(start);
    });
    const auto made =
        std::ranges::count_if(open, [](const auto& one) { return one.second.by == nobodys_name; });
    if (known || static_cast<std::size_t>(made) >= limits::reports_by_words_max ||
        open.size() >= limits::reports_max) {
        return;
    }
    std::string why = start + " " + what.where;
    why += what.text.empty() ? "" : ": " + what.text;
    const report_id id{open.empty() ? 1 : open.rbegin()->first.value + 1};
    tell_of({id, std::string(nobodys_name), whom.display, {}, std::move(why), in_.entry_.time});
}

event inquiry::operator()(const ask_words& /*what*/) const {
    if (const auto refusal = without(right::words)) {
        return *refusal;
    }
    return answer_with(words_answer{state.order.words});
}

} // namespace tertulia::chat
