// SPDX-License-Identifier: Apache-2.0
// The two kinds of time, as values that are handed in. Nothing here reads a clock: only `net`,
// `log` and `server` do, so that everything else can be driven by a test or a simulation.
#pragma once

#include <chrono>

namespace tertulia::base {

// What people see: milliseconds since the Unix epoch, UTC.
using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

// What timers run on: never set back, meaningless outside this process.
using steady_time = std::chrono::time_point<std::chrono::steady_clock, std::chrono::milliseconds>;

struct moment {
    wall_time wall;
    steady_time steady;
};

} // namespace tertulia::base
