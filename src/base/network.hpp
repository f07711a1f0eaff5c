// SPDX-License-Identifier: Apache-2.0
// An address or a network of addresses: "192.0.2.7", "192.0.2.0/24", "2001:db8::/48". IPv4 lies
// in ::ffff:0:0/96, so that there is one kind; an IPv6 user has a /64 at least, so nothing is
// narrower there.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::base {

struct network {
    std::array<std::uint8_t, 16> bytes{}; // those beyond the size are zero
    std::uint8_t size = 128;              // bits

    [[nodiscard]] bool contains(const network& other) const;
    [[nodiscard]] bool is_ipv4() const;
    [[nodiscard]] std::uint8_t shown_size() const; // as in "/24"

    friend bool operator==(const network&, const network&) = default;
};

[[nodiscard]] network all_of_ipv4();
[[nodiscard]] std::optional<network> parse_network(std::string_view text);
[[nodiscard]] std::string to_string(const network& of); // of one IPv4 address without "/32"

} // namespace tertulia::base
