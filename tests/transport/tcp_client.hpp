// SPDX-License-Identifier: Apache-2.0
// A client for tests: a blocking socket that gives up after a few seconds.
#pragma once

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace tertulia::transport {

class tcp_client {
public:
    explicit tcp_client(std::uint16_t port, bool v6 = false, int receive_buffer = 0)
        : socket_(::socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0)) {
        if (receive_buffer > 0) {
            set(SO_RCVBUF, receive_buffer);
        }
        patience(std::chrono::seconds(10));
        sockaddr_in v4_address{};
        v4_address.sin_family = AF_INET;
        v4_address.sin_port = htons(port);
        v4_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        sockaddr_in6 v6_address{};
        v6_address.sin6_family = AF_INET6;
        v6_address.sin6_port = htons(port);
        v6_address.sin6_addr = in6addr_loopback;
        const int failed =
            v6 ? ::connect(socket_, reinterpret_cast<sockaddr*>(&v6_address), sizeof v6_address)
               : ::connect(socket_, reinterpret_cast<sockaddr*>(&v4_address), sizeof v4_address);
        if (failed != 0) {
            throw std::runtime_error("cannot connect");
        }
    }
    ~tcp_client() { ::close(socket_); }
    tcp_client(const tcp_client&) = delete;
    tcp_client& operator=(const tcp_client&) = delete;

    void patience(std::chrono::milliseconds time) {
        const timeval limit{time.count() / 1000, time.count() % 1000 * 1000};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    void says(const std::string& text) {
        for (std::size_t sent = 0; sent < text.size();) {
            const ssize_t size =
                ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
            if (size <= 0) {
                return; // the other side has closed; what it answers tells
            }
            sent += static_cast<std::size_t>(size);
        }
    }
    void says_no_more() { ::shutdown(socket_, SHUT_WR); }

    // The next line with its end; what there is of it when the other side closes or patience ends.
    std::string line() {
        std::size_t end = 0;
        while ((end = heard_.find('\n')) == std::string::npos) {
            if (!hear()) {
                return std::exchange(heard_, {});
            }
        }
        std::string first = heard_.substr(0, end + 1);
        heard_.erase(0, end + 1);
        return first;
    }
    // Everything until the other side closes; ends in "…" when it does not.
    std::string rest() {
        while (hear()) {}
        return std::exchange(heard_, {}) + (closed_ ? "" : "…");
    }
    [[nodiscard]] int socket() const { return socket_; }

private:
    void set(int option, int value) {
        ::setsockopt(socket_, SOL_SOCKET, option, &value, sizeof value);
    }
    bool hear() {
        std::array<char, 65'536> buffer;
        const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
        closed_ = size == 0 || (size < 0 && errno == ECONNRESET);
        heard_.append(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
        return size > 0;
    }

    int socket_;
    bool closed_ = false;
    std::string heard_;
};

} // namespace tertulia::transport
