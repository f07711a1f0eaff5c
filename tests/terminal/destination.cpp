// SPDX-License-Identifier: Apache-2.0
#include "terminal/destination.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace tertulia::terminal;

TEST_CASE("a host alone is tried with TLS first") {
    const auto to = parse_destination("localhost", "");
    REQUIRE(to);
    CHECK(to->host == "localhost");
    REQUIRE(to->doors.size() == 2);
    CHECK(to->doors[0].kind == door_kind::tls);
    CHECK(to->doors[0].port == 6697);
    CHECK(to->doors[1].kind == door_kind::plain);
    CHECK(to->doors[1].port == 6667);
}

TEST_CASE("a port, an address and a URL are understood") {
    CHECK(parse_destination("chat.example.org", "7000")->doors[0].port == 7000);
    CHECK(parse_destination("h", "6667")->doors.size() == 1);
    const auto url = parse_destination("ircs://chat.example.org:7001/#café", "");
    CHECK(url->host == "chat.example.org");
    CHECK(url->room == "#café");
    REQUIRE(url->doors.size() == 1);
    CHECK(url->doors[0].kind == door_kind::tls);
    CHECK(url->doors[0].port == 7001);
    CHECK(parse_destination("irc://[::1]:6668", "")->host == "::1");
    CHECK(parse_destination("irc://[::1]:6668", "")->doors[0].port == 6668);
    CHECK(parse_destination("irc://h/room", "")->room == "#room");
    CHECK(parse_destination("::1", "")->host == "::1");
}

TEST_CASE("IRC over WebSocket has a path, and its room behind a '#'") {
    const auto plain = parse_destination("ws://chat.example.org:8067/irc?x=1#café", "");
    REQUIRE(plain);
    CHECK(plain->host == "chat.example.org");
    CHECK(plain->room == "#café");
    REQUIRE(plain->doors.size() == 1);
    CHECK(plain->doors[0].kind == door_kind::plain);
    CHECK(plain->doors[0].port == 8067);
    CHECK(plain->doors[0].websocket == "/irc?x=1");
    const auto usual = parse_destination("wss://chat.example.org", "");
    CHECK(usual->doors[0].kind == door_kind::tls);
    CHECK(usual->doors[0].port == 443);
    CHECK(usual->doors[0].websocket == "/");
    CHECK(usual->room.empty());
    CHECK(parse_destination("ws://[::1]", "")->doors[0].port == 80);
    CHECK(parse_destination("ircs://h/room", "")->doors[0].websocket.empty());
}

TEST_CASE("what is no place is said to be none") {
    for (const auto& [where, port] :
         std::array<std::pair<const char*, const char*>, 9>{{{"", ""},
                                                             {"h", "0"},
                                                             {"h", "65536"},
                                                             {"h", "x"},
                                                             {"gopher://h", ""},
                                                             {"irc://", ""},
                                                             {"a b", ""},
                                                             {"ws://h/a b", ""},
                                                             {"ws://h/\r\nX: y", ""}}}) {
        CAPTURE(where);
        CHECK_FALSE(parse_destination(where, port));
    }
}
