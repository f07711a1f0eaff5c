// SPDX-License-Identifier: Apache-2.0
#include "server/spelling.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace tertulia::server;

namespace {
constexpr std::array<std::string_view, 4> words{"listen", "data", "password", "limits.burst"};
}

TEST_CASE("a slip finds the word that was meant") {
    CHECK(nearest("lisen", words) == "listen");
    CHECK(nearest("listens", words) == "listen");
    CHECK(nearest("dato", words) == "data");
    CHECK(nearest("pasword", words) == "password");
    CHECK(nearest("limit.burst", words) == "limits.burst");
}

TEST_CASE("another word is not taken for a slip") {
    CHECK_FALSE(nearest("colour", words).has_value());
    CHECK_FALSE(nearest("x", words).has_value());
    CHECK_FALSE(nearest("", words).has_value());
    CHECK_FALSE(nearest("listen", {}).has_value());
}
