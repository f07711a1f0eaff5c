// SPDX-License-Identifier: Apache-2.0
// The connection to a server, plain or by TLS, with or without WebSocket: finds the host, connects,
// and splits lines. It never waits: whoever drives it polls what it wishes and calls work(). Lives
// on one thread; the look-up of a name is the C library's own.
#pragma once

#include "base/time.hpp"
#include "terminal/destination.hpp"
#include "terminal/limits.hpp"
#include "terminal/websocket_client.hpp"
#include "transport/socket.hpp"
#include "transport/stream.hpp"
#include "transport/tls_client.hpp"

#include <chrono>
#include <deque>
#include <memory>
#include <netdb.h>
#include <optional>
#include <poll.h>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::terminal {

enum class link_phase : std::uint8_t {
    closed,
    resolving,
    connecting,
    handshaking,
    judging,   // TLS is agreed on; nothing has been sent before somebody trusts the certificate
    upgrading, // to WebSocket
    open,
};

enum class link_fault : std::uint8_t {
    none,
    no_such_host,
    refused, // `detail` says why
    no_answer,
    tls_failed,
    no_websocket, // `detail` is the answer
    line_too_long,
    closed_by_server,
};

class link {
public:
    link();
    ~link();
    link(const link&) = delete;
    link& operator=(const link&) = delete;

    // TLS has `handshake_max` to be agreed on.
    void open(const std::string& host, door through, base::steady_time now,
              std::chrono::milliseconds handshake_max = connect_timeout);
    void trust();
    void close();

    // Without CR LF. Leaves at once, or when its turn comes.
    void send(std::string line);
    // As they are and without a turn, for what is no chat.
    void send_bytes(std::string_view bytes) { out_ += bytes; }
    [[nodiscard]] std::size_t bytes_waiting() const { return out_.size(); }
    [[nodiscard]] bool all_sent() const { return waiting_.empty() && out_.empty(); }
    [[nodiscard]] std::size_t lines_waiting() const { return waiting_.size(); }

    [[nodiscard]] pollfd wish() const;
    [[nodiscard]] std::chrono::milliseconds patience(base::steady_time now) const;
    void work(base::steady_time now);
    [[nodiscard]] std::vector<std::string> take_lines() { return std::exchange(lines_, {}); }

    [[nodiscard]] link_phase phase() const { return phase_; }
    [[nodiscard]] link_fault fault() const { return fault_; }
    [[nodiscard]] const std::string& detail() const { return detail_; }
    [[nodiscard]] int error_number() const { return error_number_; } // of link_fault::refused
    [[nodiscard]] const transport::peer_certificate& certificate() const { return certificate_; }
    [[nodiscard]] bool is_tls() const { return through_.kind == door_kind::tls; }
    [[nodiscard]] std::uint16_t port() const { return through_.port; }

private:
    struct free_addresses {
        void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
    };
    struct lookup;

    void fail(link_fault why, std::string detail = "");
    void look_up();
    void take_addresses(int failed, addrinfo* found);
    void try_next_address();
    void finish_connecting();
    void begin_stream();
    void shake_hands();
    void take_bytes(std::string_view bytes);
    void follow_websocket(std::string_view bytes);
    void read();
    void write();
    void split_lines();
    void let_lines_leave(base::steady_time now);

    std::string host_;
    door through_{};
    link_phase phase_ = link_phase::closed;
    link_fault fault_ = link_fault::none;
    std::string detail_;
    int error_number_ = 0;
    std::unique_ptr<lookup> lookup_;
    std::unique_ptr<addrinfo, free_addresses> addresses_;
    const addrinfo* next_address_ = nullptr;
    transport::descriptor socket_;
    std::unique_ptr<transport::tls_client_context> tls_;
    std::unique_ptr<transport::stream> stream_;
    std::unique_ptr<websocket_client> websocket_; // where the door is one
    transport::peer_certificate certificate_;
    bool wants_write_ = false; // for what it does now, whatever there is to send
    base::steady_time deadline_{};
    std::chrono::milliseconds handshake_max_ = connect_timeout;
    std::string in_;
    std::string out_;
    std::deque<std::string> waiting_;
    int allowance_ = 0;
    base::steady_time allowed_at_{};
    base::steady_time now_{};
    std::vector<std::string> lines_;
};

} // namespace tertulia::terminal
