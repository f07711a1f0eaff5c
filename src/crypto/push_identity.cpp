// SPDX-License-Identifier: Apache-2.0
#include "crypto/push_identity.hpp"

#include "base/base64.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace tertulia::crypto {

push_identity::push_identity(std::string_view seed, std::string contact)
    : key_(seed), contact_(std::move(contact)) {}

std::string push_identity::public_key() const { return base::to_base64_url(key_.public_key()); }

// Neither an origin nor a contact has a character that JSON would escape (wire/push_endpoint,
// server/setting).
std::string push_identity::authorization(std::string_view origin, base::wall_time until) const {
    const std::string contact =
        contact_.empty() ? std::string() : fmt::format(R"(,"sub":"{}")", contact_);
    const std::string claims = fmt::format(
        R"({{"aud":"{}","exp":{}{}}})", origin,
        std::chrono::floor<std::chrono::seconds>(until).time_since_epoch().count(), contact);
    const std::string signed_text =
        base::to_base64_url(R"({"typ":"JWT","alg":"ES256"})") + "." + base::to_base64_url(claims);
    return fmt::format("vapid t={}.{}, k={}", signed_text,
                       base::to_base64_url(key_.sign(signed_text)), public_key());
}

} // namespace tertulia::crypto
