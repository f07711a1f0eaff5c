// SPDX-License-Identifier: Apache-2.0
// How a terminal sees a text: in graphemes (what one key of the cursor passes over) that take none,
// one or two cells. By ICU's tables (UAX #11, UTS #51); pure and safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tertulia::base {

// The grapheme at the front of `text`; empty only where the text is. What is not UTF-8 comes byte
// by byte.
[[nodiscard]] std::string_view front_grapheme(std::string_view text);

// Where the last grapheme begins; 0 for the empty text.
[[nodiscard]] std::size_t last_grapheme_start(std::string_view text);

// Cells of one grapheme: 0 for what shows nothing by itself, 2 for East Asian wide and for emoji.
[[nodiscard]] int grapheme_width(std::string_view grapheme);

[[nodiscard]] int text_width(std::string_view text);

// The longest prefix of whole graphemes that fits into so many cells.
[[nodiscard]] std::string_view fit_width(std::string_view text, int cells);

// Without anything that a terminal could obey or that would turn the order of what is around it:
// controls of C0 and C1, marks of direction, line separators, tags. A byte that is not UTF-8
// becomes U+FFFD; line feeds stay, each as it is, when they are wanted.
enum class line_feeds { removed, kept };
[[nodiscard]] std::string harmless(std::string_view text, line_feeds what = line_feeds::removed);

} // namespace tertulia::base
