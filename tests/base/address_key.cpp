// SPDX-License-Identifier: Apache-2.0
#include "base/address_key.hpp"

#include <doctest/doctest.h>

using tertulia::base::address_key;

TEST_CASE("all of an IPv6 /64 is one; other addresses are others") {
    CHECK(address_key("2001:db8::1") == address_key("2001:db8:0:0:ffff::2"));
    CHECK(address_key("2001:db8::1") != address_key("2001:db8:0:1::1"));
    CHECK(address_key("192.0.2.1") != address_key("192.0.2.2"));
    CHECK(address_key("::ffff:192.0.2.1") == address_key("192.0.2.1"));
    CHECK(address_key("localhost") == address_key("localhost"));
    CHECK(address_key("localhost") != address_key(""));
}
