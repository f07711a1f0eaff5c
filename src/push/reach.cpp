// SPDX-License-Identifier: Apache-2.0
#include "push/reach.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <utility>

namespace tertulia::push {
namespace {

using base::address_bytes;

constexpr std::uint16_t https_port = 443;
constexpr std::chrono::milliseconds look_around{100}; // so often a wait sees that it is to end
constexpr std::size_t addresses_tried_max = 4;

bool over(const patience& with) {
    return with.stop.stop_requested() || std::chrono::steady_clock::now() >= with.until;
}

// A question to the C library that is answered on a thread of its own. What it was asked with must
// live as long as it works.
struct lookup {
    std::string host;
    addrinfo hints{};
    gaicb question{};

    explicit lookup(std::string name) : host(std::move(name)) {
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        question.ar_name = host.c_str();
        question.ar_request = &hints;
    }
    lookup(const lookup&) = delete;
    lookup& operator=(const lookup&) = delete;
    ~lookup() {
        const gaicb* const list[] = {&question};
        if (::gai_error(&question) == EAI_INPROGRESS && ::gai_cancel(&question) != EAI_CANCELED) {
            ::gai_suspend(list, 1, nullptr); // it cannot be stopped any more
        }
        if (question.ar_result != nullptr) {
            ::freeaddrinfo(question.ar_result);
        }
    }
};

address_bytes address_of(const sockaddr& where) {
    address_bytes made{};
    if (where.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &where, sizeof four);
        made[10] = made[11] = 0xFF;
        std::memcpy(&made[12], &four.sin_addr, 4);
    } else {
        sockaddr_in6 six{};
        std::memcpy(&six, &where, sizeof six);
        std::memcpy(made.data(), &six.sin6_addr, made.size());
    }
    return made;
}

// Begins to connect; an IPv4 address by IPv4.
int begin(int socket, const address_bytes& address, std::uint16_t port) {
    if (base::is_ipv4(address)) {
        sockaddr_in four{};
        four.sin_family = AF_INET;
        four.sin_port = htons(port);
        std::memcpy(&four.sin_addr, &address[12], 4);
        return ::connect(socket, reinterpret_cast<const sockaddr*>(&four), sizeof four);
    }
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    std::memcpy(&six.sin6_addr, address.data(), address.size());
    return ::connect(socket, reinterpret_cast<const sockaddr*>(&six), sizeof six);
}

bool is_connected(int socket) {
    int fault = 0;
    socklen_t size = sizeof fault;
    return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &fault, &size) == 0 && fault == 0;
}

} // namespace

bool wait_for(int socket, short what, const patience& with) {
    while (!over(with)) {
        pollfd wish{.fd = socket, .events = what, .revents = 0};
        const int ready = ::poll(&wish, 1, static_cast<int>(look_around.count()));
        if (ready > 0) {
            return true;
        }
        if (ready < 0 && errno != EINTR) {
            return false;
        }
    }
    return false;
}

std::vector<address_bytes> find_addresses(const std::string& host, const patience& with) {
    lookup asked(host);
    gaicb* list[] = {&asked.question};
    if (::getaddrinfo_a(GAI_NOWAIT, list, 1, nullptr) != 0) {
        return {};
    }
    const timespec slice{.tv_sec = 0, .tv_nsec = std::chrono::nanoseconds(look_around).count()};
    while (::gai_error(&asked.question) == EAI_INPROGRESS && !over(with)) {
        const gaicb* const waiting[] = {&asked.question};
        ::gai_suspend(waiting, 1, &slice);
    }
    std::vector<address_bytes> found;
    if (::gai_error(&asked.question) == 0) {
        for (const addrinfo* one = asked.question.ar_result; one != nullptr; one = one->ai_next) {
            if (one->ai_family == AF_INET || one->ai_family == AF_INET6) {
                found.push_back(address_of(*one->ai_addr));
            }
        }
    }
    return found;
}

// One address that is not public is enough: a name that leads to both has been made to.
std::expected<std::vector<address_bytes>, reach_fault>
allowed_addresses(const wire::push_endpoint& to, trust in, const finder& find,
                  const patience& with) {
    if (in == trust::of_strangers && to.port != https_port) {
        return std::unexpected(reach_fault::not_ours);
    }
    const auto literal = base::parse_address(to.host);
    std::vector<address_bytes> found = literal ? std::vector{*literal} : find(to.host, with);
    if (found.empty()) {
        return std::unexpected(reach_fault::nowhere);
    }
    if (in == trust::of_strangers && !std::ranges::all_of(found, base::is_public)) {
        return std::unexpected(reach_fault::not_ours);
    }
    return found;
}

std::expected<transport::descriptor, reach_fault>
connect_to(const std::vector<address_bytes>& addresses, std::uint16_t port, const patience& with) {
    const std::size_t count = std::min(addresses.size(), addresses_tried_max);
    for (std::size_t i = 0; i < count && !over(with); ++i) {
        const int family = base::is_ipv4(addresses[i]) ? AF_INET : AF_INET6;
        transport::descriptor socket(
            ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        const auto left = with.until - std::chrono::steady_clock::now();
        const patience share{std::chrono::steady_clock::now() + left / (count - i), with.stop};
        const bool begun =
            socket.number() >= 0 &&
            (begin(socket.number(), addresses[i], port) == 0 || errno == EINPROGRESS);
        if (begun && wait_for(socket.number(), POLLOUT, share) && is_connected(socket.number())) {
            return socket;
        }
    }
    return std::unexpected(reach_fault::nowhere);
}

} // namespace tertulia::push
