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
            ++of_thread[places.place().value()];
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

TEST_CASE("a full server has no place until somebody leaves") {
    net::occupancy places{2, 1, 2};
    CHECK(places.place().has_value());
    const auto second = places.place();
    REQUIRE(second.has_value());
    CHECK_FALSE(places.place().has_value());
    places.leave(*second);
    CHECK(places.place().has_value());
}
