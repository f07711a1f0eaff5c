// SPDX-License-Identifier: Apache-2.0
#include "bench/crowd.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tertulia::bench {

namespace {

constexpr std::size_t arriving_max = 500; // at a time: no server's backlog overflows
constexpr std::size_t sources = 50;       // loopback addresses in use, so that ports suffice
constexpr std::size_t buffer_size = 256U << 10U;

int check(int outcome, const char* what) {
    if (outcome < 0) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    return outcome;
}

sockaddr_in address_of(const endpoint& server) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(server.port);
    if (inet_pton(AF_INET, server.host.c_str(), &to.sin_addr) != 1) {
        throw std::invalid_argument("not an IPv4 address: " + server.host);
    }
    return to;
}

// From 127.0.1.1, 127.0.2.1, … in turn.
void choose_source(int socket, std::size_t who) {
    sockaddr_in from{};
    from.sin_family = AF_INET;
    from.sin_addr.s_addr =
        htonl(INADDR_LOOPBACK + static_cast<std::uint32_t>((who % sources + 1) << 8U));
    const int yes = 1;
    check(setsockopt(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes), "setsockopt");
    check(bind(socket, reinterpret_cast<const sockaddr*>(&from), sizeof from), "bind");
}

// The server's answer is not checked further: a client that is not let in hears nothing.
void shake_hands(int with, const endpoint& server) {
    const std::string wish =
        fmt::format("GET /irc HTTP/1.1\r\nHost: {}:{}\r\nUpgrade: websocket\r\n"
                    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    "Sec-WebSocket-Protocol: text.ircv3.net\r\n\r\n",
                    server.host, server.port);
    check(static_cast<int>(send(with, wish.data(), wish.size(), MSG_NOSIGNAL)), "send");
    std::string answer;
    while (!answer.ends_with("\r\n\r\n")) {
        char next = 0;
        if (check(static_cast<int>(recv(with, &next, 1, 0)), "recv") == 0) {
            throw std::runtime_error("no WebSocket: " + answer);
        }
        answer += next;
    }
    if (!answer.starts_with("HTTP/1.1 101")) {
        throw std::runtime_error("no WebSocket: " + answer);
    }
}

// One text message (RFC 6455, 5.2), masked with zeros, which change nothing.
void append_frame(std::string& to, std::string_view line) {
    constexpr char whole_text = '\x81';
    constexpr unsigned masked = 0x80;
    constexpr unsigned two_bytes = 126;
    to += whole_text;
    if (line.size() < two_bytes) {
        to += static_cast<char>(masked | line.size());
    } else {
        to += static_cast<char>(masked | two_bytes);
        to += static_cast<char>(line.size() >> 8U);
        to += static_cast<char>(line.size() & 0xFFU);
    }
    to.append(4, '\0').append(line);
}

struct frame {
    std::string_view payload;
    std::size_t size = 0; // 0: it is not whole yet
    bool text = false;
};

// A server's: not masked, and of less than 64 KiB.
frame first_frame(std::string_view bytes) {
    const auto byte = [&bytes](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
    const bool is_long = bytes.size() > 1 && byte(1) == 126;
    const std::size_t head = is_long ? 4 : 2;
    if (bytes.size() < head) {
        return {};
    }
    const std::size_t size = is_long ? byte(2) << 8U | byte(3) : byte(1);
    if (bytes.size() < head + size) {
        return {};
    }
    return {bytes.substr(head, size), head + size, (byte(0) & 0x0FU) == 1};
}

int open_connection(const endpoint& server, std::size_t who) {
    const sockaddr_in to = address_of(server);
    const int made = check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
    const int yes = 1;
    check(setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes), "setsockopt");
    if ((ntohl(to.sin_addr.s_addr) >> 24U) == 127U) {
        choose_source(made, who);
    }
    check(connect(made, reinterpret_cast<const sockaddr*>(&to), sizeof to), "connect");
    if (server.over == carrier::websocket) {
        shake_hands(made, server);
    }
    return made;
}

bool is_numeric(std::string_view line, std::string_view number) {
    const std::size_t blank = line.find(' ');
    return line.starts_with(':') && blank != std::string_view::npos &&
           line.substr(blank + 1).starts_with(number) && line.size() > blank + 4 &&
           line[blank + 4] == ' ';
}

} // namespace

void ears::leave(std::size_t who, std::string_view error) {
    throw std::runtime_error(fmt::format("the server closed connection {}: {}", who, error));
}

crowd::crowd(endpoint server, ears& scenario)
    : server_(std::move(server)), scenario_(scenario),
      epoll_(check(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")), buffer_(buffer_size) {}

crowd::~crowd() {
    for (const member& each : members_) {
        if (each.socket >= 0) {
            close(each.socket);
        }
    }
    close(epoll_);
}

std::size_t crowd::invite(newcomer who) {
    const std::size_t number = members_.size();
    member made;
    made.socket = open_connection(server_, number);
    made.name = std::move(who.name);
    made.rooms = std::move(who.rooms);
    members_.push_back(std::move(made));
    epoll_event on{};
    on.events = EPOLLIN;
    on.data.u64 = number;
    check(epoll_ctl(epoll_, EPOLL_CTL_ADD, members_[number].socket, &on), "epoll_ctl");
    say(number, "CAP REQ :echo-message");
    say(number, "NICK " + members_[number].name);
    say(number, fmt::format("USER {0} 0 * :{0}", members_[number].name));
    say(number, "CAP END");
    return number;
}

void crowd::gather(const std::vector<newcomer>& all, std::chrono::seconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    const std::size_t before = arrived_;
    std::size_t invited = 0;
    while (arrived_ - before < all.size()) {
        while (invited < all.size() && invited - (arrived_ - before) < arriving_max) {
            invite(all[invited]);
            ++invited;
        }
        turn(std::chrono::milliseconds(100));
        if (std::chrono::steady_clock::now() > end) {
            throw std::runtime_error(fmt::format("only {} of {} arrived within {} s",
                                                 arrived_ - before, all.size(), patience.count()));
        }
    }
}

void crowd::say(std::size_t who, std::string_view line) {
    member& by = members_[who];
    if (server_.over == carrier::websocket) {
        append_frame(by.unsent, line);
    } else {
        by.unsent.append(line).append("\r\n");
    }
    if (!by.speaking) {
        by.speaking = true;
        speakers_.push_back(who);
    }
}

void crowd::turn(std::chrono::milliseconds patience) {
    std::array<epoll_event, 1024> ready{};
    const auto wait = static_cast<int>(speakers_.empty() ? patience.count() : 0);
    const int count = epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), wait);
    if (count < 0 && errno != EINTR) {
        check(count, "epoll_wait");
    }
    for (int i = 0; i < count; ++i) {
        const auto who = static_cast<std::size_t>(ready[static_cast<std::size_t>(i)].data.u64);
        if ((ready[static_cast<std::size_t>(i)].events & EPOLLOUT) != 0) {
            flush(who);
            watch(who, !members_[who].unsent.empty());
        }
        if ((ready[static_cast<std::size_t>(i)].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) {
            read(who);
        }
    }
    for (const std::size_t who : std::exchange(speakers_, {})) {
        members_[who].speaking = false;
        flush(who);
        if (!members_[who].unsent.empty()) {
            watch(who, true);
        }
    }
}

void crowd::read(std::size_t who) {
    const int from = members_[who].socket;
    if (from < 0) {
        return;
    }
    const ssize_t size = recv(from, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (size > 0) {
        // A server that leaves gathering to Nagle would otherwise sleep until our acknowledgement,
        // 40 ms at worst, and it is to be measured awake.
        const int yes = 1;
        setsockopt(from, IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
        const std::string_view chunk(buffer_.data(), static_cast<std::size_t>(size));
        server_.over == carrier::websocket ? hear_frames(who, chunk) : hear_chunk(who, chunk);
    } else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
        depart(who);
    }
}

void crowd::hear_chunk(std::size_t who, std::string_view chunk) {
    std::string& begun = members_[who].unfinished;
    if (!begun.empty()) {
        const std::size_t end = chunk.find('\n');
        begun.append(chunk.substr(0, end));
        if (end == std::string_view::npos) {
            return;
        }
        chunk.remove_prefix(end + 1);
        const std::string line = std::exchange(begun, {});
        hear_line(who, line);
    }
    for (;;) {
        const void* end = std::memchr(chunk.data(), '\n', chunk.size());
        if (end == nullptr) {
            break;
        }
        const auto size = static_cast<std::size_t>(static_cast<const char*>(end) - chunk.data());
        hear_line(who, chunk.substr(0, size));
        chunk.remove_prefix(size + 1);
    }
    members_[who].unfinished.assign(chunk);
}

void crowd::hear_frames(std::size_t who, std::string_view chunk) {
    std::string begun = std::exchange(members_[who].unfinished, {});
    if (!begun.empty()) {
        begun += chunk;
        chunk = begun;
    }
    for (frame next = first_frame(chunk); next.size > 0; next = first_frame(chunk)) {
        if (next.text) {
            hear_line(who, next.payload);
        }
        chunk.remove_prefix(next.size);
    }
    members_[who].unfinished.assign(chunk);
}

void crowd::hear_line(std::size_t who, std::string_view line) {
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    if (line.starts_with("PING ")) {
        say(who, fmt::format("PONG {}", line.substr(5)));
    } else if (line.starts_with("ERROR ")) {
        members_[who].error = line;
    } else if (members_[who].at == stage::ready) {
        scenario_.hear(who, line);
    } else {
        greet(who, line);
    }
}

// The barrier at the end is a PING of our own: its answer comes behind the joins and the history
// that the server shows with them.
void crowd::greet(std::size_t who, std::string_view line) {
    member& to = members_[who];
    if (to.at == stage::registering) {
        if (line.find(" ACK ") != std::string_view::npos) {
            to.echo = true;
        } else if (is_numeric(line, "376") || is_numeric(line, "422")) {
            join(who);
        } else if (is_numeric(line, "433")) {
            throw std::runtime_error(fmt::format("{} is refused: {}", to.name, line));
        }
    } else if (line.find(" PONG ") != std::string_view::npos && line.ends_with("arrived")) {
        arrive(who);
    }
}

void crowd::join(std::size_t who) {
    member& by = members_[who];
    if (by.rooms.empty()) {
        arrive(who);
        return;
    }
    by.at = stage::joining;
    for (const std::string& room : by.rooms) {
        say(who, "JOIN " + room);
    }
    say(who, "PING arrived");
}

void crowd::arrive(std::size_t who) {
    members_[who].at = stage::ready;
    ++arrived_;
    scenario_.arrive(who);
}

void crowd::flush(std::size_t who) {
    member& by = members_[who];
    if (by.socket < 0 || by.unsent.empty()) {
        return;
    }
    const ssize_t size =
        send(by.socket, by.unsent.data(), by.unsent.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (size > 0) {
        by.unsent.erase(0, static_cast<std::size_t>(size));
    }
}

void crowd::watch(std::size_t who, bool writing) const {
    if (members_[who].socket < 0) {
        return;
    }
    epoll_event on{};
    on.events = EPOLLIN | (writing ? EPOLLOUT : 0U);
    on.data.u64 = who;
    check(epoll_ctl(epoll_, EPOLL_CTL_MOD, members_[who].socket, &on), "epoll_ctl");
}

void crowd::depart(std::size_t who) {
    member& gone = members_[who];
    close(std::exchange(gone.socket, -1));
    gone.at = stage::gone;
    gone.unsent.clear();
    const std::string error = std::move(gone.error);
    scenario_.leave(who, error);
}

} // namespace tertulia::bench
