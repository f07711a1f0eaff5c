// SPDX-License-Identifier: Apache-2.0
// A listener as the operator writes it: SCHEME://HOST:PORT, with ?certificate=FILE&key=FILE where
// it is encrypted, and ?room=NAME where its clients cannot choose one. What stands in it is taken
// literally: there are no escapes.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::server {

struct listen_url {
    std::string scheme;
    std::string host;             // an IP address without brackets, or "*": all addresses
    std::uint16_t port = 0;       // 0: the system picks one
    std::string certificate = {}; // PEM files; both or none
    std::string key = {};
    std::string room = {};    // of the classic dialects, with its '#'; empty: the lobby
    std::string keyword = {}; // of `nickname`; empty: as its origin
    std::string proxy = {};   // addresses between commas, whose PROXY headers are believed
    // Of `labels`: does it take passwords, which the network can read? None: on loopback.
    std::optional<bool> accounts = {};

    friend bool operator==(const listen_url&, const listen_url&) = default;
};

// The sentence of a failure quotes the URL and says what is expected.
[[nodiscard]] base::result<listen_url> parse_listen_url(std::string_view written);

// The same URL, in its one form.
[[nodiscard]] std::string to_string(const listen_url& of);

// The addresses in `proxy`.
[[nodiscard]] std::vector<std::string> proxies(const listen_url& of);

// Is its scheme one with TLS?
[[nodiscard]] bool encrypted(const listen_url& of);

// Is its scheme one of the five classic dialects?
[[nodiscard]] bool classic(const listen_url& of);

// Is it HTTP or WebSocket that is spoken there?
[[nodiscard]] bool of_the_web(const listen_url& of);

// Can only this machine reach it?
[[nodiscard]] bool loopback(const listen_url& of);

// The five on the ports of their origins.
[[nodiscard]] std::vector<listen_url> classic_listeners(const std::string& host);

} // namespace tertulia::server
