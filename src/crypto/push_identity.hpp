// SPDX-License-Identifier: Apache-2.0
// Who a server is to push services, and its proof of that (VAPID, RFC 8292): a signed token that
// says whom it is for and until when.
#pragma once

#include "base/time.hpp"
#include "crypto/p256.hpp"

#include <string>
#include <string_view>

namespace tertulia::crypto {

// Not thread-safe.
class push_identity {
public:
    // By the server's 32 random bytes. `contact` is a mailto: or https: URL, or empty: not told.
    push_identity(std::string_view seed, std::string contact);

    // As ISUPPORT and the browser have it.
    [[nodiscard]] std::string public_key() const; // base64 for addresses
    // The value of the field Authorization, for that origin ("https://push.example.net").
    [[nodiscard]] std::string authorization(std::string_view origin, base::wall_time until) const;

private:
    p256_key key_;
    std::string contact_;
};

} // namespace tertulia::crypto
