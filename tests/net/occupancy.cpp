// SPDX-License-Identifier: Apache-2.0
#include "net/occupancy.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace tertulia;

namespace {

struct crowd {
    net::occupancy places{3, 10, 1'000};
    std::map<std::size_t, int> of_thread;

    void comes(int many) {
        for (int i = 0; i < many; ++i) {
            ++of_thread[places.take().value().thread];
        }
    }
    void leaves(std::size_t thread, int many) {
        for (int i = 0; i < many; ++i) {
            places.leave(thread);
            --of_thread[thread];
        }
    }
};

} // namespace

TEST_CASE("few connections share one thread") {
    crowd of;
    of.comes(10);
    CHECK(of.of_thread == std::map<std::size_t, int>{{0, 10}});
}

TEST_CASE("the next thread is filled up to the others when they have enough") {
    crowd of;
    of.comes(20);
    CHECK(of.of_thread == std::map<std::size_t, int>{{0, 10}, {1, 10}});
}

TEST_CASE("many connections are spread evenly") {
    crowd of;
    of.comes(300);
    CHECK(of.of_thread == std::map<std::size_t, int>{{0, 100}, {1, 100}, {2, 100}});
}

TEST_CASE("a thread that many left is filled first") {
    crowd of;
    of.comes(300);
    of.leaves(1, 50);
    of.comes(50);
    CHECK(of.of_thread[1] == 100);
}

TEST_CASE("a full server has a few places to stand, until somebody leaves") {
    net::occupancy places{1, 1, 2};
    CHECK_FALSE(places.take().value().standing);
    CHECK_FALSE(places.take().value().standing);
    std::size_t stand = 0;
    while (const auto next = places.take()) {
        CHECK(next->standing);
        REQUIRE(++stand < 100);
    }
    CHECK(stand > 0);
    places.leave(0, stand);
    CHECK(places.take().value().standing);
    places.leave(0, 2);
    CHECK_FALSE(places.take().value().standing);
}
