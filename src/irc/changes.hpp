// SPDX-License-Identifier: Apache-2.0
// How redactions (IRCv3 draft/message-redaction) and edits (draft/message-edit) read, now and in
// history. Who did not negotiate edits hears the new text as a message, with a mark; who did not
// negotiate redactions hears nothing of them.
#pragma once

#include "base/catalogue.hpp"
#include "chat/card.hpp"
#include "crypto/message_token.hpp"
#include "irc/capabilities.hpp"

#include <string>
#include <string_view>

namespace tertulia::irc {

// EDIT has the message and its text in tags.
[[nodiscard]] constexpr bool hears_edits(capability_set as) {
    return as.has(capability::message_edit) && as.has(capability::message_tags);
}

// The new text with the mark, within an ACTION so that it stays one.
[[nodiscard]] std::string marked_as_edited(std::string_view text, base::language in);

// "draft/target-msgid=…;draft/edit-text=…"
[[nodiscard]] std::string edit_tags(chat::message_number message, std::string_view text,
                                    const crypto::message_tokens& tokens);

// "REDACT #lobby token :reason", without what stands before it.
[[nodiscard]] std::string redaction(std::string_view target, chat::message_number message,
                                    std::string_view reason, const crypto::message_tokens& tokens);

} // namespace tertulia::irc
