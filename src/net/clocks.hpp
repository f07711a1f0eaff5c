// SPDX-License-Identifier: Apache-2.0
// The time, to the millisecond: read once for each turn of a loop.
#pragma once

#include "base/time.hpp"

#include <chrono>

namespace tertulia::net {

[[nodiscard]] inline base::moment read_clocks() {
    using std::chrono::milliseconds;
    return {std::chrono::floor<milliseconds>(std::chrono::system_clock::now()),
            std::chrono::floor<milliseconds>(std::chrono::steady_clock::now())};
}

} // namespace tertulia::net
