// SPDX-License-Identifier: Apache-2.0
// WHO with chosen fields (IRCv3 whox): "%tcuhn,42" and the rows of 354 that answer it.
#pragma once

#include "base/time.hpp"
#include "chat/question.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::irc {

// "o%nat,42" -> "nat,42": what comes back with the answer. None, where nobody chose any fields.
[[nodiscard]] std::optional<std::string> whox_fields(std::string_view typed);

// "H", or "G" for who is away; then the role in the room, and 'B' for a bot.
[[nodiscard]] std::string who_flags(const chat::who_answer::entry& of);

// What stands behind "354 asker". Of the address nothing is told.
[[nodiscard]] std::string whox_row(const chat::who_answer::entry& of, std::string_view fields,
                                   std::string_view server, base::wall_time now);

} // namespace tertulia::irc
