// SPDX-License-Identifier: Apache-2.0
// What whoever composes the server tells the network: where to listen, what is spoken there, and
// the bounds that are settings.
#pragma once

#include "base/catalogue.hpp"
#include "base/time.hpp"
#include "session/protocol.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::net {

// A connection as a protocol's maker sees it.
struct visitor {
    std::string address; // numeric, without port; IPv4-mapped IPv6 as IPv4
    bool secure = false;
    std::size_t thread = 0;    // which network thread it lives on
    std::uint16_t port = 0;    // its own
    std::uint32_t arrival = 0; // how-manieth connection since the start
};

// Makes the protocol of a new connection; called on the thread `who.thread`.
using protocol_maker =
    std::function<std::unique_ptr<session::protocol>(const visitor& who, base::moment now)>;

// Why a caller is not let in, and when one may try again.
struct turned_away {
    enum class reason : std::uint8_t {
        too_fast, // too many connections a second of the address
        too_many, // of the address that have said nothing yet, or are no session
        full,     // of the whole server
    };
    reason why;
    std::chrono::seconds wait{30}; // where nobody can know when there is room
};

// A listener, already parsed and checked. Certificate files are read at open() and at reload().
struct listener_options {
    std::string scheme;
    std::string path;        // of a Unix socket; empty: host and port
    std::string host;        // "127.0.0.1", "::1", "*" or "" for all addresses of both families
    std::uint16_t port = 0;  // 0: the system picks one
    std::string certificate; // PEM file; empty: no TLS
    std::string key;
    protocol_maker protocol;
    std::vector<std::string> proxies = {}; // addresses that announce their callers (PROXY)
    // Is it one whose connections bring many people, so that they are not counted together? None:
    // nobody is.
    std::function<bool(std::string_view address)> brings_many = {};
    // What a caller is told who is not let in; none: nothing.
    std::function<std::string(const turned_away& what)> last_words = {};
};

// Answers what sessions ask about who they are, each on a thread of its own.
using credential_clerk = std::function<session::credential_answer(session::credential_query what,
                                                                  base::steady_time now)>;
struct credential_clerks {
    std::vector<credential_clerk> of_passwords = {};
    credential_clerk of_secrets = {}; // cookies, tokens, passes, certificates; none: no answer
};

struct options {
    std::size_t threads = 1;
    std::uint16_t node = 0;
    std::size_t send_queue_max = 1U << 20U;  // bytes behind; a reader beyond is dropped
    std::chrono::seconds send_stall_max{60}; // seconds behind; likewise
    bool rate_limited = true;                // false: no throttle of connections
    // Connections of one address on one thread that have said nothing to the core yet.
    std::uint32_t unregistered_per_address_max = 50;
    // Accepted on one thread from one address (an IPv6 /64 is one): burst as much.
    std::uint32_t connections_per_second_max = 200;
    std::size_t connections_max = 100'000;    // of the whole server; beyond, closed at once
    std::size_t connections_per_thread = 256; // before one more thread is used
    base::language language =
        base::language::english; // of the reasons that leavers are seen to have
};

// What may change while running.
struct limits {
    std::size_t send_queue_max;
    std::chrono::seconds send_stall_max;
    std::uint32_t unregistered_per_address_max;
    std::uint32_t connections_per_second_max;
};

} // namespace tertulia::net
