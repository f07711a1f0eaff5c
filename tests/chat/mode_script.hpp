// SPDX-License-Identifier: Apache-2.0
// Arbitrary changes of a room's modes, for script.hpp.
#pragma once

#include "chat/dice.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace tertulia::chat {

// What shuts people out is set less often than it is lifted: rooms stay alive.
inline mode_change any_change(dice& by) {
    const std::string number = by.text();
    const std::string mask = (by.heads() ? "n" : "*") + number + "!*@*";
    const bool seldom = by.below(5) == 0;
    switch (by.below(10)) {
    case 8: return slow_change{seldom ? by.below(3) : 0};
    case 9: return history_change{by.heads() ? std::optional(by.below(3)) : std::nullopt};
    case 0: return flag_change{static_cast<room_flag>(by.below(room_flag_count)), seldom};
    case 1: return password_change{seldom ? by.text() : std::string{}};
    case 2: return capacity_change{seldom ? by.below(8) : 0};
    case 3:
        return mask_change{
            static_cast<room_list>(by.below(room_list_count)),
            seldom,
            {mask, (by.heads() ? "m:" : "") + mask, {}, {}, std::chrono::seconds{by.below(9)}}};
    default: return role_change{static_cast<role>(1 + by.below(5)), !seldom, by.nickname()};
    }
}

} // namespace tertulia::chat
