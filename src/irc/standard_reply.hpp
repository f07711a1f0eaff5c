// SPDX-License-Identifier: Apache-2.0
// IRCv3 standard replies, for those who negotiated them; others get a NOTICE with the text.
#pragma once

#include "irc/session.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace tertulia::irc {

// `kind` is "FAIL", "WARN" or "NOTE". The line, without CR LF.
[[nodiscard]] std::string standard_reply(const session& to, std::string_view kind,
                                         std::string_view verb, std::string_view code,
                                         std::initializer_list<std::string_view> context,
                                         std::string_view description);

} // namespace tertulia::irc
