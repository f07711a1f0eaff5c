// SPDX-License-Identifier: Apache-2.0
// Who comes to the IRC door.
#pragma once

#include "session/credentials.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace tertulia::irc {

// Where a client comes from, as the listener saw it.
struct peer {
    std::string host;    // shown to others
    std::string address; // counted by: an IPv4 address or an IPv6 /64
    bool secure = false;
    std::uint32_t arrival = 0; // how-manieth visitor
    // Whom the connection proves already, a browser's cookie say: SASL EXTERNAL takes it up.
    std::optional<tertulia::session::proved> proved = {};
};

} // namespace tertulia::irc
