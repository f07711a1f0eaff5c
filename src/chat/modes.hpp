// SPDX-License-Identifier: Apache-2.0
// What can be set on a room and on a person, as values; their IRC letters are irc/modes.cpp's.
#pragma once

#include "base/time.hpp"
#include "chat/card.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::chat {

// Flags of a room.
enum class room_flag : std::uint8_t {
    invite_only,    // +i only the invited come in
    moderated,      // +m only those with a voice speak
    members_only,   // +n only members speak
    secret,         // +s unknown to those outside
    topic_locked,   // +t half-operators and above set the topic
    no_ctcp,        // +C no CTCP but ACTION
    accounts_only,  // +R only accounts come in
    accounts_speak, // +M only accounts, and those with a voice, speak
};
inline constexpr std::size_t room_flag_count = 8;

// Lists of masks of a room.
enum class room_list : std::uint8_t { ban, ban_exception, invite_exception }; // +b, +e, +I
inline constexpr std::size_t room_list_count = 3;

struct mask_entry {
    std::string mask;   // nick!user@host with wildcards, as typed and completed
    std::string folded; // what is compared: what `sense_of` reads (chat/masks.hpp)
    std::string set_by; // nickname
    base::wall_time set_at;
    std::chrono::seconds lasts{0}; // from set_at on; 0: until it is taken away

    [[nodiscard]] bool over_at(base::wall_time now) const {
        return lasts.count() > 0 && set_at + lasts <= now;
    }

    friend bool operator==(const mask_entry&, const mask_entry&) = default;
};

// One wish of a MODE command on a room. In a mode_change of an event `who` is the member's card.
struct flag_change {
    room_flag flag;
    bool on;
};
struct password_change {
    std::string password; // empty: none from now on
};
struct capacity_change {
    std::uint32_t capacity; // 0: none
};
struct slow_change {
    std::uint32_t seconds; // between two messages of a member without a voice; 0: none
};
struct history_change {
    std::optional<std::uint32_t> days; // 0: nothing is kept; none: everything
};
struct mask_change {
    room_list list;
    bool add;
    mask_entry entry; // set_by and set_at are filled in by the heart
};
struct role_change {
    role what; // never role::member
    bool grant;
    base::name target; // the member's nickname; display is the held one in an event
};
using mode_change = std::variant<flag_change, password_change, capacity_change, slow_change,
                                 history_change, mask_change, role_change>;

// Flags of a person.
enum class person_flag : std::uint8_t {
    invisible, // +i not listed by WHO and NAMES to those who share no room
};
struct person_flag_change {
    person_flag flag;
    bool on;
};

} // namespace tertulia::chat
