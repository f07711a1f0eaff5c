// SPDX-License-Identifier: Apache-2.0
// Addresses as they are shown and blocks of them exactly as they are written: "192.0.2.7",
// "10.0.0.0/8", "::1". For whom to trust; whom to count or to ban is base/network.hpp's, where
// nothing of IPv6 is narrower than a /64.
#pragma once

#include "base/public_address.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::base {

// One text for one address: a mapped IPv4 address ("::ffff:192.0.2.7") reads as IPv4.
[[nodiscard]] std::string print_address(const address_bytes& of);

struct address_block {
    address_bytes start{};
    unsigned size = 128; // bits, those of ::ffff:0:0/96 among them

    // No block of IPv6 holds an IPv4 address, not even "::/0".
    [[nodiscard]] bool contains(const address_bytes& one) const;
};

// Nothing where the text is neither an address nor a network.
[[nodiscard]] std::optional<address_block> parse_address_block(std::string_view text);

} // namespace tertulia::base
