// SPDX-License-Identifier: Apache-2.0
#include "terminal/link.hpp"

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace tertulia;
using namespace tertulia::terminal;

namespace {

// A server on this machine that does what a test tells it.
struct door_of_test {
    transport::descriptor listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    transport::descriptor peer;
    std::uint16_t port = 0;

    door_of_test() {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        REQUIRE(::bind(listener.number(), reinterpret_cast<sockaddr*>(&at), size) == 0);
        REQUIRE(::listen(listener.number(), 1) == 0);
        ::getsockname(listener.number(), reinterpret_cast<sockaddr*>(&at), &size);
        port = ntohs(at.sin_port);
    }
    void accept() { peer = transport::descriptor(::accept(listener.number(), nullptr, nullptr)); }
    void says(std::string_view bytes) const {
        CHECK(::write(peer.number(), bytes.data(), bytes.size()) ==
              static_cast<ssize_t>(bytes.size()));
    }
};

void work_once(terminal::link& on, base::steady_time now) {
    pollfd wish = on.wish();
    ::poll(&wish, 1, 10'000);
    on.work(now);
}

} // namespace

TEST_CASE("lines that have been read are not waited for") {
    door_of_test server;
    terminal::link ours;
    const base::steady_time now(std::chrono::hours(1));
    ours.open("127.0.0.1", {.kind = door_kind::plain, .port = server.port}, now);
    server.accept();
    while (ours.phase() != link_phase::open) {
        work_once(ours, now);
    }
    server.says(":irc.test 001 ana :Welcome\r\n");
    work_once(ours, now);
    CHECK(ours.patience(now) == std::chrono::milliseconds(0));
    CHECK(ours.take_lines() == std::vector<std::string>{":irc.test 001 ana :Welcome"});
    CHECK(ours.patience(now) > std::chrono::seconds(1));
}

TEST_CASE("a server that says nothing to TLS is given up when its time is over") {
    door_of_test server;
    terminal::link ours;
    base::steady_time now(std::chrono::hours(1));
    ours.open("127.0.0.1", {.kind = door_kind::tls, .port = server.port}, now,
              std::chrono::seconds(3));
    server.accept();
    while (ours.phase() != link_phase::handshaking) {
        work_once(ours, now);
    }
    CHECK(ours.patience(now) == std::chrono::seconds(3));
    now += std::chrono::seconds(3);
    ours.work(now);
    CHECK(ours.fault() == link_fault::no_answer);
}
