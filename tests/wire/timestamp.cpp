// SPDX-License-Identifier: Apache-2.0
#include "wire/timestamp.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia;

namespace {

std::string again(std::string_view time) {
    const auto read = wire::read_timestamp(time);
    return read ? wire::timestamp(*read) : "";
}

} // namespace

TEST_CASE("times are read as they are written") {
    CHECK(again("2026-03-01T12:30:05.250Z") == "2026-03-01T12:30:05.250Z");
    CHECK(again("2026-03-01T12:30:05Z") == "2026-03-01T12:30:05.000Z");
    CHECK(again("1969-12-31T23:59:59.999Z") == "1969-12-31T23:59:59.999Z");
    CHECK(again("2024-02-29T00:00:00.000Z") == "2024-02-29T00:00:00.000Z");
}

TEST_CASE("what is no time is refused") {
    for (const std::string_view wrong : {"",
                                         "now",
                                         "2026-03-01",
                                         "2026-02-30T00:00:00.000Z",
                                         "2026-13-01T00:00:00.000Z",
                                         "2026-03-01T24:00:00.000Z",
                                         "2026-03-01T12:30:05.25Z",
                                         "2026-03-01T12:30:05.250",
                                         "2026-03-01T12:30:05.250Zz",
                                         "-026-03-01T12:30:05.250Z",
                                         "2026-03-01T12:30:05.Z",
                                         "2026-03-01T12:30:-0.250Z",
                                         "+026-03-01T12:30:05.250Z",
                                         "2026-03-01T12:30:05.-50Z",
                                         "2026-03-01T12:30:05+01:00",
                                         "1900-02-29T00:00:00.000Z",
                                         "2026-03-00T00:00:00.000Z",
                                         "2026-03-01T12:60:00.000Z",
                                         "2026-03-01T12:30:61.000Z",
                                         "2026-03-01t12:30:05.250z",
                                         " 2026-03-01T12:30:05.250Z",
                                         "2026-03-01T12:30:05.2500Z",
                                         "20260-3-01T12:30:05.250Z"}) {
        CAPTURE(wrong);
        CHECK_FALSE(wire::read_timestamp(wrong));
    }
}
