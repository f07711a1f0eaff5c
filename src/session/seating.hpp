// SPDX-License-Identifier: Apache-2.0
// Which sessions of one network thread sit in which rooms, grouped by how they hear: all of a group
// share one run. Knows nothing of events; the hub does. Lives on one network thread.
#pragma once

#include "chat/card.hpp"
#include "session/protocol.hpp"
#include "session/run.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace tertulia::session {

class outlet;
struct room;

// A session's place in a room: `follower` among those of `group`.
struct seat {
    room* where;
    std::uint32_t group;
    std::uint32_t follower;
};

struct hearer {
    chat::session_id id;
    protocol* speaker;
    outlet* to;
    features as;
    std::uint32_t visit = 0; // the last event that was handed to it once for all its rooms
    std::vector<seat> seats;
};

// What the hearer has not been handed yet is the open run from `from` on.
struct follower {
    hearer* who;
    std::uint32_t from;
};

struct group {
    const dialect* speaks;
    features as;
    run_ref open; // empty until somebody says something in this turn
    std::vector<follower> followers;

    [[nodiscard]] std::uint32_t size() const { return open ? open->size() : 0; }
};

struct room {
    chat::conversation_id id;
    bool open = false; // listed for the end of the turn
    std::vector<group> groups;
};

class seating {
public:
    void enter(chat::session_id session, protocol& speaker, outlet& to);
    void leave(hearer& who);
    [[nodiscard]] hearer* find(chat::session_id session) const;

    // No effect where the session sits there already, or does not.
    void sit(hearer& who, chat::conversation_id where);
    void stand_up(hearer& who, chat::conversation_id where);
    [[nodiscard]] room* find(chat::conversation_id where) const;

    // Hands out what the hearer's rooms said up to here.
    static void settle(hearer& who);
    // What the room has said up to here is not for this hearer, or she has it already.
    static void skip_to_end(const hearer& who, const room& where);
    [[nodiscard]] static bool sits(const hearer& who, const room& where);

    // Changes the groups of a hearer whose features changed. Settled before.
    void regroup(hearer& who);

private:
    static void place(hearer& who, room& where);
    void remove(hearer& who, std::size_t seat_index);

    boost::unordered_flat_map<chat::session_id, std::unique_ptr<hearer>> hearers_;
    boost::unordered_flat_map<chat::conversation_id, std::unique_ptr<room>> rooms_;
};

} // namespace tertulia::session
