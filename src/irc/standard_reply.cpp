// SPDX-License-Identifier: Apache-2.0
#include "irc/standard_reply.hpp"

#include "irc/lines.hpp"

#include <fmt/format.h>

namespace tertulia::irc {

std::string standard_reply(const session& to, std::string_view kind, std::string_view verb,
                           std::string_view code, std::initializer_list<std::string_view> context,
                           std::string_view description) {
    std::string made = fmt::format(":{} ", to.rules().server_name);
    if (to.capabilities().has(capability::standard_replies)) {
        made += fmt::format("{} {} {}", kind, verb, code);
        append_parameters(context, made);
    } else {
        made += fmt::format("NOTICE {}", to.nickname());
    }
    made += " :";
    made += description;
    return made;
}

} // namespace tertulia::irc
