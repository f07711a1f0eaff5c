// SPDX-License-Identifier: Apache-2.0
// Random codes that people read from paper and type: invitations, one-time codes, first passwords.
//
//     make_code({.length = 12, .group = 4})    // "k7qm-4d2x-9htr"
//
// Of 28 characters: no vowels, so no words, rude ones included; neither 0, 1 nor l, which look like
// others. Each is worth 4.8 bits: 8 of them 38 bits, for what is tried a few times and ends within
// hours; 12 of them 57, for a first password; 16 of them 76, for what stays valid and is stored as
// a digest, because a stolen database lets every code be tried.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tertulia::crypto {

inline constexpr double code_bits_per_character = 4.807; // log2 28

struct code_shape {
    std::size_t length = 16; // dashes not counted
    std::size_t group = 4;
};

[[nodiscard]] std::string make_code(code_shape shape);

// What is stored of a code, 64 hexadecimal digits; the same for every way of typing it: case,
// dashes, blanks and whatever else is neither a letter of ASCII nor a digit don't count.
[[nodiscard]] std::string code_digest(std::string_view typed);

} // namespace tertulia::crypto
