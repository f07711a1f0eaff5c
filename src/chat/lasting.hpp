// SPDX-License-Identifier: Apache-2.0
// Events for the store alone: what a restart must find again.
#pragma once

#include "base/name.hpp"
#include "base/time.hpp"
#include "chat/card.hpp"
#include "chat/modes.hpp"

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::chat {

// What a room was called until then; the name leads to it for a while.
struct former_name {
    base::name name;
    base::wall_time until;

    friend bool operator==(const former_name&, const former_name&) = default;
};

struct room_saved { // the whole of a room's lasting state; replaces what was there
    conversation_id id;
    base::name name;
    base::wall_time made_at;
    std::string topic, topic_by;
    base::wall_time topic_at;
    std::bitset<room_flag_count> flags;
    std::string password;
    std::uint32_t capacity = 0;
    std::uint32_t slow_s = 0;
    std::optional<std::uint32_t> history_days;
    std::array<std::vector<mask_entry>, room_list_count> lists;
    std::vector<std::pair<person_id, role>> access; // what accounts may do there, by id
    bool kept = false;                              // does not end when it empties
    bool always = false;                            // the server's own: cannot be closed either
    std::optional<base::wall_time> empty_since;     // none: somebody is in it
    std::vector<former_name> former;                // oldest first
};
// With whom a conversation is, and what she was called when it began.
struct partner {
    person_id who;
    base::name as;
};
struct conversation_opened { // between two persons, or of one with herself
    conversation_id id;
    partner one, other;
};
struct conversation_ended { // a room or a private conversation: its history goes
    conversation_id id;
};
// What was said there before is to go: the room keeps its history for so long and no longer.
struct history_limited {
    conversation_id id;
    base::wall_time until;
};
// Numbers up to this one may be in use after a crash: the next start begins above it.
struct numbers_reserved {
    message_number up_to;
};

} // namespace tertulia::chat
