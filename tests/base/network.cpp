// SPDX-License-Identifier: Apache-2.0
#include "base/network.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <utility>

using namespace tertulia::base;

TEST_CASE("addresses and networks are read, and shown as they are meant") {
    constexpr std::array truths{std::pair{"192.0.2.7", "192.0.2.7"},
                                std::pair{"192.0.2.7/24", "192.0.2.0/24"},
                                std::pair{"192.0.2.7/32", "192.0.2.7"},
                                std::pair{"0.0.0.0/0", "0.0.0.0/0"},
                                std::pair{"2001:db8:1:2:3::4", "2001:db8:1:2::/64"},
                                std::pair{"2001:DB8::/32", "2001:db8::/32"},
                                std::pair{"2001:db8::/100", "2001:db8::/64"},
                                std::pair{"::ffff:192.0.2.7", "192.0.2.7"}};
    for (const auto& [typed, meant] : truths) {
        REQUIRE(parse_network(typed));
        CHECK(to_string(*parse_network(typed)) == meant);
    }
}

TEST_CASE("what is no network is none") {
    for (const std::string typed :
         {"", "ana", "192.0.2", "192.0.2.7/33", "192.0.2.7/", "192.0.2.7/-1", "192.0.2.7/2x",
          "2001:db8::/129", "/24", "1.2.3.4/24/24", "192.0.2.7 ", "::1%eth0"}) {
        CAPTURE(typed);
        CHECK_FALSE(parse_network(typed));
    }
    CHECK_FALSE(parse_network(std::string("1.2.3.4\0", 8)));
    CHECK_FALSE(parse_network(std::string(1'000, '1')));
}

TEST_CASE("a network has what lies within it, and nothing of the other family") {
    const network lab = *parse_network("192.0.2.0/24");
    CHECK(lab.contains(*parse_network("192.0.2.255")));
    CHECK(lab.contains(lab));
    CHECK_FALSE(lab.contains(*parse_network("192.0.3.0")));
    CHECK_FALSE(lab.contains(*parse_network("192.0.0.0/16")));
    const network six = *parse_network("2001:db8::/32");
    CHECK(six.contains(*parse_network("2001:db8:ffff::1")));
    CHECK_FALSE(six.contains(*parse_network("192.0.2.1")));
    CHECK(all_of_ipv4().contains(*parse_network("255.255.255.255")));
    CHECK_FALSE(all_of_ipv4().contains(*parse_network("2001:db8::1")));
}
