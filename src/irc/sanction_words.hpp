// SPDX-License-Identifier: Apache-2.0
// Whom a ban or a mute is on and how long it lasts, as operators type it.
//
//     read_target("192.0.2.0/24")  -> that network        read_target("nick:spam*")
//     read_target("*@192.0.2.7")   -> that address        read_target("spam*!*@*")
//     read_duration("1d12h")       -> 36 hours            read_duration("30") -> 30 minutes
#pragma once

#include "chat/sanction.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace tertulia::irc {

[[nodiscard]] std::optional<chat::sanction_target> read_target(std::string_view typed);
// Nothing: this is no time, or a longer one than there may be.
[[nodiscard]] std::optional<std::chrono::seconds> read_duration(std::string_view typed);
// A word with a digit in front that is none: a slip, and no reason to go on for good.
[[nodiscard]] bool is_bad_duration(std::string_view typed);

} // namespace tertulia::irc
