// SPDX-License-Identifier: Apache-2.0
// Unicode at the door: names are normalised, folded and checked here, once, before anything else
// sees them. Sources: UAX #15 (NFC), UTS #39 (skeletons, scripts), Unicode case folding, by ICU.
// All functions are pure and safe from any thread.
#pragma once

#include "base/name.hpp"

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

namespace tertulia::base {

enum class name_fault { empty, too_long, bad_character, not_utf8 };

// A nickname: 1 to nickname_length_max characters (code points after NFC) of nickname_size_max
// bytes together; letters, marks, digits of any script and RFC 2812's special characters ([]\`_^{|}
// and -); starts with neither a digit nor '-'.
[[nodiscard]] std::expected<name, name_fault> make_nickname(std::string_view typed);

// A room's name with its '#': to room_name_length_max characters of room_name_size_max bytes; no
// blanks, controls, comma, colon within the rules of RFC 2812, no invisible or unassigned
// characters.
[[nodiscard]] std::expected<name, name_fault> make_room_name(std::string_view typed);

// The key alone, for looking a name up; what is not a valid name has a key that no name has.
[[nodiscard]] std::string fold(std::string_view typed);

// A mask of nicknames, persons or rooms, or a text, as glob_match compares them: normalised and
// folded as names are, with its wildcards.
[[nodiscard]] std::string fold_mask(std::string_view typed);

// The tables behind keys and skeletons and how they are made, stored beside them ("15.0/2").
[[nodiscard]] std::string_view folding_version();

[[nodiscard]] bool valid_utf8(std::string_view text);

// The longest prefix of `text` of at most `size_max` bytes that cuts no character apart.
[[nodiscard]] std::string_view truncate_utf8(std::string_view text, std::size_t size_max);

} // namespace tertulia::base
