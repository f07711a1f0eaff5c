// SPDX-License-Identifier: Apache-2.0
#include "transport/socket.hpp"

#include "transport/tcp_client.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <netinet/tcp.h>

using namespace tertulia;
using transport::listen_on;
using transport::port_use;

TEST_CASE("a port that the system picks can be shared by later sockets but not taken anew") {
    const auto first = listen_on("127.0.0.1", 0, port_use::alone);
    REQUIRE(first);
    const std::uint16_t port = transport::port_of(*first);
    CHECK(port != 0);
    CHECK(listen_on("127.0.0.1", port, port_use::shared));
    const auto taken = listen_on("127.0.0.1", port, port_use::alone);
    REQUIRE_FALSE(taken.has_value());
    CHECK(taken.error().sentence == "the port is in use by another program");
}

TEST_CASE("all addresses include those of both families") {
    const auto everywhere = listen_on("*", 0, port_use::alone);
    REQUIRE(everywhere);
    const std::uint16_t port = transport::port_of(*everywhere);
    CHECK_FALSE(listen_on("127.0.0.1", port, port_use::alone));
    CHECK_FALSE(listen_on("::1", port, port_use::alone));
}

TEST_CASE("an address that is not this machine's, or none, is an error that says so") {
    CHECK(listen_on("192.0.2.1", 0, port_use::alone).error().sentence ==
          "this machine has no such address");
    CHECK(listen_on("no address", 0, port_use::alone)
              .error()
              .sentence.starts_with("\"no address\" is no address"));
}

TEST_CASE("nobody waiting is told from an error") {
    const auto listening = listen_on("127.0.0.1", 0, port_use::alone);
    REQUIRE(listening);
    CHECK(transport::accept_from(listening->number()).error() == EAGAIN);
    CHECK(transport::accept_from(-1).error() == EBADF);
}

TEST_CASE("an accepted socket does not wait to gather bytes") {
    const auto listening = listen_on("127.0.0.1", 0, port_use::alone);
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
