// SPDX-License-Identifier: Apache-2.0
// Where a client is told to go: HOST [PORT], or a URL such as ircs://chat.example.org/#room.
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
};

struct destination {
    std::string host;
    std::vector<door> doors; // tried in this order
    std::string room;        // empty: none is named
};

// `port` is empty where none was given. Without a scheme TLS is tried first.
[[nodiscard]] base::result<destination> parse_destination(std::string_view where,
                                                          std::string_view port);

} // namespace tertulia::terminal
