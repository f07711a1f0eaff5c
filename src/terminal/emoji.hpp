// SPDX-License-Identifier: Apache-2.0
// Emoji by their names, ":+1:", for typing and completing.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tertulia::terminal {

struct emoji_row {
    std::string_view name; // without colons
    std::string_view emoji;
};
[[nodiscard]] std::span<const emoji_row> emojis();

// ":tada:" alone becomes its emoji; everything else stays.
[[nodiscard]] std::string with_emoji(std::string_view word);

} // namespace tertulia::terminal
