// SPDX-License-Identifier: Apache-2.0
#include "terminal/timestamps.hpp"

#include "wire/timestamp.hpp"

#include <doctest/doctest.h>

using namespace tertulia;

TEST_CASE("a day is written as people say it") {
    const auto noon = wire::read_timestamp("2026-11-28T12:00:00.000Z").value();
    CHECK(terminal::day_text(noon, base::language::english) == "Saturday, 28 November 2026");
    CHECK(terminal::day_text(noon, base::language::spanish) == "sábado, 28 de noviembre de 2026");
}

TEST_CASE("a day of any year that a server says is written") {
    const auto early = wire::read_timestamp("0226-11-28T12:00:00.000Z").value();
    CHECK(terminal::day_text(early, base::language::english) == "Tuesday, 28 November 226");
    const auto late = wire::read_timestamp("9999-06-15T12:00:00.000Z").value();
    CHECK(terminal::day_text(late, base::language::english) == "Tuesday, 15 June 9999");
    CHECK(terminal::day_number(early) < terminal::day_number(late));
}
