// SPDX-License-Identifier: Apache-2.0
// What a browser is, for somebody who looks through her log-ins: "Firefox, Linux".
#pragma once

#include <string>
#include <string_view>

namespace tertulia::web {

// Of a User-Agent (RFC 9110, 10.1.5), which says what it likes. Empty: nothing that is known.
[[nodiscard]] std::string browser_name(std::string_view user_agent);

} // namespace tertulia::web
