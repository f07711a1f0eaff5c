// SPDX-License-Identifier: Apache-2.0
#include "base/base64.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace tertulia::base {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t group_bytes = 3;
constexpr std::size_t group_letters = 4;
constexpr unsigned letter_bits = 6;
constexpr unsigned byte_bits = 8;
constexpr std::uint8_t no_letter = 0xFF;

constexpr auto values = [] {
    std::array<std::uint8_t, 256> made{};
    made.fill(no_letter);
    for (std::size_t value = 0; value < alphabet.size(); ++value) {
        made[static_cast<unsigned char>(alphabet[value])] = static_cast<std::uint8_t>(value);
    }
    return made;
}();

std::size_t padding_of(std::string_view text) {
    return text.ends_with("==") ? 2 : (text.ends_with('=') ? 1 : 0);
}

} // namespace

std::string to_base64(std::string_view bytes) {
    std::string made;
    made.reserve((bytes.size() + group_bytes - 1) / group_bytes * group_letters);
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    for (const char one : bytes) {
        waiting = waiting << byte_bits | static_cast<unsigned char>(one);
        for (bits += byte_bits; bits >= letter_bits;) {
            bits -= letter_bits;
            made += alphabet[waiting >> bits & 0x3FU];
        }
    }
    if (bits > 0) {
        made += alphabet[waiting << (letter_bits - bits) & 0x3FU];
    }
    made.append((group_letters - made.size() % group_letters) % group_letters, '=');
    return made;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % group_letters != 0) {
        return std::nullopt;
    }
    std::string made;
    made.reserve(text.size() / group_letters * group_bytes);
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    for (const char one : text.substr(0, text.size() - padding_of(text))) {
        const std::uint8_t value = values[static_cast<unsigned char>(one)];
        if (value == no_letter) {
            return std::nullopt;
        }
        waiting = waiting << letter_bits | value;
        bits += letter_bits;
        if (bits >= byte_bits) {
            bits -= byte_bits;
            made += static_cast<char>(waiting >> bits & 0xFFU);
        }
    }
    const bool unused_bits = (waiting & ((1U << bits) - 1)) != 0;
    return unused_bits ? std::nullopt : std::optional(std::move(made));
}

std::string to_base64_url(std::string_view bytes) {
    std::string made = to_base64(bytes);
    made.erase(made.find_last_not_of('=') + 1);
    std::ranges::replace(made, '+', '-');
    std::ranges::replace(made, '/', '_');
    return made;
}

std::optional<std::string> from_base64_url(std::string_view text) {
    if (text.find_first_of("+/") != std::string_view::npos) {
        return std::nullopt;
    }
    std::string made(text);
    std::ranges::replace(made, '-', '+');
    std::ranges::replace(made, '_', '/');
    if (!made.ends_with('=')) {
        made.append((group_letters - made.size() % group_letters) % group_letters, '=');
    }
    return from_base64(made);
}

} // namespace tertulia::base
