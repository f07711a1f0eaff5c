// SPDX-License-Identifier: Apache-2.0
// Writes with the C library alone: whatever is broken, this must still get through.
#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace tertulia::base {

void assertion_failed(const char* what, const char* file, int line) {
    static_cast<void>(
        std::fprintf(stderr, "tertulia: this must never be false: %s (%s:%d)\n", what, file, line));
    std::abort();
}

} // namespace tertulia::base
