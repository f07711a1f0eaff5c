// SPDX-License-Identifier: Apache-2.0
#include "session/seating.hpp"

#include "base/assert.hpp"
#include "session/hub.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::session {

void seating::enter(chat::session_id session, protocol& speaker, outlet& to) {
    auto made = std::make_unique<hearer>();
    made->id = session;
    made->speaker = &speaker;
    made->to = &to;
    made->as = speaker.wants();
    const bool is_new = hearers_.emplace(session, std::move(made)).second;
    ASSERT(is_new);
}

void seating::leave(hearer& who) {
    while (!who.seats.empty()) {
        remove(who, who.seats.size() - 1);
    }
    hearers_.erase(who.id);
}

hearer* seating::find(chat::session_id session) const {
    const auto found = hearers_.find(session);
    return found == hearers_.end() ? nullptr : found->second.get();
}

room* seating::find(chat::conversation_id where) const {
    const auto found = rooms_.find(where);
    return found == rooms_.end() ? nullptr : found->second.get();
}

void seating::sit(hearer& who, chat::conversation_id where) {
    std::unique_ptr<room>& there = rooms_[where];
    if (!there) {
        there = std::make_unique<room>();
        there->id = where;
    }
    if (std::ranges::find(who.seats, there.get(), &seat::where) == who.seats.end()) {
        place(who, *there);
    }
}

void seating::stand_up(hearer& who, chat::conversation_id where) {
    const auto found = std::ranges::find_if(
        who.seats, [where](const seat& one) { return one.where->id == where; });
    if (found != who.seats.end()) {
        remove(who, static_cast<std::size_t>(found - who.seats.begin()));
    }
}

void seating::settle(hearer& who) {
    for (const seat& one : who.seats) {
        group& among = one.where->groups[one.group];
        std::uint32_t& from = among.followers[one.follower].from;
        if (from < among.size()) {
            who.to->take(slice{among.open, from, among.size()});
            from = among.size();
        }
    }
}

void seating::skip_to_end(const hearer& who, const room& where) {
    const auto found = std::ranges::find(who.seats, &where, &seat::where);
    if (found != who.seats.end()) {
        group& among = found->where->groups[found->group];
        among.followers[found->follower].from = among.size();
    }
}

bool seating::sits(const hearer& who, const room& where) {
    return std::ranges::find(who.seats, &where, &seat::where) != who.seats.end();
}

void seating::regroup(hearer& who) {
    who.as = who.speaker->wants();
    std::vector<chat::conversation_id> rooms;
    rooms.reserve(who.seats.size());
    for (const seat& one : who.seats) {
        rooms.push_back(one.where->id);
    }
    while (!who.seats.empty()) {
        remove(who, who.seats.size() - 1);
    }
    for (const chat::conversation_id where : rooms) {
        sit(who, where);
    }
}

void seating::place(hearer& who, room& where) {
    const dialect* speaks = &who.speaker->speaks();
    auto among = std::ranges::find_if(
        where.groups, [&](const group& one) { return one.speaks == speaks && one.as == who.as; });
    if (among == where.groups.end()) {
        among = where.groups.insert(among, group{speaks, who.as, {}, {}});
    }
    who.seats.push_back({&where, static_cast<std::uint32_t>(among - where.groups.begin()),
                         static_cast<std::uint32_t>(among->followers.size())});
    among->followers.push_back({&who, among->size()});
}

void seating::remove(hearer& who, std::size_t seat_index) {
    const seat left = who.seats[seat_index];
    who.seats[seat_index] = who.seats.back();
    who.seats.pop_back();

    // The last follower takes the place that became free. A group stays, empty, as long as its
    // room: the seats of others hold its index.
    group& among = left.where->groups[left.group];
    if (left.follower + 1 != among.followers.size()) {
        among.followers[left.follower] = among.followers.back();
        std::ranges::find(among.followers[left.follower].who->seats, left.where, &seat::where)
            ->follower = left.follower;
    }
    among.followers.pop_back();
    const bool empty = std::ranges::all_of(left.where->groups,
                                           [](const group& one) { return one.followers.empty(); });
    if (empty) {
        rooms_.erase(left.where->id);
    }
}

} // namespace tertulia::session
