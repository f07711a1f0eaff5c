// SPDX-License-Identifier: Apache-2.0
// Text on its way through a classic door: cleaned as it comes in, made plain as it goes out, cut
// into pieces that a client or a line can hold.
#pragma once

#include "base/catalogue.hpp"
#include "chat/event.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::classic {

// What a client sent: UTF-8, else Latin-1 as a whole; no control characters but TAB.
[[nodiscard]] std::string cleaned(std::string_view bytes);

struct recent_word;

// What somebody said, in the best words that plain lines have for it: an action, a reaction, a
// reply with a few words of what it is `about`, a link to a file. Nothing where there is nothing to
// say.
[[nodiscard]] std::optional<std::string> plain_text(const chat::spoke& what,
                                                    const recent_word* about, base::language in);
// Without what only some clients show: colours, control characters but TAB; its lines stay apart.
[[nodiscard]] std::string unmarked(std::string_view text);

// Pieces of at most `room` bytes, as `size_of` counts a grapheme: cut at a word where there is one,
// else between graphemes; within one only where it is larger than `room`. At least one piece; at
// least one character in each.
using measure = std::size_t (*)(std::string_view grapheme);
[[nodiscard]] std::size_t bytes_of(std::string_view grapheme);
[[nodiscard]] std::vector<std::string> cut(std::string_view text, std::size_t room,
                                           measure size_of = bytes_of);

// A nickname made of what somebody wishes to be called, of at most `length_max` characters; empty
// where nothing is left.
[[nodiscard]] std::string nickname_from(std::string_view wish, std::size_t length_max);

} // namespace tertulia::classic
