// SPDX-License-Identifier: Apache-2.0
// Passwords as they are stored: Argon2id (RFC 9106) with a salt of its own each, as a PHC string
// ("$argon2id$v=19$m=19456,t=2,p=1$salt$digest"). Passwords come prepared (base/password_text.hpp).
// Each call takes the time and memory of its cost, on purpose: never on the core's or a network
// thread. Safe from any thread.
#pragma once

#include "base/result.hpp"
#include "crypto/secret.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::crypto {

// What a guess costs. The default is OWASP's for Argon2id, so that a small machine can hash for a
// whole class at once: each thread that hashes needs the memory. RFC 9106 (4) would have 65'536 KiB
// and 3 passes where there is memory for it. One lane, as always with libsodium.
struct password_cost {
    std::uint64_t memory_kib = 19'456; // 8 at least
    std::uint32_t passes = 2;          // 1 at least
    friend bool operator==(const password_cost&, const password_cost&) = default;
};

// Fails where the memory can't be had; more than 4 TiB, Argon2's most, is never to be had.
[[nodiscard]] base::result<std::string> hash_password(const secret_text& prepared,
                                                      password_cost cost);

enum class password_answer { right, wrong, no_memory };

// Compares in constant time. For an account that doesn't exist or has no password `stored` is
// empty: the answer is `wrong` and takes as long as another's at `cost`, so that time doesn't tell
// who has an account.
[[nodiscard]] password_answer verify_password(std::string_view stored, const secret_text& prepared,
                                              password_cost cost);

// Whether `stored` was made at another cost: after a right password, hash it anew.
[[nodiscard]] bool needs_rehash(std::string_view stored, password_cost cost);

} // namespace tertulia::crypto
