// SPDX-License-Identifier: Apache-2.0
// Addresses of push services as they come, and as nobody should write them.
#include "wire/push_endpoint.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia::wire;

TEST_CASE("an endpoint is a host, a port and what is asked for there") {
    const auto fcm = read_push_endpoint("https://fcm.googleapis.com/fcm/send/abc:APA91b-_x?y=%20z");
    REQUIRE(fcm.has_value());
    CHECK(fcm->host == "fcm.googleapis.com");
    CHECK(fcm->port == 443);
    CHECK(fcm->target == "/fcm/send/abc:APA91b-_x?y=%20z");
    CHECK(fcm->origin() == "https://fcm.googleapis.com");
}

TEST_CASE("a host is compared in lower case, a usual port is not named") {
    const auto found = read_push_endpoint("https://Push.Example.NET:443");
    REQUIRE(found.has_value());
    CHECK(found->origin() == "https://push.example.net");
    CHECK(found->target == "/");
    CHECK(read_push_endpoint("https://push.example.net?x")->target == "/?x");
}

TEST_CASE("another port and an IPv6 address are named as they are to be") {
    CHECK(read_push_endpoint("https://127.0.0.1:8443/x")->origin() == "https://127.0.0.1:8443");
    const auto six = read_push_endpoint("https://[2001:DB8::1]:8443/x");
    REQUIRE(six.has_value());
    CHECK(six->host == "2001:db8::1");
    CHECK(six->authority() == "[2001:db8::1]:8443");
}

TEST_CASE("what two readers could read in two ways is no endpoint") {
    for (const std::string& one : {std::string(),
                                   std::string("https://"),
                                   std::string("https:///x"),
                                   std::string("http://push.example.net/x"),
                                   std::string("HTTPS://push.example.net/x"),
                                   std::string("ftp://push.example.net/x"),
                                   std::string("file:///etc/passwd"),
                                   std::string("https://user@push.example.net/x"),
                                   std::string("https://user:secret@push.example.net/x"),
                                   std::string("https://push.example.net:@127.0.0.1/x"),
                                   std::string("https://push.example.net\\@127.0.0.1/x"),
                                   std::string("https://push.example.net#@127.0.0.1/x"),
                                   std::string("https://push.example.net/x#y"),
                                   std::string("https://push.example.net:/x"),
                                   std::string("https://push.example.net:0/x"),
                                   std::string("https://push.example.net:65536/x"),
                                   std::string("https://push.example.net:+443/x"),
                                   std::string("https://push.example.net:443x/x"),
                                   std::string("https://push.example.net:443:443/x"),
                                   std::string("https://push.example.net./x"),
                                   std::string("https://.example.net/x"),
                                   std::string("https://push..net/x"),
                                   std::string("https://-push.example.net/x"),
                                   std::string("https://push-.example.net/x"),
                                   std::string("https://push%2eexample.net/x"),
                                   std::string("https://push.example.net/a b"),
                                   std::string("https://push.example.net/a\r\nb"),
                                   std::string("https://push.example.net/\0x", 27),
                                   std::string("https://püsh.example.net/x"),
                                   std::string("https://push.example.net/ñ"),
                                   std::string("https://push.example.net/\"x\""),
                                   std::string("https://push.example.net/<x>"),
                                   std::string("https://push.example.net/[x]"),
                                   std::string("https://" + std::string(64, 'a') + ".net/x")}) {
        CHECK_FALSE_MESSAGE(read_push_endpoint(one).has_value(), one);
    }
}

TEST_CASE("an address is written in the one way that all understand") {
    for (const char* const one :
         {"https://127.1/x", "https://0x7f.0.0.1/x", "https://0177.0.0.1/x", "https://2130706433/x",
          "https://127.0.0.1.1/x", "https://127.0.0.256/x", "https://127.0.0.01/x",
          "https://127.0.0./x", "https://push.example.0x7f/x", "https://[::1/x", "https://[::1]x/x",
          "https://[fe80::1%25eth0]/x", "https://[127.0.0.1]/x", "https://[]/x", "https://::1/x",
          "https://1.2.3.4.example.5/x"}) {
        CHECK_FALSE_MESSAGE(read_push_endpoint(one).has_value(), one);
    }
}
