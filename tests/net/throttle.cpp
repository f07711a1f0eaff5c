// SPDX-License-Identifier: Apache-2.0
#include "net/throttle.hpp"

#include "base/limits.hpp"
#include "base/net_limits.hpp"
#include "base/order_limits.hpp"

#include <doctest/doctest.h>

#include <utility>

using namespace tertulia;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t home = 1;
constexpr std::uint64_t elsewhere = 2;

struct gate {
    net::limits with{.send_queue_max = 0,
                     .send_stall_max = 0s,
                     .unregistered_per_address_max = 3,
                     .connections_per_second_max = 10};
    net::throttle door{with};
    base::steady_time now{1'000s};

    bool comes(std::uint64_t from = home) { return !door.admit(from, now); }
    bool comes_and_registers(std::uint64_t from = home) {
        const bool in = comes_and_asks(from);
        if (in) {
            door.release(from);
        }
        return in;
    }
    // A page, say: it is no stranger, and no session.
    bool comes_and_asks(std::uint64_t from = home,
                        net::throttle::who as = net::throttle::who::caller) {
        const bool in = !door.admit(from, now, as);
        if (in) {
            door.recognise(from);
        }
        return in;
    }
};

} // namespace

TEST_CASE("so many of one address may be unregistered at once, and no more") {
    gate of;
    CHECK(of.comes());
    CHECK(of.comes());
    CHECK(of.comes());
    CHECK_FALSE(of.comes());
    CHECK(of.comes(elsewhere));
    of.door.recognise(home);
    CHECK(of.comes());
}

TEST_CASE("who asks for pages alone counts until she goes, so that no address takes all places") {
    gate of;
    for (std::uint32_t i = 0; i < base::limits::sessionless_per_address_max; ++i) {
        REQUIRE(of.comes_and_asks());
        of.now += 1s;
    }
    CHECK_FALSE(of.comes_and_asks());
    CHECK(of.comes_and_asks(elsewhere));
    of.door.release(home);
    CHECK(of.comes_and_asks());
}

TEST_CASE("a proxy brings as many as there are, as fast as they come") {
    gate of;
    for (std::uint32_t i = 0; i <= base::limits::sessionless_per_address_max; ++i) {
        REQUIRE(of.comes_and_asks(home, net::throttle::who::proxy));
    }
    for (std::uint32_t i = 0; i <= of.with.unregistered_per_address_max; ++i) {
        REQUIRE(!of.door.admit(home, of.now, net::throttle::who::proxy));
    }
}

TEST_CASE("a connection counts once less for each thing that becomes of it") {
    gate of;
    for (int i = 0; i < 3; ++i) {
        REQUIRE(of.comes());
    }
    {
        net::throttle::stay one(of.door, home);
        one.recognise();
        one.recognise();
        net::throttle::stay moved = std::move(one);
        moved.release();
        moved.release();
    }
    CHECK(of.comes());
    CHECK_FALSE(of.comes());
}

TEST_CASE("so many of one address may come in a second, with as many at once") {
    gate of;
    for (int i = 0; i < 10; ++i) {
        CHECK(of.comes_and_registers());
    }
    CHECK_FALSE(of.comes_and_registers());
    CHECK(of.comes_and_registers(elsewhere));
    of.now += 100ms;
    CHECK(of.comes_and_registers());
    CHECK_FALSE(of.comes_and_registers());
}

TEST_CASE("changed limits hold at once") {
    gate of;
    CHECK(of.comes());
    of.with.unregistered_per_address_max = 1;
    of.door.use(of.with);
    CHECK_FALSE(of.comes());
}

TEST_CASE("the table of addresses is bounded and forgets who left long ago") {
    gate of;
    for (std::uint64_t i = 0; i < base::limits::throttled_addresses_max; ++i) {
        REQUIRE(of.comes(i));
    }
    CHECK_FALSE(of.comes(1U << 30U));
    for (const std::uint64_t gone : {7U, 8U}) {
        of.door.recognise(gone);
        of.door.release(gone);
    }
    of.now += 2s;
    CHECK(of.comes(1U << 30U));
    CHECK(of.door.size() == base::limits::throttled_addresses_max - 1);
}

TEST_CASE("who is turned away learns why, and when to come again") {
    gate of;
    for (int i = 0; i < 3; ++i) {
        CHECK(of.comes());
    }
    const auto too_many = of.door.admit(home, of.now);
    REQUIRE(too_many);
    CHECK(too_many->why == net::turned_away::reason::too_many);
    for (int i = 0; i < 10; ++i) {
        CHECK(of.comes_and_registers(elsewhere));
    }
    const auto too_fast = of.door.admit(elsewhere, of.now);
    REQUIRE(too_fast);
    CHECK(too_fast->why == net::turned_away::reason::too_fast);
    CHECK(too_fast->wait == 1s);
}

TEST_CASE("so many in a second are told why, whoever they are, and a flood is not answered") {
    gate of;
    int told = 0;
    for (int i = 0; i < 1'000; ++i) {
        told += of.door.may_explain(of.now) ? 1 : 0;
    }
    CHECK(told == base::limits::explained_per_second_max);
    of.now += 100ms;
    CHECK(of.door.may_explain(of.now));
    CHECK(of.door.may_explain(of.now));
    CHECK_FALSE(of.door.may_explain(of.now));
}
