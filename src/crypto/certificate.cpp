// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.hpp"

#include "crypto/digest.hpp"

namespace tertulia::crypto {

std::string certificate_fingerprint(std::string_view der) { return to_hex(sha256(der)); }

} // namespace tertulia::crypto
