// SPDX-License-Identifier: Apache-2.0
// Members, rooms and the server as answers and events show them.
#pragma once

#include "base/time.hpp"
#include "chat/card.hpp"
#include "chat/modes.hpp"

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>

namespace tertulia::chat {

// A member as NAMES and WHO list them.
struct member_view {
    card_ref who;
    role rank = role::member;
    bool away = false;
};

// Everything of a room that its topic, modes and list rows need.
struct room_view {
    room_ref room;
    std::uint32_t member_count = 0;
    std::string topic;
    std::string topic_by; // nickname
    base::wall_time topic_at;
    std::bitset<room_flag_count> flags;
    std::string password; // only for members
    std::uint32_t capacity = 0;
    base::wall_time made_at;
    std::uint32_t slow_s = 0;
    std::optional<std::uint32_t> history_days;
};

struct ask_counts {};
struct counts_answer {
    std::uint32_t persons = 0;
    std::uint32_t invisible = 0;
    std::uint32_t rooms = 0;
    std::uint32_t persons_max = 0; // since the server started
    std::uint32_t sessions = 0;
    std::uint64_t spoken = 0; // messages, likewise
};

} // namespace tertulia::chat
