// SPDX-License-Identifier: Apache-2.0
// Caesar's cipher as a course project wrote it in Python: each letter moved by ten, its alphabet
// that of `ord('a')` or `ord('A')`. The formula destroys letters outside ASCII; for_caesar() makes
// a text that survives it.
//
//     caesar_cipher("Berta: hola")   == "Lobdk: ryvk"
//     caesar_decipher("Lobdk: ryvk") == "Berta: hola"
#pragma once

#include <string>
#include <string_view>

namespace tertulia::wire {

// Letters of ASCII; everything else stays as it is.
[[nodiscard]] std::string caesar_cipher(std::string_view text);
[[nodiscard]] std::string caesar_decipher(std::string_view text);

// The same text without letters outside ASCII: decomposed, so that ñ is n and a combining mark,
// which is no letter to the formula and passes it; ß as ss, and so on; else the grapheme as '?'.
[[nodiscard]] std::string for_caesar(std::string_view text);

} // namespace tertulia::wire
