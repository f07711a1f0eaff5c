// SPDX-License-Identifier: Apache-2.0
// Listening sockets and what they accept, always non-blocking. Waiting for them is the
// caller's.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace tertulia::transport {

// An open file descriptor, closed with its owner.
class descriptor {
public:
    descriptor() = default;
    explicit descriptor(int number) : number_(number) {}
    ~descriptor();
    descriptor(descriptor&& from) noexcept : number_(std::exchange(from.number_, -1)) {}
    descriptor& operator=(descriptor&& from) noexcept {
        std::swap(number_, from.number_);
        return *this;
    }

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] int release() { return std::exchange(number_, -1); }

private:
    int number_ = -1;
};

// Listens on a name or a numeric address; "*" and "" are all addresses of both families. A port
// that anybody has is refused, were it shared (SO_REUSEPORT). The sentence of a failure begins with
// why.
[[nodiscard]] base::result<descriptor> listen_on(const std::string& host, std::uint16_t port);

// Listens on a Unix socket, which only this user may write to; what was at `path` before goes.
[[nodiscard]] base::result<descriptor> listen_at_path(const std::string& path);

// To such a socket; blocking, unlike all others.
[[nodiscard]] base::result<descriptor> connect_to_path(const std::string& path);

// 0: it has none.
[[nodiscard]] std::uint16_t port_of(const descriptor& listening);

struct caller {
    descriptor socket;
    std::string address; // numeric, without port; an IPv4-mapped one as IPv4; empty: this machine
    std::uint16_t port = 0;
    std::uint64_t address_key = 0; // the same for an IPv4 address or an IPv6 /64
};

// The next caller in line, or why there is none: EAGAIN when nobody waits.
[[nodiscard]] std::expected<caller, int> accept_from(int listening);

// The caller is another one than the socket says: a numeric address of either family. False: it is
// none.
[[nodiscard]] bool name_caller(const std::string& address, std::uint16_t port, caller& who);

// What came and was not read yet, at most `size_max` bytes, which stay where they are; no bytes:
// the other side has ended. And takes so many away.
[[nodiscard]] std::expected<std::string, int> peek(int socket, std::size_t size_max);
void skip(int socket, std::size_t size);

// Closing will throw away what the kernel still holds for the other side.
void forget_unsent(int socket);

} // namespace tertulia::transport
