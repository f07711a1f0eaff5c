// SPDX-License-Identifier: Apache-2.0
// We were wrong: an invariant does not hold. On in release; never reachable by input.
#pragma once

namespace tertulia::base {

// Writes where and what to stderr and aborts.
[[noreturn]] void assertion_failed(const char* what, const char* file, int line);

} // namespace tertulia::base

#define ASSERT(condition)                                                                          \
    ((condition) ? static_cast<void>(0)                                                            \
                 : ::tertulia::base::assertion_failed(#condition, __FILE__, __LINE__))
