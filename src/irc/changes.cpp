// SPDX-License-Identifier: Apache-2.0
#include "irc/changes.hpp"

#include "wire/irc_line.hpp"

#include <fmt/format.h>

namespace tertulia::irc {

std::string marked_as_edited(std::string_view text, base::language in) {
    constexpr char ctcp = '\x01';
    const std::size_t end = text.ends_with(ctcp) ? text.size() - 1 : text.size();
    return base::say(in, base::text_key::irc_edited, {text.substr(0, end)}) +
           std::string(text.substr(end));
}

std::string edit_tags(chat::message_number message, std::string_view text,
                      const crypto::message_tokens& tokens) {
    std::string made = "draft/target-msgid=";
    tokens.append(message.value, made);
    made += ";draft/edit-text=";
    wire::append_escaped_tag_value(text, made);
    return made;
}

std::string redaction(std::string_view target, chat::message_number message,
                      std::string_view reason, const crypto::message_tokens& tokens) {
    std::string made = fmt::format("REDACT {} ", target);
    tokens.append(message.value, made);
    if (!reason.empty()) {
        made += " :";
        made += reason;
    }
    return made;
}

} // namespace tertulia::irc
