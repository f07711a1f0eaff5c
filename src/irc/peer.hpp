// SPDX-License-Identifier: Apache-2.0
// Who comes to the IRC door.
#pragma once

#include <cstdint>
#include <string>

namespace tertulia::irc {

// Where a client comes from, as the listener saw it.
struct peer {
    std::string host;    // shown to others
    std::string address; // counted by: an IPv4 address or an IPv6 /64
    bool secure = false;
    std::uint32_t arrival = 0; // how-manieth visitor
};

} // namespace tertulia::irc
