// SPDX-License-Identifier: Apache-2.0
// The network threads: listeners, connections and hubs. Protocols and the line to the core are given
// from outside; nothing here knows a dialect or the log.
#pragma once

#include "base/mailbox.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "chat/batch.hpp"
#include "session/history.hpp"
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
    std::string address;     // numeric, without port; IPv4-mapped IPv6 as IPv4
    std::string scheme;      // of the listener
    bool secure = false;
    std::size_t thread = 0;  // which network thread it lives on
};

// Makes the protocol of a new connection; called on the thread `who.thread`.
using protocol_maker =
    std::function<std::unique_ptr<session::protocol>(const visitor& who, base::moment now)>;

// A listener, already parsed and checked. Certificate files are read at open() and at reload().
struct listener_options {
    std::string scheme;
    std::string host;          // "127.0.0.1", "::1", "*" or "" for all addresses of both families
    std::uint16_t port = 0;    // 0: the system picks one
    std::string certificate;   // PEM file; empty: no TLS
    std::string key;
    protocol_maker protocol;
};

struct options {
    std::size_t threads = 1;
    std::uint16_t node = 0;
    std::size_t send_queue_max = 1U << 20U;     // bytes behind; a reader beyond is dropped
    std::chrono::seconds send_stall_max{60};    // seconds behind; likewise
    bool rate_limited = true;                   // false: no throttle of connections
    std::uint32_t unregistered_per_address_max = 50;   // connections of one address on one thread
                                                       // that have said nothing to the core yet
    std::uint32_t connections_per_second_max = 200;    // accepted, on one thread and address: burst as much
    std::size_t connections_max = 100'000;      // of the whole server
};

// What may change while running.
struct limits {
    std::size_t send_queue_max;
    std::chrono::seconds send_stall_max;
    std::uint32_t unregistered_per_address_max;
    std::uint32_t connections_per_second_max;
};

class network {
public:
    // Binds every listener (a port that another process holds is an error, also with SO_REUSEPORT)
    // but accepts nobody yet. `make_reader` is called once, for the read thread.
    [[nodiscard]] static base::result<std::unique_ptr<network>>
    open(std::vector<listener_options> listeners, options with,
         std::unique_ptr<session::reader> reader);
    ~network();

    // The mailboxes for the log, one per thread, valid while the server lives.
    [[nodiscard]] std::vector<base::mailbox<chat::batch_ref>*> boxes();

    // Starts the threads; sessions' requests go into `line`.
    void start(base::mailbox<chat::submission>& line);

    // "irc://127.0.0.1:6667" for each listener, with the real port.
    [[nodiscard]] std::vector<std::string> addresses() const;

    // Runs `what` on every network thread, at the start of a turn; returns at once.
    void on_each_thread(std::function<void(std::size_t thread)> what);

    // Reads certificates anew and takes the limits over; nobody is disconnected.
    [[nodiscard]] base::result<void> reload(const limits& with);

    // Stops accepting, says farewell to everybody, writes what is pending for at most `patience`,
    // and ends the threads. Every session's `disconnect` has been pushed into the line on return.
    void stop(std::string_view reason, std::chrono::milliseconds patience);

private:
    struct state;
    explicit network(std::unique_ptr<state> made);
    std::unique_ptr<state> state_;
};

} // namespace tertulia::net
