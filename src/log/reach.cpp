// SPDX-License-Identifier: Apache-2.0
#include "log/reach.hpp"

#include "base/assert.hpp"

#include <algorithm>
#include <variant>

namespace tertulia::log {
namespace {

using sessions = std::span<const chat::session_id>;

void mark(chat::session_id session, thread_set& threads) {
    ASSERT(session.thread < threads_max);
    threads.set(session.thread);
}

void mark(sessions of, thread_set& threads) {
    for (const chat::session_id one : of) {
        mark(one, threads);
    }
}

} // namespace

thread_set reach::follow(const chat::event& of) {
    if (const auto* const joins = std::get_if<chat::joined>(&of.what)) {
        enter(joins->room->id, joins->sessions);
    }
    thread_set threads;
    if (const auto* const one = std::get_if<chat::to_session>(&of.heard_by)) {
        mark(one->session, threads);
    } else if (const auto* const several = std::get_if<chat::to_sessions>(&of.heard_by)) {
        mark(several->sessions, threads);
    } else if (const auto* const where = std::get_if<chat::to_room>(&of.heard_by)) {
        threads = hearers(where->room);
        mark(of.cause.session, threads); // an author outside the room hears her own words too
    } else if (const auto* const places = std::get_if<chat::to_rooms>(&of.heard_by)) {
        mark(places->own, threads);
        for (const chat::conversation_id room : places->rooms) {
            threads |= hearers(room);
        }
    }
    depart(of);
    return threads;
}

void reach::depart(const chat::event& of) {
    if (const auto* const parts = std::get_if<chat::parted>(&of.what)) {
        leave(parts->room->id, parts->sessions);
    } else if (const auto* const kicks = std::get_if<chat::kicked>(&of.what)) {
        leave(kicks->room->id, kicks->sessions);
    } else if (const auto* const goes = std::get_if<chat::session_left>(&of.what)) {
        for (const chat::conversation_id room : goes->rooms) {
            leave(room, {&goes->session, 1});
        }
    } else if (const auto* const leaves = std::get_if<chat::person_left>(&of.what)) {
        if (const auto* const places = std::get_if<chat::to_rooms>(&of.heard_by)) {
            for (const chat::conversation_id room : places->rooms) {
                leave(room, leaves->sessions);
            }
        }
    }
}

void reach::enter(chat::conversation_id room, sessions of) {
    counts& by_thread = rooms_[room];
    for (const chat::session_id one : of) {
        if (by_thread.size() <= one.thread) {
            by_thread.resize(one.thread + 1U);
        }
        ++by_thread[one.thread];
    }
}

void reach::leave(chat::conversation_id room, sessions of) {
    const auto found = rooms_.find(room);
    ASSERT(found != rooms_.end());
    counts& by_thread = found->second;
    for (const chat::session_id one : of) {
        ASSERT(one.thread < by_thread.size() && by_thread[one.thread] > 0);
        --by_thread[one.thread];
    }
    if (std::ranges::all_of(by_thread, [](std::uint32_t count) { return count == 0; })) {
        rooms_.erase(found);
    }
}

thread_set reach::hearers(chat::conversation_id room) const {
    thread_set threads;
    const auto found = rooms_.find(room);
    if (found == rooms_.end()) {
        return threads;
    }
    for (std::size_t thread = 0; thread < found->second.size(); ++thread) {
        threads.set(thread, found->second[thread] > 0);
    }
    return threads;
}

} // namespace tertulia::log
