// SPDX-License-Identifier: Apache-2.0
#include "crypto/sodium.hpp"

#include "base/assert.hpp"

#include <sodium.h>

namespace tertulia::crypto {

void start_sodium() {
    static const bool ready = sodium_init() >= 0;
    ASSERT(ready); // only without a source of randomness, where no secret may be made
}

} // namespace tertulia::crypto
