// SPDX-License-Identifier: Apache-2.0
#include "transport/timer_wheel.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <random>
#include <vector>

using namespace tertulia;
using namespace std::chrono_literals;
using transport::timer;

namespace {

constexpr base::steady_time start{1'000'000ms};

struct clockwork {
    base::steady_time now = start;
    transport::timer_wheel wheel{start};
    std::deque<timer> timers{4};
    std::vector<std::size_t> rung;

    void set(std::size_t which, std::chrono::milliseconds ahead) {
        wheel.schedule(timers[which], now + ahead);
    }
    std::vector<std::size_t> pass(std::chrono::milliseconds time) {
        now += time;
        rung.clear();
        wheel.expire(now, [this](const timer& due) {
            rung.push_back(static_cast<std::size_t>(
                std::ranges::find_if(timers, [&](const timer& each) { return &each == &due; }) -
                timers.begin()));
        });
        return rung;
    }
};

using rings = std::vector<std::size_t>;

} // namespace

TEST_CASE("a timer goes off at the first edge at or after its time, once") {
    struct {
        std::chrono::milliseconds ahead, not_yet, then;
    } table[] = {{1ms, 99ms, 1ms},
                 {100ms, 99ms, 1ms},
                 {101ms, 199ms, 1ms},
                 {0ms, 99ms, 1ms},
                 {102'300ms, 102'299ms, 1ms},
                 {102'400ms, 102'399ms, 1ms},
                 {102'401ms, 102'499ms, 1ms},
                 {3'600'000ms, 3'599'999ms, 1ms}};
    for (const auto& row : table) {
        CAPTURE(row.ahead.count());
        clockwork of;
        of.set(0, row.ahead);
        CHECK(of.pass(row.not_yet) == rings{});
        CHECK(of.pass(row.then) == rings{0});
        CHECK(of.pass(200'000ms) == rings{});
    }
}

TEST_CASE("a timer is moved by being scheduled again, earlier or later") {
    clockwork of;
    of.set(0, 500ms);
    of.set(1, 500ms);
    of.set(0, 200ms);
    of.set(1, 900ms);
    CHECK(of.pass(200ms) == rings{0});
    CHECK(of.pass(600ms) == rings{});
    CHECK(of.pass(100ms) == rings{1});
}

TEST_CASE("a cancelled or destroyed timer does not go off") {
    clockwork of;
    of.set(0, 100ms);
    of.set(3, 100ms);
    of.timers[0].cancel();
    of.timers.pop_back();
    CHECK(of.pass(1s) == rings{});
}

TEST_CASE("all that came due during a long sleep go off") {
    clockwork of;
    of.set(0, 100ms);
    of.set(1, 60s);
    of.set(2, 300s);
    of.set(3, 400s);
    CHECK(of.pass(300s).size() == 3);
    CHECK(of.pass(100s) == rings{3});
}

TEST_CASE("a timer that goes off may schedule itself, and cancel or destroy others that are due") {
    clockwork of;
    of.set(0, 100ms);
    of.set(1, 100ms);
    of.set(3, 100ms);
    int times = 0;
    const auto first_silences_others = [&](timer& due) {
        ++times;
        of.timers[1].cancel();
        of.timers.resize(2);
        of.wheel.schedule(due, start);
    };
    of.wheel.expire(start + 100ms, first_silences_others);
    CHECK(times == 1);
    of.wheel.expire(start + 200ms, first_silences_others);
    CHECK(times == 2);
}

TEST_CASE("the next wake is the first edge at which one may go off") {
    clockwork of;
    CHECK_FALSE(of.wheel.next_wake().has_value());
    of.set(0, 5'000ms);
    CHECK(of.wheel.next_wake() == start + 5'000ms);
    of.set(1, 150ms);
    CHECK(of.wheel.next_wake() == start + 200ms);
    of.timers[1].cancel();
    CHECK(of.wheel.next_wake() == start + 5'000ms);
    of.pass(5'000ms);
    CHECK_FALSE(of.wheel.next_wake().has_value());
}

TEST_CASE("sleeping to the next wake misses nothing, whatever is scheduled") {
    std::mt19937 random(7);
    clockwork of;
    for (int round = 0; round < 2'000; ++round) {
        const std::chrono::milliseconds ahead(random() % 250'000);
        const base::steady_time due = of.now + ahead;
        of.set(0, ahead);
        while (of.pass(*of.wheel.next_wake() - of.now).empty()) {}
        CHECK(of.now >= due);
        CHECK(of.now < due + 200ms);
        of.now += std::chrono::milliseconds(random() % 300);
    }
}

TEST_CASE("a wheel of finer slots is as exact as they are, and a timer moves between wheels") {
    clockwork of;
    transport::timer_wheel fine(start, 1ms);
    timer one;
    of.wheel.schedule(one, start + 5'000ms);
    fine.schedule(one, start + 7ms);
    CHECK_FALSE(of.wheel.next_wake().has_value());
    CHECK(fine.next_wake() == start + 7ms);
    int rung = 0;
    fine.expire(start + 6ms, [&](const timer&) { ++rung; });
    CHECK(rung == 0);
    fine.expire(start + 7ms, [&](const timer&) { ++rung; });
    CHECK(rung == 1);
}
