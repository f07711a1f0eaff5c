// SPDX-License-Identifier: Apache-2.0
#include "server/cloak.hpp"

#include <doctest/doctest.h>

#include <string>

using tertulia::server::cloak;

namespace {

// "a.b.c.ip" -> "b.c.ip"
std::string around(const std::string& shown) { return shown.substr(shown.find('.') + 1); }

} // namespace

TEST_CASE("an address is shown the same each time, and as nothing that tells it") {
    const cloak made("key");
    const std::string shown = made.of("192.0.2.7");
    CHECK(shown == made.of("192.0.2.7"));
    CHECK(shown.size() == std::string("12345678.12345678.12345678.ip").size());
    CHECK_FALSE(shown.contains("192"));
    CHECK(shown != cloak("another").of("192.0.2.7"));
    CHECK(made.of("::1").front() != ':');
}

TEST_CASE("neighbours share what stands for their networks, and nothing else") {
    const cloak made("key");
    const std::string one = made.of("192.0.2.7");
    const std::string neighbour = made.of("192.0.2.8");
    const std::string distant = made.of("192.0.3.7");
    CHECK(one != neighbour);
    CHECK(around(one) == around(neighbour));
    CHECK(around(one) != around(distant));
    CHECK(around(around(one)) == around(around(distant)));
    CHECK(made.of("2001:db8:1:2::3") == made.of("2001:db8:1:2::4"));
    CHECK(around(made.of("2001:db8:1:2::3")) == around(made.of("2001:db8:1:9::3")));
}

TEST_CASE("without a key addresses are shown, as a parameter of a line") {
    CHECK(cloak().of("192.0.2.7") == "192.0.2.7");
    CHECK(cloak().of("::1") == "0::1");
}
