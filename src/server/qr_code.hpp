// SPDX-License-Identifier: Apache-2.0
// An address as a QR code, for the camera of a phone in the same room.
#pragma once

#include <string>
#include <string_view>

namespace tertulia::server {

// Lines for a terminal that knows colours and UTF-8, two rows of the code in each; empty where the
// text is too long for one.
[[nodiscard]] std::string qr_code(std::string_view text);

// Can the terminal at standard output show one?
[[nodiscard]] bool terminal_shows_codes();

} // namespace tertulia::server
