// SPDX-License-Identifier: Apache-2.0
// The clocks of the machine, to the millisecond, for the few who read them (time.hpp).
#pragma once

#include "base/time.hpp"

#include <chrono>

namespace tertulia::base {

[[nodiscard]] inline wall_time wall_now() {
    return std::chrono::floor<wall_time::duration>(std::chrono::system_clock::now());
}
[[nodiscard]] inline steady_time steady_now() {
    return std::chrono::floor<steady_time::duration>(std::chrono::steady_clock::now());
}
[[nodiscard]] inline moment read_clocks() { return {wall_now(), steady_now()}; }

} // namespace tertulia::base
