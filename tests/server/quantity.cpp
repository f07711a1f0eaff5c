// SPDX-License-Identifier: Apache-2.0
#include "server/quantity.hpp"

#include <doctest/doctest.h>

using namespace tertulia::server;
using namespace std::chrono_literals;

TEST_CASE("a size is a whole number and a binary unit") {
    CHECK(parse_size("0 B") == 0U);
    CHECK(parse_size("200B") == 200U);
    CHECK(parse_size("512 KiB") == 512U * 1024);
    CHECK(parse_size("64 MiB") == 64U << 20U);
    CHECK(parse_size("3GiB") == 3ULL << 30U);
}

TEST_CASE("a duration is a whole number and a unit") {
    CHECK(parse_duration("30s") == 30s);
    CHECK(parse_duration("2 m") == 2min);
    CHECK(parse_duration("12h") == 12h);
    CHECK(parse_duration("7d") == std::chrono::days{7});
}

TEST_CASE("what is no quantity is none") {
    for (const char* written : {"", "64", "MiB", "-1 B", "1.5 MiB", "1 MB", "1  B", "1 B ", " 1 B",
                                "0x10 B", "99999999999999999999 B", "9999999999999 GiB"}) {
        CAPTURE(written);
        CHECK_FALSE(parse_size(written).has_value());
    }
    for (const char* written : {"", "30", "s", "-1s", "1.5h", "30ms", "1 w", "300000000000000d"}) {
        CAPTURE(written);
        CHECK_FALSE(parse_duration(written).has_value());
    }
}

TEST_CASE("a quantity is printed in its largest whole unit") {
    CHECK(print_size(0) == "0 B");
    CHECK(print_size(1000) == "1000 B");
    CHECK(print_size(1536) == "1536 B");
    CHECK(print_size(64U << 20U) == "64 MiB");
    CHECK(print_duration(0s) == "0s");
    CHECK(print_duration(90s) == "90s");
    CHECK(print_duration(120s) == "2m");
    CHECK(print_duration(std::chrono::days{7}) == "7d");
}
