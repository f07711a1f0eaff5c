// SPDX-License-Identifier: Apache-2.0
#include "web/rates.hpp"

#include "base/web_limits.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace tertulia;
using namespace std::chrono_literals;
namespace limits = base::limits;

namespace {

constexpr base::steady_time start{1h};

void take_all(web::rates& of, const std::string& who) {
    for (int i = 0; i < static_cast<int>(limits::posts_at_once_max); ++i) {
        REQUIRE(of.take(who, start) == 0ms);
    }
}

} // namespace

TEST_CASE("so many posts at once; each place comes back with time, for each by itself") {
    web::rates of(limits::posts_at_once_max, limits::post_each);
    take_all(of, "ana");
    CHECK(of.take("ana", start) > 0ms);
    CHECK(of.take("berta", start) == 0ms);
    CHECK(of.take("ana", start + limits::post_each) == 0ms);
    CHECK(of.take("ana", start + limits::post_each) > 0ms);
}

TEST_CASE("a crowd of others lets nobody off") {
    web::rates of(limits::posts_at_once_max, limits::post_each);
    take_all(of, "ana");
    for (std::size_t i = 0; i < limits::posters_max + 10; ++i) {
        static_cast<void>(of.take("other " + std::to_string(i), start));
    }
    CHECK(of.take("ana", start) > 0ms);
}
