// SPDX-License-Identifier: Apache-2.0
// Is an address one of the public Internet? Everything else is this machine's, the house's or
// nobody's, and no stranger may have us connect to it. By IANA's registries of special addresses
// (RFC 6890 and what came after).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace tertulia::base {

// As in IPv6; an IPv4 address lies in ::ffff:0:0/96.
using address_bytes = std::array<std::uint8_t, 16>;

// "192.0.2.7", "2001:db8::1"; nothing for any other text, and for one with a zone ("fe80::1%eth0").
[[nodiscard]] std::optional<address_bytes> parse_address(const std::string& text);

[[nodiscard]] bool is_ipv4(const address_bytes& of);

// An IPv4 address within an IPv6 one (mapped, NAT64, 6to4) is looked at as well.
[[nodiscard]] bool is_public(const address_bytes& of);

} // namespace tertulia::base
