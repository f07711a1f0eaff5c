// SPDX-License-Identifier: Apache-2.0
#include "chat/state.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::chat {

person* heart_state::find(session_id session) const {
    const auto found = by_session.find(session);
    return found == by_session.end() ? nullptr : found->second;
}

person* heart_state::find_nickname(std::string_view key) const {
    const auto found = by_nickname.find(key);
    return found == by_nickname.end() ? nullptr : *found;
}

account* heart_state::find_account(person_id id) {
    const auto found = accounts.find(id);
    return found == accounts.end() ? nullptr : &found->second;
}

const account* heart_state::find_account(person_id id) const {
    const auto found = accounts.find(id);
    return found == accounts.end() ? nullptr : &found->second;
}

account* heart_state::find_account(std::string_view key) const {
    const auto found = by_account_name.find(key);
    return found == by_account_name.end() ? nullptr : found->second;
}

const private_conversations& heart_state::conversations_of(const person& of) const {
    static const private_conversations none;
    if (of.card->registered) {
        return accounts.at(of.id()).conversations;
    }
    return of.rare ? of.rare->conversations : none;
}

card_ref heart_state::card_of(const partner& whom) const {
    if (const auto there = persons.find(whom.who); there != persons.end()) {
        return there->second.card;
    }
    card made;
    made.person = whom.who;
    const account* const away = find_account(whom.who);
    made.nickname = away != nullptr ? away->name : whom.as;
    made.registered = away != nullptr;
    return std::make_shared<const card>(std::move(made));
}

std::string heart_state::called(person_id whom) const {
    if (const auto there = persons.find(whom); there != persons.end()) {
        return there->second.card->nickname.display;
    }
    if (const account* const away = find_account(whom)) {
        return away->name.display;
    }
    const auto gone =
        std::ranges::find_if(whowas, [&](const departed& one) { return one.who->person == whom; });
    return gone == whowas.end() ? "?" : gone->who->nickname.display;
}

const private_conversation* heart_state::find_conversation(const person& of,
                                                           std::string_view key) const {
    const private_conversations& all = conversations_of(of);
    const person* const there = find_nickname(key);
    const account* const away = find_account(key);
    if (there != nullptr || away != nullptr) {
        const auto found = all.find(there != nullptr ? there->id() : away->id);
        return found == all.end() ? nullptr : &found->second;
    }
    const private_conversation* last = nullptr;
    for (const auto& [who, one] : all) {
        if (one.with.as.key == key && (last == nullptr || one.id > last->id)) {
            last = &one;
        }
    }
    return last;
}

rights heart_state::rights_of(const person& who) const {
    return who.card->registered ? order.of(who.id()) : rights{};
}

room* heart_state::find_room(std::string_view key) {
    const auto found = rooms.find(key);
    return found == rooms.end() ? nullptr : &found->second;
}

const room* heart_state::find_room(std::string_view key) const {
    const auto found = rooms.find(key);
    return found == rooms.end() ? nullptr : &found->second;
}

const room* heart_state::visible_room(const person* to, std::string_view key) const {
    const room* const found = find_room(key);
    const bool hidden = found != nullptr && found->has(room_flag::secret) &&
                        (to == nullptr || !standing(*found, *to));
    return hidden ? nullptr : found;
}

const room* heart_state::formerly(const person& by, std::string_view key,
                                  base::wall_time now) const {
    const auto found = former_names.find(std::string(key));
    if (found == former_names.end()) {
        return nullptr;
    }
    const room& now_called = *rooms_by_id.at(found->second);
    const bool hidden = now_called.has(room_flag::secret) && now_called.find(&by) == nullptr;
    const auto name =
        std::ranges::find(now_called.former, key,
                          [](const former_name& one) -> std::string_view { return one.name.key; });
    return hidden || name->until <= now ? nullptr : &now_called;
}

void heart_state::forget_former_names(room& of) {
    for (const former_name& one : of.former) {
        former_names.erase(one.name.key);
    }
    of.former.clear();
}

bool heart_state::share_room(const person& a, const person& b) {
    return std::ranges::any_of(a.seats,
                               [&](const seat& one) { return one.where->find(&b) != nullptr; });
}

// Those of guests alone belong to nobody any more, until `node_gone` ends them.
void heart_state::restore(const conversation_opened& one) {
    conversations.emplace(one.id, one);
    if (account* const opener = find_account(one.one.who)) {
        opener->conversations.emplace(one.other.who, private_conversation{one.id, one.other, true});
    }
    account* const other = find_account(one.other.who);
    if (other != nullptr && one.other.who != one.one.who) {
        other->conversations.emplace(one.one.who, private_conversation{one.id, one.one, false});
    }
}

accounts_answer heart_state::list_accounts() const {
    accounts_answer found;
    for (const auto& [id, one] : accounts) {
        found.accounts.push_back(
            {one.name, one.made_at, one.suspended, one.present != nullptr, order.of(id)});
    }
    std::ranges::sort(found.accounts, {}, [](const auto& one) { return one.name.key; });
    return found;
}

counts_answer heart_state::counts() const {
    return {.persons = static_cast<std::uint32_t>(persons.size()),
            .invisible = invisible_count,
            .rooms = static_cast<std::uint32_t>(rooms.size()),
            .persons_max = persons_max,
            .sessions = static_cast<std::uint32_t>(by_session.size()),
            .spoken = spoken};
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& one : lower) {
        if (one >= 'A' && one <= 'Z') {
            one = static_cast<char>(one - 'A' + 'a');
        }
    }
    return lower;
}

room_view view_of(const room& of, bool for_member) {
    return {of.card,
            static_cast<std::uint32_t>(of.members.size()),
            of.topic,
            of.topic_by,
            of.topic_at,
            of.flags,
            for_member ? of.password : std::string{},
            of.capacity,
            of.made_at,
            of.slow_s,
            of.history_days};
}

} // namespace tertulia::chat
