// SPDX-License-Identifier: Apache-2.0
#include "push/desk.hpp"

#include "base/push_limits.hpp"
#include "chat/private_metadata.hpp"
#include "push/mentions.hpp"
#include "wire/push_endpoint.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

namespace tertulia::push {
namespace limits = base::limits;

namespace {

// CTCP is between programs, but for what somebody does (ACTION).
bool is_for_people(const chat::spoke& what) {
    const bool of_programs = what.text.starts_with('\x01') && !what.text.starts_with("\x01"
                                                                                     "ACTION ");
    return what.kind == chat::message_kind::message && !of_programs;
}

// What it is said in, as whoever hears it knows it.
const base::name& place_of(const chat::spoke& what) {
    const chat::room_card* const room = what.room.get();
    return room != nullptr ? room->name : what.by->nickname;
}

// The push services of browsers. These let nothing be pushed of which there is nothing to be seen:
// they show a notice of their own instead, or end the subscription.
constexpr std::array<std::string_view, 4> browsers{
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
};

bool is_browser(const chat::push_registration& device) {
    const std::optional<wire::push_endpoint> where = wire::read_push_endpoint(device.endpoint);
    return where && std::ranges::any_of(
                        browsers, [&](std::string_view one) { return where->host.ends_with(one); });
}

chat::submission question_about(const chat::spoke& what, std::vector<chat::person_id> whom,
                                chat::session_id self, std::uint32_t serial) {
    return {self, serial,
            chat::question{chat::ask_pushable{std::move(whom), what.by, what.conversation,
                                              what.room != nullptr, what.heard_from}}};
}

} // namespace

desk::desk(store::push_devices& known, phrases how, chat::session_id self)
    : known_(known), phrases_(std::move(how)), self_(self) {}

base::result<void> desk::open() {
    base::result<std::vector<store::push_owner>> all = known_.all();
    if (!all) {
        return std::unexpected(std::move(all.error()));
    }
    for (store::push_owner& one : *all) {
        keep(std::move(one));
    }
    return {};
}

base::result<void> desk::take(const chat::batch& of, base::steady_time now, outcome& out) {
    for (const chat::event& one : of.events) {
        if (base::result<void> heard = hear(one, now, out); !heard) {
            return heard;
        }
    }
    return {};
}

base::result<void> desk::hear(const chat::event& of, base::steady_time now, outcome& out) {
    if (const auto* const said = std::get_if<chat::spoke>(&of.what)) {
        hear_said(of, *said, out);
    } else if (const auto* const answered = std::get_if<chat::answered>(&of.what)) {
        const auto* const found = std::get_if<chat::pushable_answer>(answered->what.get());
        if (found != nullptr && of.cause.session == self_) {
            hear_answer(of.cause.serial, *found, now, out);
        }
    } else if (const auto* const gone = std::get_if<chat::redacted>(&of.what)) {
        forget(gone->conversation, gone->message, out);
    } else if (const auto* const other = std::get_if<chat::edited>(&of.what)) {
        forget(other->conversation, other->message, out);
    } else if (const auto* const read = std::get_if<chat::marker_saved>(&of.what)) {
        hear_read(*read, out);
    } else if (const auto* const saved = std::get_if<chat::push_saved>(&of.what)) {
        return hear_saved(*saved);
    } else if (const auto* const account = std::get_if<chat::account_saved>(&of.what)) {
        return owners_.contains(account->id) ? look_up(account->id) : base::result<void>{};
    } else if (const auto* const about = std::get_if<chat::metadata_saved>(&of.what)) {
        hear_wish(*about);
    } else if (const auto* const ended = std::get_if<chat::account_ended>(&of.what)) {
        drop(ended->id);
    } else if (const auto* const login = std::get_if<chat::login_saved>(&of.what)) {
        return login->what == chat::login_change::all_closed ? look_up(login->as.account)
                                                             : base::result<void>{};
    }
    return {};
}

void desk::note_answerable(const chat::spoke& what) {
    if (what.room == nullptr || !owners_.contains(what.by->person)) {
        return;
    }
    if (answerable_.size() >= limits::push_answerable_max) {
        answerable_.pop_front();
    }
    answerable_.push_back({what.conversation, what.number, what.by->person});
}

std::vector<chat::person_id> desk::addressed_by(const chat::spoke& what) const {
    std::vector<chat::person_id> found;
    const auto add = [&](chat::person_id one) {
        if (one != what.by->person && std::ranges::count(found, one) == 0 &&
            found.size() < limits::push_named_max) {
            found.push_back(one);
        }
    };
    if (what.room == nullptr) {
        if (owners_.contains(what.to->person)) {
            add(what.to->person);
        }
        return found;
    }
    const auto is_answered = [&](const answerable& one) {
        return one.number == what.about && one.conversation == what.conversation;
    };
    const auto answered = what.about == chat::message_number{}
                              ? answerable_.end()
                              : std::ranges::find_if(answerable_, is_answered);
    if (answered != answerable_.end() && owners_.contains(answered->author)) {
        add(answered->author);
    }
    for (const std::string& word : words_of(what.text)) {
        if (const auto named = by_name_.find(word); named != by_name_.end()) {
            add(named->second);
        }
    }
    std::ranges::for_each(words_.said_in(what.text), add);
    return found;
}

desk::hearers desk::hearers_of(const chat::spoke& what) const {
    const std::string& place = place_of(what).key;
    const auto unwanted = [&](chat::person_id one) { return levels_.wants_nothing(one, place); };
    hearers found{addressed_by(what), {}};
    std::erase_if(found.meant, unwanted);
    if (what.room == nullptr) {
        return found;
    }
    for (const chat::person_id one : levels_.want_all(place)) {
        const bool is_meant = std::ranges::count(found.meant, one) != 0;
        if (!is_meant && one != what.by->person &&
            found.meant.size() + found.others.size() < limits::push_told_max) {
            found.others.push_back(one);
        }
    }
    return found;
}

void desk::hear_said(const chat::event& of, const chat::spoke& what, outcome& out) {
    if (owners_.empty() || !is_for_people(what)) {
        return;
    }
    hearers found = hearers_of(what);
    note_answerable(what);
    std::vector<chat::person_id> whom = found.meant;
    whom.insert(whom.end(), found.others.begin(), found.others.end());
    if (whom.empty()) {
        return;
    }
    if (asked_.size() >= limits::push_questions_max) {
        asked_.erase(asked_.begin());
    }
    ++serial_;
    asked_.emplace(serial_, pending{of, std::move(found.meant)});
    out.questions.push_back(question_about(what, std::move(whom), self_, serial_));
}

void desk::hear_answer(std::uint32_t serial, const chat::pushable_answer& what,
                       base::steady_time now, outcome& out) {
    const auto asked = asked_.find(serial);
    if (asked == asked_.end()) {
        return;
    }
    const auto [of, meant] = std::move(asked->second);
    asked_.erase(asked);
    const auto& said = std::get<chat::spoke>(of.what);
    const std::string line = phrases_.said(of);
    for (const chat::person_id one : what.whom) {
        const bool is_meant = std::ranges::count(meant, one) != 0;
        if (owners_.contains(one) && may_have_another(one, is_meant, now)) {
            note_unread(one, of, said);
            pack(one, {{}, line, urgency::high, 0, one, said.number}, out);
        }
    }
}

// A message that was taken back, or reads otherwise now, tells nobody any more what it was.
void desk::forget(chat::conversation_id in, chat::message_number message, outcome& out) {
    std::erase_if(asked_, [&](const auto& one) {
        const auto& said = std::get<chat::spoke>(one.second.of.what);
        return said.conversation == in && said.number == message;
    });
    std::erase_if(out.parcels, [&](const parcel& one) { return one.about == message; });
    out.recalled.push_back(message);
}

// What her devices show of it can go, where a program takes that in silence.
void desk::hear_read(const chat::marker_saved& what, outcome& out) {
    const auto shown = unread_.find({what.account, what.conversation});
    if (shown == unread_.end() || !what.read_to || *what.read_to < shown->second.last) {
        return;
    }
    pack(what.account,
         {{},
          phrases_.read(shown->second.target, *what.read_to),
          urgency::normal,
          0,
          what.account,
          {}},
         out);
    unread_.erase(shown);
}

void desk::hear_wish(const chat::metadata_saved& what) {
    if (!owners_.contains(what.account)) {
        return;
    }
    if (what.what.key == chat::own_words_key) {
        words_.keep(what.account, what.what.value);
    } else if (what.what.key == chat::levels_key) {
        levels_.keep(what.account, what.what.value);
    }
}

base::result<void> desk::hear_saved(const chat::push_saved& what) {
    drop_endpoint(what.what.endpoint);
    return what.on ? look_up(what.account) : base::result<void>{};
}

base::result<void> desk::look_up(chat::person_id account) {
    base::result<store::push_owner> found = known_.of(account);
    if (!found) {
        return std::unexpected(std::move(found.error()));
    }
    drop(account);
    keep(std::move(*found));
    return {};
}

void desk::keep(store::push_owner owner) {
    if (!owner.devices.empty()) {
        by_name_[owner.name.key] = owner.account;
        words_.keep(owner.account, owner.words);
        levels_.keep(owner.account, owner.levels);
        owners_[owner.account] = std::move(owner);
    }
}

void desk::drop(chat::person_id account) {
    if (const auto owner = owners_.find(account); owner != owners_.end()) {
        by_name_.erase(owner->second.name.key);
        words_.drop(account);
        levels_.drop(account);
        owners_.erase(owner);
    }
}

void desk::drop_endpoint(const std::string& endpoint) {
    std::vector<chat::person_id> without;
    for (auto& [account, owner] : owners_) {
        std::erase_if(owner.devices, [&](const auto& one) { return one.endpoint == endpoint; });
        if (owner.devices.empty()) {
            without.push_back(account);
        }
    }
    std::ranges::for_each(without, [this](chat::person_id one) { drop(one); });
}

// Half of what she may have is for what means her: a lively room does not take its place.
bool desk::may_have_another(chat::person_id account, bool meant, base::steady_time now) {
    if (told_.size() > owners_.size()) { // of some who have no device any more
        std::erase_if(told_, [&](const auto& one) { return one.second.paid_at <= now; });
    }
    base::steady_time& paid_at = told_[account].paid_at;
    const base::steady_time next = std::max(paid_at, now) + limits::push_each;
    const auto burst = static_cast<int>(meant ? limits::push_burst : limits::push_burst / 2);
    if (next - now > limits::push_each * burst) {
        return false;
    }
    paid_at = next;
    return true;
}

void desk::note_unread(chat::person_id account, const chat::event& of, const chat::spoke& what) {
    const conversation_of place{account, what.conversation};
    if (unread_.size() >= limits::push_unread_max && !unread_.contains(place)) {
        unread_.erase(
            std::ranges::min_element(unread_, {}, [](const auto& one) { return one.second.last; }));
    }
    unread_[place] = {place_of(what).display, of.time};
}

void desk::pack(chat::person_id account, parcel like, outcome& out) const {
    const auto owner = owners_.find(account);
    if (owner == owners_.end()) {
        return;
    }
    for (const chat::push_registration& device : owner->second.devices) {
        if (like.about.value != 0 || !is_browser(device)) {
            like.to = device;
            out.parcels.push_back(like);
        }
    }
}

} // namespace tertulia::push
