// SPDX-License-Identifier: Apache-2.0
// Where a client is told to go: HOST [PORT], or a URL such as ircs://chat.example.org/#room or
// wss://chat.example.org/irc#room.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::terminal {

enum class door_kind : std::uint8_t { plain, tls };

// One attempt to connect.
struct door {
    door_kind kind = door_kind::tls;
    std::uint16_t port = 0;
    std::string websocket = {}; // the path where IRC is spoken over WebSocket; empty: without it
};

struct destination {
    std::string host;
    std::vector<door> doors; // tried in this order
    std::string room;        // empty: none is named
};

// "host:port", as HTTP has it: an IPv6 address stands in brackets.
[[nodiscard]] std::string web_host(std::string_view host, std::uint16_t port);

// `port` is empty where none was given. Without a scheme TLS is tried first.
[[nodiscard]] base::result<destination> parse_destination(std::string_view where,
                                                          std::string_view port);

} // namespace tertulia::terminal
