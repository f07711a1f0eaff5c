// SPDX-License-Identifier: Apache-2.0
// Which addresses a stranger may have us connect to.
#include "base/public_address.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia::base;

namespace {

bool public_one(const std::string& text) {
    const auto address = parse_address(text);
    REQUIRE_MESSAGE(address.has_value(), text);
    return is_public(*address);
}

} // namespace

TEST_CASE("addresses of the Internet are public, to the edges of what is not") {
    for (const char* const one : {"1.0.0.0",
                                  "8.8.8.8",
                                  "9.255.255.255",
                                  "11.0.0.0",
                                  "100.63.255.255",
                                  "100.128.0.0",
                                  "126.255.255.255",
                                  "128.0.0.0",
                                  "169.253.255.255",
                                  "172.15.255.255",
                                  "172.32.0.0",
                                  "192.167.255.255",
                                  "192.169.0.0",
                                  "198.17.255.255",
                                  "198.20.0.0",
                                  "223.255.255.255",
                                  "2001:4860:4860::8888",
                                  "2600::1",
                                  "2a00:1450::1",
                                  "::ffff:8.8.8.8",
                                  "64:ff9b::808:808",
                                  "2002:808:808::1"}) {
        CHECK_MESSAGE(public_one(one), one);
    }
}

TEST_CASE("this machine, the house, the cable, many at once and nobody are not public") {
    for (const char* const one :
         {"0.0.0.0",         "0.1.2.3",         "10.0.0.1",        "10.255.255.255",  "100.64.0.1",
          "100.127.255.255", "127.0.0.1",       "127.255.255.255", "169.254.169.254", "172.16.0.1",
          "172.31.255.255",  "192.0.0.1",       "192.0.2.1",       "192.88.99.1",     "192.168.0.1",
          "192.168.255.255", "198.18.0.1",      "198.19.255.255",  "198.51.100.1",    "203.0.113.1",
          "224.0.0.1",       "239.255.255.255", "240.0.0.1",       "255.255.255.255"}) {
        CHECK_FALSE_MESSAGE(public_one(one), one);
    }
}

TEST_CASE("likewise of IPv6, whatever IPv4 address is within") {
    for (const char* const one : {"::",
                                  "::1",
                                  "::127.0.0.1",
                                  "::8.8.8.8",
                                  "100::1",
                                  "1fff::1",
                                  "2001::1",
                                  "2001:db8::1",
                                  "2001:1ff:ffff::1",
                                  "3fff::1",
                                  "4000::1",
                                  "5f00::1",
                                  "fc00::1",
                                  "fd12:3456::1",
                                  "fe80::1",
                                  "fec0::1",
                                  "ff02::1",
                                  "::ffff:127.0.0.1",
                                  "::ffff:10.0.0.1",
                                  "::ffff:169.254.169.254",
                                  "64:ff9b::7f00:1",
                                  "64:ff9b::a00:1",
                                  "64:ff9b:1::808:808",
                                  "64:ff9b:0:1::808:808",
                                  "2002:7f00:1::1",
                                  "2002:a00:1::1",
                                  "2002:c0a8:1::1"}) {
        CHECK_FALSE_MESSAGE(public_one(one), one);
    }
}

TEST_CASE("what is no plain address is none") {
    for (const std::string& one :
         {std::string(""), std::string("localhost"), std::string("127.1"),
          std::string("0x7f000001"), std::string("2130706433"), std::string("fe80::1%eth0"),
          std::string("[::1]"), std::string("8.8.8.8\0x", 9), std::string("8.8.8.8 ")}) {
        CHECK_FALSE_MESSAGE(parse_address(one).has_value(), one);
    }
}
