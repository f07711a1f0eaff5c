// SPDX-License-Identifier: Apache-2.0
#include "transport/socket.hpp"

#include "transport/tcp_client.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace tertulia;
using transport::listen_on;

TEST_CASE("a port that the system picked cannot be taken anew") {
    const auto first = listen_on("127.0.0.1", 0);
    REQUIRE(first);
    const std::uint16_t port = transport::port_of(*first);
    CHECK(port != 0);
    const auto taken = listen_on("127.0.0.1", port);
    REQUIRE_FALSE(taken.has_value());
    CHECK(taken.error().sentence == "the port is in use by another program");
}

TEST_CASE("a port whose holder would share it is taken all the same") {
    const auto first = listen_on("127.0.0.1", 0);
    REQUIRE(first);
    const int yes = 1;
    ::setsockopt(first->number(), SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
    CHECK_FALSE(listen_on("127.0.0.1", transport::port_of(*first)));
}

TEST_CASE("all addresses include those of both families") {
    const auto everywhere = listen_on("*", 0);
    REQUIRE(everywhere);
    const std::uint16_t port = transport::port_of(*everywhere);
    CHECK_FALSE(listen_on("127.0.0.1", port));
    CHECK_FALSE(listen_on("::1", port));
}

TEST_CASE("an address that is not this machine's, or none, is an error that says so") {
    CHECK(listen_on("192.0.2.1", 0).error().sentence == "this machine has no such address");
    CHECK(listen_on("no address", 0).error().sentence.starts_with("\"no address\" is no address"));
}

TEST_CASE("nobody waiting is told from an error") {
    const auto listening = listen_on("127.0.0.1", 0);
    REQUIRE(listening);
    CHECK(transport::accept_from(listening->number()).error() == EAGAIN);
    CHECK(transport::accept_from(-1).error() == EBADF);
}

TEST_CASE("an accepted socket does not wait to gather bytes") {
    const auto listening = listen_on("127.0.0.1", 0);
    REQUIRE(listening);
    const transport::tcp_client client(transport::port_of(*listening));
    const auto who = transport::accept_from(listening->number());
    REQUIRE(who);
    CHECK(who->address == "127.0.0.1");
    int on = 0;
    socklen_t size = sizeof on;
    ::getsockopt(who->socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, &size);
    CHECK(on == 1);
}
