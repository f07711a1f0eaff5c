// SPDX-License-Identifier: Apache-2.0
// Characters of a text, one by one: what they are, where they may be cut apart, how they are
// written composed and decomposed. By ICU; pure and safe from any thread. Names are text.hpp's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tertulia::base {

// The character at `at`, which moves behind it; U+FFFD for a byte that is not UTF-8.
char32_t next_character(std::string_view text, std::size_t& at);

void append_character(char32_t one, std::string& to);

// As Python's isalpha and isprintable see them.
[[nodiscard]] bool is_letter(char32_t one);
[[nodiscard]] bool is_printable(char32_t one);

// A combining mark.
[[nodiscard]] bool is_mark(char32_t one);

// Where the first character ends together with what belongs to it: combining marks, and what a
// zero-width joiner ties to it. The size of a text that is empty is 0.
[[nodiscard]] std::size_t grapheme_size(std::string_view text);

// Do the bytes end within a character whose rest could still come?
[[nodiscard]] bool ends_within_character(std::string_view bytes);

[[nodiscard]] std::string from_latin1(std::string_view bytes);

// NFC and NFD. What is not UTF-8 is not changed.
[[nodiscard]] std::string composed(std::string_view text);
[[nodiscard]] std::string decomposed(std::string_view text);

} // namespace tertulia::base
