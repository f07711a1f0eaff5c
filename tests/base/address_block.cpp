// SPDX-License-Identifier: Apache-2.0
#include "base/address_block.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

namespace {

bool holds(std::string_view block, const std::string& address) {
    const auto parsed = base::parse_address_block(block);
    const auto one = base::parse_address(address);
    REQUIRE(parsed.has_value());
    REQUIRE(one.has_value());
    return parsed->contains(*one);
}

} // namespace

TEST_CASE("a block holds its addresses and no others") {
    CHECK(holds("10.0.0.0/8", "10.255.0.1"));
    CHECK_FALSE(holds("10.0.0.0/8", "11.0.0.1"));
    CHECK(holds("10.1.2.3/8", "10.9.9.9"));
    CHECK(holds("192.0.2.7", "192.0.2.7"));
    CHECK_FALSE(holds("192.0.2.7", "192.0.2.6"));
    CHECK(holds("fd00::/8", "fd12::1"));
    CHECK(holds("0.0.0.0/0", "192.0.2.7"));
}

TEST_CASE("one IPv6 address is one, and no block of IPv6 holds an IPv4 address") {
    CHECK(holds("::1", "::1"));
    CHECK_FALSE(holds("::1", "::2"));
    CHECK_FALSE(holds("::1", "127.0.0.1"));
    CHECK_FALSE(holds("::/0", "192.0.2.7"));
    CHECK_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
    CHECK(holds("::ffff:10.0.0.0/104", "10.0.0.1"));
}

TEST_CASE("what is neither an address nor a network is no block") {
    for (const std::string text : {"", "router", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/", "::/129",
                                   "10.0.0.0/8/8", "10.0.0.0/-1", "fe80::1%eth0", " 10.0.0.1"}) {
        CAPTURE(text);
        CHECK_FALSE(base::parse_address_block(text).has_value());
    }
}

TEST_CASE("an address is shown in one way, a mapped one as IPv4") {
    CHECK(base::print_address(*base::parse_address("::ffff:192.0.2.7")) == "192.0.2.7");
    CHECK(base::print_address(*base::parse_address("2001:DB8:0:0::1")) == "2001:db8::1");
    CHECK(base::print_address(*base::parse_address("192.0.2.7")) == "192.0.2.7");
}
