// SPDX-License-Identifier: Apache-2.0
#include "files/pool.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <vector>

using namespace tertulia;
using files::pool;

namespace {

struct counted {
    int number = 0;
};

pool<counted> counting(int& opened) {
    return pool<counted>([&opened]() -> base::result<counted> { return counted{++opened}; });
}

} // namespace

TEST_CASE("what was lent and came back is lent again") {
    int opened = 0;
    pool<counted> all = counting(opened);
    CHECK((*all.lend())->number == 1);
    CHECK((*all.lend())->number == 1);
    CHECK(opened == 1);
}

TEST_CASE("two at a time never have the same") {
    int opened = 0;
    pool<counted> all = counting(opened);
    auto one = all.lend();
    auto other = all.lend();
    CHECK((*one)->number != (*other)->number);
}

TEST_CASE("of those that come back only some stay open") {
    constexpr int crowd = base::limits::idle_file_connections_max + 3;
    int opened = 0;
    pool<counted> all = counting(opened);
    for (int again = 0; again < 2; ++again) {
        std::vector<base::result<pool<counted>::loan>> lent;
        for (int one = 0; one < crowd; ++one) {
            lent.push_back(all.lend());
        }
    }
    CHECK(opened == crowd + 3);
}

TEST_CASE("what cannot be opened is told to the one who asks, and asked for again by the next") {
    bool works = false;
    pool<counted> all([&works]() -> base::result<counted> {
        return works ? base::result<counted>(counted{7}) : base::failure("closed");
    });
    CHECK_FALSE(all.lend().has_value());
    works = true;
    CHECK((*all.lend())->number == 7);
}
