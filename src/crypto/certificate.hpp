// SPDX-License-Identifier: Apache-2.0
// How a client's TLS certificate is known (SASL EXTERNAL): by what it is, not by who signed it or
// what it says. Who presents it has its key; TLS has seen to that.
#pragma once

#include <string>
#include <string_view>

namespace tertulia::crypto {

// SHA-256 of the certificate's DER, 64 hexadecimal digits in lower case.
[[nodiscard]] std::string certificate_fingerprint(std::string_view der);

} // namespace tertulia::crypto
