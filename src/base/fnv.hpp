// SPDX-License-Identifier: Apache-2.0
// FNV-1a, 64 bits: the same on any machine. For looking up; no protection against who chooses
// texts.
#pragma once

#include <cstdint>
#include <string_view>

namespace tertulia::base {

[[nodiscard]] constexpr std::uint64_t fnv1a(std::string_view text) {
    std::uint64_t made = 0xCBF29CE484222325ULL;
    for (const char one : text) {
        made = (made ^ static_cast<unsigned char>(one)) * 0x100000001B3ULL;
    }
    return made;
}

// The same, folded into half.
[[nodiscard]] constexpr std::uint32_t fnv1a_short(std::string_view text) {
    const std::uint64_t whole = fnv1a(text);
    return static_cast<std::uint32_t>(whole ^ (whole >> 32U));
}

} // namespace tertulia::base
