// SPDX-License-Identifier: Apache-2.0
#include "base/public_address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cstddef>
#include <span>

namespace tertulia::base {
namespace {

using four = std::array<std::uint8_t, 4>;

struct four_block {
    four start;
    unsigned size;
};
constexpr auto closed_four = std::to_array<four_block>({
    {{0, 0, 0, 0}, 8},       // this network
    {{10, 0, 0, 0}, 8},      // private
    {{100, 64, 0, 0}, 10},   // behind a provider's translator
    {{127, 0, 0, 0}, 8},     // this machine
    {{169, 254, 0, 0}, 16},  // this cable; clouds tell their secrets there
    {{172, 16, 0, 0}, 12},   // private
    {{192, 0, 0, 0}, 24},    // for protocols
    {{192, 0, 2, 0}, 24},    // for books
    {{192, 31, 196, 0}, 24}, // AS112
    {{192, 52, 193, 0}, 24}, // AMT
    {{192, 88, 99, 0}, 24},  // 6to4 relays
    {{192, 168, 0, 0}, 16},  // private
    {{192, 175, 48, 0}, 24}, // AS112
    {{198, 18, 0, 0}, 15},   // for measuring
    {{198, 51, 100, 0}, 24}, // for books
    {{203, 0, 113, 0}, 24},  // for books
    {{224, 0, 0, 0}, 4},     // to many
    {{240, 0, 0, 0}, 4},     // for later; 255.255.255.255 is all
});

struct six_block {
    std::array<std::uint8_t, 8> start; // none needs more
    unsigned size;
};
// Of what is given out at all, 2000::/3.
constexpr auto closed_six = std::to_array<six_block>({
    {{0x20, 0x01, 0x00, 0x00}, 23},                         // for protocols; Teredo is in there
    {{0x20, 0x01, 0x0D, 0xB8}, 32},                         // for books
    {{0x26, 0x20, 0x00, 0x4F, 0x80, 0x00, 0x00, 0x00}, 48}, // AS112
    {{0x3F, 0xFE}, 16},                                     // was for trials
    {{0x3F, 0xFF}, 20},                                     // for books
    {{0x5F, 0x00}, 16},                                     // segment routing
});
constexpr six_block given_out{{0x20}, 3};
constexpr six_block nat64{{0x00, 0x64, 0xFF, 0x9B}, 32}; // 64:ff9b::/96 and 64:ff9b:1::/48
constexpr six_block six_to_four{{0x20, 0x02}, 16};

bool starts_with(std::span<const std::uint8_t> bytes, std::span<const std::uint8_t> start,
                 unsigned size) {
    for (unsigned bit = 0; bit < size; ++bit) {
        const std::size_t at = bit / 8;
        const unsigned mask = 0x80U >> bit % 8;
        if ((bytes[at] & mask) != (start[at] & mask)) {
            return false;
        }
    }
    return true;
}

bool lies_in(const six_block& block, const address_bytes& of) {
    return starts_with(of, block.start, block.size);
}

bool is_public_four(std::span<const std::uint8_t> of) {
    return std::ranges::none_of(closed_four, [&](const four_block& block) {
        return starts_with(of, block.start, block.size);
    });
}

} // namespace

std::optional<address_bytes> parse_address(const std::string& text) {
    address_bytes made{};
    if (text.find('\0') != std::string::npos) {
        return std::nullopt;
    }
    if (inet_pton(AF_INET, text.c_str(), &made[12]) == 1) {
        made[10] = made[11] = 0xFF;
        return made;
    }
    return inet_pton(AF_INET6, text.c_str(), made.data()) == 1 ? std::optional(made) : std::nullopt;
}

bool is_ipv4(const address_bytes& of) {
    return std::all_of(of.begin(), of.begin() + 10, [](std::uint8_t one) { return one == 0; }) &&
           of[10] == 0xFF && of[11] == 0xFF;
}

bool is_public(const address_bytes& of) {
    const std::span<const std::uint8_t> bytes(of);
    if (is_ipv4(of)) {
        return is_public_four(bytes.subspan(12));
    }
    if (lies_in(nat64, of)) { // 64:ff9b::/96 alone leads out
        return std::all_of(of.begin() + 4, of.begin() + 12, [](auto one) { return one == 0; }) &&
               is_public_four(bytes.subspan(12));
    }
    if (lies_in(six_to_four, of) && !is_public_four(bytes.subspan(2, 4))) {
        return false;
    }
    return lies_in(given_out, of) && std::ranges::none_of(closed_six, [&](const six_block& block) {
               return lies_in(block, of);
           });
}

} // namespace tertulia::base
