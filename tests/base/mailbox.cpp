// SPDX-License-Identifier: Apache-2.0
#include "base/mailbox.hpp"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

using tertulia::base::mailbox;

TEST_CASE("values come out in the order in which they went in") {
    mailbox<int> box(10);
    std::vector<int> some{1, 2};
    CHECK(box.try_push_all(some));
    box.push(3);
    std::vector<int> out;
    box.take_all(out);
    CHECK(out == std::vector{1, 2, 3});
}

TEST_CASE("a full mailbox takes nothing, and says when there is room again") {
    mailbox<int> box(2);
    std::vector<int> some{1, 2, 3}; // the bound is soft by one push
    CHECK(box.try_push_all(some));
    std::vector<int> more{4};
    int told = 0;
    CHECK_FALSE(box.try_push_all(more, [&] { ++told; }));
    CHECK(more.size() == 1);
    std::vector<int> out;
    box.take_all(out);
    CHECK(told == 1);
    CHECK(box.try_push_all(more));
}

TEST_CASE("the first value wakes the consumer, the next does not") {
    int woken = 0;
    mailbox<int> box(10, [&] { ++woken; });
    box.push(1);
    box.push(2);
    CHECK(woken == 1);
}

TEST_CASE("a closed mailbox takes nothing more and gives what it has") {
    mailbox<int> box(10);
    box.push(1);
    box.close();
    CHECK_FALSE(box.push(2));
    std::vector<int> out;
    CHECK(box.wait_take_all(out));
    out.clear();
    CHECK_FALSE(box.wait_take_all(out));
}

TEST_CASE("between two threads nothing is lost and nothing comes twice") {
    mailbox<int> box(8);
    std::jthread producer([&] {
        for (int i = 0; i < 10'000; ++i) {
            box.push(i);
        }
        box.close();
    });
    std::vector<int> all;
    std::vector<int> some;
    while (box.wait_take_all(some)) {
        all.insert(all.end(), some.begin(), some.end());
        some.clear();
    }
    REQUIRE(all.size() == 10'000);
    CHECK(all.back() == 9'999);
}
