// SPDX-License-Identifier: Apache-2.0
// Wildcard masks (RFC 2812, 2.5): '*' any text, '?' one byte or UTF-8 character, '\' takes the next
// literally. Linear in mask times text, never exponential.
#pragma once

#include <string_view>

namespace tertulia::base {

// Both sides already folded.
[[nodiscard]] bool glob_match(std::string_view mask, std::string_view text);

} // namespace tertulia::base
