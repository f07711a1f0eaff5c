// SPDX-License-Identifier: Apache-2.0
// Whom a session of IRC is for.
#pragma once

#include "session/credentials.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::irc {

// Where a client comes from, as the listener saw it.
struct peer {
    std::string host;    // shown to others
    std::string address; // counted by: an IPv4 address or an IPv6 /64
    bool secure = false;
    std::uint32_t arrival = 0;     // how-manieth visitor
    std::string_view door = "irc"; // what it came through; of static lifetime
    // Whom the connection proves already, a browser's cookie say: SASL EXTERNAL takes it up.
    std::optional<tertulia::session::proved> proved = {};
};

} // namespace tertulia::irc
