// SPDX-License-Identifier: Apache-2.0
// Bytes that protocols know by name, whatever the locale is. Letters of any script: characters.hpp.
#pragma once

namespace tertulia::base {

[[nodiscard]] constexpr bool is_ascii_letter(char one) {
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z');
}

} // namespace tertulia::base
