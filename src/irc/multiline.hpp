// SPDX-License-Identifier: Apache-2.0
// Messages in several lines (IRCv3 draft/multiline): how a text is cut into lines, and how these
// come to those who negotiated it, as a batch, and to all others, one by one.
#pragma once

#include "base/limits.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace tertulia::irc {

// The reference of the batch around the lines of one message: one at most is open at a time.
inline constexpr std::string_view multiline_batch = "m";
inline constexpr std::string_view multiline_concat = "draft/multiline-concat";

// Does the text need more than one line?
[[nodiscard]] constexpr bool is_multiline(std::string_view text) {
    return text.size() > base::limits::line_size_max || text.find('\n') != std::string_view::npos;
}

// Nothing but blank lines: that is no message.
[[nodiscard]] constexpr bool is_blank_multiline(std::string_view text) {
    return text.find_first_not_of('\n') == std::string_view::npos;
}

struct message_piece {
    std::string_view text;
    bool goes_on = false; // the line of before, without a break between
};

// Each of at most `room` bytes, cut behind a blank where there is one, else between characters.
// Blank lines are pieces, too.
[[nodiscard]] std::vector<message_piece> pieces_of(std::string_view text, std::size_t room);

} // namespace tertulia::irc
