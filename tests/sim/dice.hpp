// SPDX-License-Identifier: Apache-2.0
// All the chance there is in a simulated world, from one seed; the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>

namespace tertulia::sim {

class dice {
public:
    explicit dice(std::uint64_t seed) : engine_(seed) {}

    // 0 to below - 1. The standard's distributions differ between libraries; this does not.
    std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }
    bool one_in(std::uint64_t chances) { return below(chances) == 0; }

    template <class T, std::size_t Count>
    const T& any(const T (&of)[Count]) {
        return of[below(Count)];
    }

private:
    std::mt19937_64 engine_;
};

} // namespace tertulia::sim
