// SPDX-License-Identifier: Apache-2.0
#include "base/journal.hpp"

#include <doctest/doctest.h>

using namespace tertulia::base;

TEST_CASE("a level of the journal is named as its lines name it") {
    CHECK(journal::level_named("debug") == journal::level::debug);
    CHECK(journal::level_named("info") == journal::level::info);
    CHECK(journal::level_named("warning") == journal::level::warn);
    CHECK(journal::level_named("error") == journal::level::error);
    CHECK_FALSE(journal::level_named("warn"));
    CHECK_FALSE(journal::level_named(""));
}

TEST_CASE("below its level the journal has nothing to say") {
    journal::set_level(journal::level::warn);
    CHECK_FALSE(journal::on(journal::level::info));
    CHECK(journal::on(journal::level::warn));
    journal::set_level(journal::level::debug);
    CHECK(journal::on(journal::level::debug));
    journal::set_level(journal::level::info);
    CHECK_FALSE(journal::on(journal::level::debug));
}
