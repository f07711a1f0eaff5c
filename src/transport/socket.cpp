// SPDX-License-Identifier: Apache-2.0
#include "transport/socket.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace tertulia::transport {
namespace {

// Who is silent for a minute is asked whether she is there, and after four questions is not.
constexpr int keep_alive_after_s = 60;
constexpr int keep_alive_interval_s = 15;
constexpr int keep_alive_probes = 4;

struct free_addresses {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using address_list = std::unique_ptr<addrinfo, free_addresses>;

void set(int socket, int level, int name, int value) {
    ::setsockopt(socket, level, name, &value, sizeof value);
}

base::result<address_list> addresses_of(const std::string& host, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int failed = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (failed != 0) {
        return base::failure(
            fmt::format("\"{}\" is no address ({})", host, ::gai_strerror(failed)));
    }
    return address_list(found);
}

std::string why(int number) {
    switch (number) {
    case EADDRINUSE: return "the port is in use by another program";
    case EACCES: return "this user may not open a port below 1024";
    case EADDRNOTAVAIL: return "this machine has no such address";
    default: return std::strerror(number);
    }
}

std::expected<descriptor, int> listen_at(const addrinfo& where) {
    descriptor made(::socket(where.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int socket = made.number();
    if (socket < 0) {
        return std::unexpected(errno);
    }
    set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
    set(socket, IPPROTO_TCP, TCP_NODELAY, 1); // accepted sockets inherit it: gathering is ours
    // Inherited too: not every protocol has a ping, and a cable that was pulled says nothing.
    set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(socket, IPPROTO_TCP, TCP_KEEPIDLE, keep_alive_after_s);
    set(socket, IPPROTO_TCP, TCP_KEEPINTVL, keep_alive_interval_s);
    set(socket, IPPROTO_TCP, TCP_KEEPCNT, keep_alive_probes);
    if (where.ai_family == AF_INET6) {
        set(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    }
    if (::bind(socket, where.ai_addr, where.ai_addrlen) != 0) {
        return std::unexpected(errno);
    }
    if (::listen(socket, SOMAXCONN) != 0) {
        return std::unexpected(errno);
    }
    return made;
}

void describe(const sockaddr_storage& from, caller& who) {
    if (from.ss_family == AF_UNIX) {
        return;
    }
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (from.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(from);
        ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
        who.port = ntohs(v4.sin_port);
        who.address_key = 0xffff'0000'0000U | ntohl(v4.sin_addr.s_addr);
    } else {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(from);
        who.port = ntohs(v6.sin6_port);
        const auto* const bytes = v6.sin6_addr.s6_addr;
        const bool mapped = IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr);
        ::inet_ntop(mapped ? AF_INET : AF_INET6, mapped ? bytes + 12 : bytes, text.data(),
                    text.size());
        for (int i = mapped ? 8 : 0; i < (mapped ? 16 : 8); ++i) {
            who.address_key = who.address_key << 8U | bytes[i];
        }
    }
    who.address = text.data();
}

// A Unix socket's address holds 107 bytes of path, and folders may be deep: the way there is by the
// open folder.
class unix_address {
public:
    explicit unix_address(const std::string& path) {
        const std::size_t slash = path.rfind('/');
        const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
        folder_ = descriptor(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        const std::string name = path.substr(slash == std::string::npos ? 0 : slash + 1);
        const std::string whole = fmt::format("/proc/self/fd/{}/{}", folder_.number(), name);
        address_.sun_family = AF_UNIX;
        whole.copy(address_.sun_path, sizeof address_.sun_path - 1);
    }
    [[nodiscard]] const sockaddr* get() const {
        return reinterpret_cast<const sockaddr*>(&address_);
    }
    [[nodiscard]] static socklen_t size() { return sizeof(sockaddr_un); }

private:
    descriptor folder_;
    sockaddr_un address_{};
};

} // namespace

descriptor::~descriptor() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

base::result<descriptor> listen_on(const std::string& host, std::uint16_t port) {
    const bool everywhere = host.empty() || host == "*";
    auto addresses = addresses_of(everywhere ? "::" : host, port);
    if (!addresses) {
        return std::unexpected(addresses.error());
    }
    auto listening = listen_at(**addresses);
    if (everywhere && !listening &&
        (listening.error() == EAFNOSUPPORT || listening.error() == EADDRNOTAVAIL)) {
        addresses = addresses_of("0.0.0.0", port); // a machine without IPv6
        listening = listen_at(**addresses);
    }
    if (!listening) {
        return base::failure(why(listening.error()));
    }
    return std::move(*listening);
}

base::result<descriptor> listen_at_path(const std::string& path) {
    const unix_address at(path);
    descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    ::unlink(path.c_str());
    if (made.number() < 0 || ::bind(made.number(), at.get(), at.size()) != 0 ||
        ::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 || // before anybody is let in
        ::listen(made.number(), SOMAXCONN) != 0) {
        return base::failure(std::strerror(errno));
    }
    return made;
}

base::result<descriptor> connect_to_path(const std::string& path) {
    const unix_address at(path);
    descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (made.number() < 0 || ::connect(made.number(), at.get(), at.size()) != 0) {
        return base::failure(std::strerror(errno));
    }
    return made;
}

std::uint16_t port_of(const descriptor& listening) {
    sockaddr_storage local{};
    socklen_t size = sizeof local;
    ::getsockname(listening.number(), reinterpret_cast<sockaddr*>(&local), &size);
    if (local.ss_family == AF_UNIX) {
        return 0;
    }
    return ntohs(local.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(local).sin6_port
                                             : reinterpret_cast<sockaddr_in&>(local).sin_port);
}

std::expected<caller, int> accept_from(int listening) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    descriptor socket(::accept4(listening, reinterpret_cast<sockaddr*>(&from), &size,
                                SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket.number() < 0) {
        return std::unexpected(errno);
    }
    caller who{.socket = std::move(socket)};
    describe(from, who);
    return who;
}

bool name_caller(const std::string& address, std::uint16_t port, caller& who) {
    sockaddr_storage from{};
    auto& v4 = reinterpret_cast<sockaddr_in&>(from);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(from);
    if (::inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
        from.ss_family = AF_INET;
        v4.sin_port = htons(port);
    } else if (::inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1) {
        from.ss_family = AF_INET6;
        v6.sin6_port = htons(port);
    } else {
        return false;
    }
    who.address_key = 0;
    describe(from, who);
    return true;
}

std::expected<std::string, int> peek(int socket, std::size_t size_max) {
    std::string bytes(size_max, '\0');
    const ssize_t size = ::recv(socket, bytes.data(), bytes.size(), MSG_PEEK | MSG_DONTWAIT);
    if (size < 0) {
        return std::unexpected(errno == EWOULDBLOCK ? EAGAIN : errno);
    }
    bytes.resize(static_cast<std::size_t>(size));
    return bytes;
}

void skip(int socket, std::size_t size) {
    std::string bytes(size, '\0');
    static_cast<void>(::recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT));
}

void forget_unsent(int socket) {
    const linger none{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

} // namespace tertulia::transport
