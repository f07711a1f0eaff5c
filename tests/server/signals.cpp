// SPDX-License-Identifier: Apache-2.0
#include "server/signals.hpp"

#include <doctest/doctest.h>

using namespace tertulia::server;
using namespace std::chrono_literals;

TEST_CASE("signals that came before are heard") {
    const signals heard;
    std::raise(SIGHUP);
    CHECK(heard.wait(10s) == signals::wish::reload);
    std::raise(SIGTERM);
    CHECK(heard.wait(10s) == signals::wish::stop);
    std::raise(SIGINT);
    CHECK(heard.wait(10s) == signals::wish::stop);
}

TEST_CASE("without a signal the wait ends with its time") {
    const signals heard;
    CHECK(heard.wait(0ms) == signals::wish::none);
    CHECK(heard.wait(1ms) == signals::wish::none);
}

TEST_CASE("a pipe that breaks ends nothing") {
    const signals heard;
    std::raise(SIGPIPE);
    CHECK(heard.wait(0ms) == signals::wish::none);
}
