// SPDX-License-Identifier: Apache-2.0
// What one says to NickServ and ChanServ, and how they answer.
#pragma once

#include "irc/conversation.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace tertulia::tests {

// All that she hears of what she tells the service.
inline std::string told(conversation& server, client& who, std::string_view service,
                        std::string_view text) {
    server.nobody_hears();
    who.sends(fmt::format("PRIVMSG {} :{}", service, text));
    return who.hears();
}

inline std::string notice_of(std::string_view service, std::string_view to, std::string_view text) {
    return fmt::format(":{0}!{0}@irc.test NOTICE {1} :{2}\n", service, to, text);
}

} // namespace tertulia::tests
