// SPDX-License-Identifier: Apache-2.0
#include "chat/event.hpp"

#include <variant>

namespace tertulia::chat {

bool lasts(const event& of) {
    if (const auto* const said = std::get_if<spoke>(&of.what)) {
        return said->kept;
    }
    return std::holds_alternative<redacted>(of.what) || std::holds_alternative<edited>(of.what) ||
           std::holds_alternative<room_saved>(of.what) ||
           std::holds_alternative<history_limited>(of.what) ||
           std::holds_alternative<conversation_opened>(of.what) ||
           std::holds_alternative<conversation_ended>(of.what) ||
           std::holds_alternative<numbers_reserved>(of.what) ||
           std::holds_alternative<account_saved>(of.what) ||
           std::holds_alternative<credentials_saved>(of.what) ||
           std::holds_alternative<membership_saved>(of.what) ||
           std::holds_alternative<invitation_saved>(of.what) ||
           std::holds_alternative<account_ended>(of.what) ||
           std::holds_alternative<marker_saved>(of.what) ||
           std::holds_alternative<metadata_saved>(of.what) ||
           std::holds_alternative<certificate_saved>(of.what) ||
           std::holds_alternative<login_saved>(of.what) ||
           std::holds_alternative<rights_saved>(of.what) ||
           std::holds_alternative<moderated>(of.what) ||
           std::holds_alternative<sanction_saved>(of.what) ||
           std::holds_alternative<report_saved>(of.what) ||
           std::holds_alternative<silence_saved>(of.what) ||
           std::holds_alternative<token_saved>(of.what) ||
           std::holds_alternative<webhook_saved>(of.what) ||
           std::holds_alternative<code_saved>(of.what) ||
           std::holds_alternative<words_changed>(of.what) ||
           std::holds_alternative<push_saved>(of.what);
}

} // namespace tertulia::chat
