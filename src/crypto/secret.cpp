// SPDX-License-Identifier: Apache-2.0
#include "crypto/secret.hpp"

#include "base/assert.hpp"

#include <sodium.h>

namespace tertulia::crypto {

std::string random_bytes(std::size_t count) {
    static const bool ready = sodium_init() >= 0;
    ASSERT(ready); // only without a source of randomness, where no secret may be made
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

bool equal_secrets(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace tertulia::crypto
