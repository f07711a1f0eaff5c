// SPDX-License-Identifier: Apache-2.0
// A long text cut into what lines of IRC hold: between words where it can be, never within a
// character. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::terminal {

// What one message of many lines may hold; nothing: the server takes none.
struct multiline_bounds {
    std::size_t bytes = 0;
    std::size_t lines = 0;
};

// The longest beginning of `line` of at most `size_max` bytes, ending behind a blank if there is
// one late enough.
[[nodiscard]] std::string_view front_piece(std::string_view line, std::size_t size_max);

// The messages that say `text`, none empty; those with line feeds are for draft/multiline.
[[nodiscard]] std::vector<std::string> pieces_of(std::string_view text, std::size_t size_max,
                                                 multiline_bounds many);

} // namespace tertulia::terminal
