// SPDX-License-Identifier: Apache-2.0
// The address that a push service gives a device (RFC 8030, 4), taken apart: an https URL without
// anything that two readers could read in two ways. Where it leads is not looked at. Pure.
//
//     read_push_endpoint("https://push.example.net/a?b") -> push.example.net, 443, "/a?b"
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::wire {

struct push_endpoint {
    std::string host; // a name in lower case, or an address; IPv6 without brackets
    std::uint16_t port = 443;
    std::string target; // path and query

    // "https://push.example.net", with the port where it is not 443: whom a proof of ours is for
    // (RFC 8292, 2), and what an operator trusts.
    [[nodiscard]] std::string origin() const;
    // As a request names it.
    [[nodiscard]] std::string authority() const;
};

// Nothing for another scheme, a user, a fragment, a host that is neither a name nor an address as
// they are commonly written, a port that is none, or bytes that stand in no URL.
[[nodiscard]] std::optional<push_endpoint> read_push_endpoint(std::string_view text);

} // namespace tertulia::wire
