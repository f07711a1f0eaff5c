// SPDX-License-Identifier: Apache-2.0
// Base64 as SASL, SCRAM and WebSocket use it: RFC 4648, 4, with padding, without line breaks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::base {

[[nodiscard]] std::string to_base64(std::string_view bytes);

// Strict, so that bytes have one spelling only: nothing for a foreign character, a blank, missing
// or superfluous padding, or unused bits that are not zero. The empty text is no bytes.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

// The alphabet for addresses and without padding (RFC 4648, 5), as web push has it. Read, the
// padding may be there.
[[nodiscard]] std::string to_base64_url(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64_url(std::string_view text);

} // namespace tertulia::base
