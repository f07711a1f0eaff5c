// SPDX-License-Identifier: Apache-2.0
#include "chat/room.hpp"

#include "base/assert.hpp"
#include "chat/person.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::chat {

const member* room::find(const person* who) const {
    if (who == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(who->seats, this, &seat::where);
    return found == who->seats.end() ? nullptr : &members[found->index];
}

member* room::find(const person* who) {
    return const_cast<member*>(std::as_const(*this).find(who)); // the members are ours
}

role room::rank_of(person_id account) const {
    const auto found = access.find(account);
    return found == access.end() ? role::member : found->second;
}

role room::authority_of(const person& who) const {
    if (const member* const place = find(&who)) {
        return place->rank;
    }
    return who.card->registered ? rank_of(who.id()) : role::member;
}

bool room::has_other_owner(person_id than) const {
    return std::ranges::any_of(
        access, [&](const auto& one) { return one.first != than && one.second == role::owner; });
}

void room::seat_down(person& who, role rank) {
    who.seats.push_back({this, members.size()});
    members.push_back({&who, rank});
}

void room::stand_up(person& who) {
    const auto left = std::ranges::find(who.seats, this, &seat::where);
    ASSERT(left != who.seats.end());
    members[left->index] = members.back();
    std::ranges::find(members[left->index].who->seats, this, &seat::where)->index = left->index;
    members.pop_back();
    who.seats.erase(std::ranges::find(who.seats, this, &seat::where));
}

room_saved room::saved() const {
    return {card->id,
            card->name,
            made_at,
            topic,
            topic_by,
            topic_at,
            flags,
            password,
            capacity,
            slow_s,
            history_days,
            lists,
            {access.begin(), access.end()},
            kept,
            always,
            empty_since,
            former};
}

} // namespace tertulia::chat
