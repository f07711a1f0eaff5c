// SPDX-License-Identifier: Apache-2.0
// Messages that are to be taken back or to get another text: the core says which conversation the
// target is for this session, the reader whose message it is, and then the core decides.
#include "irc/attention.hpp"
#include "irc/session.hpp"
#include "irc/turn.hpp"

#include <utility>
#include <variant>

namespace tertulia::irc {

namespace past = tertulia::session;

void session::hear_standing(change_wish wish, const chat::history_answer& what,
                            std::uint32_t serial) {
    if (!what.conversation) {
        fail(wish.verb, "INVALID_TARGET", {wish.target.display},
             text(wish.verb == "EDIT" ? base::text_key::irc_edit_target
                                      : base::text_key::irc_redact_target));
        return;
    }
    const past::message_query query{what.conversation, wish.message};
    read({serial, query, lookup{std::move(wish)}});
}

void session::change(const change_wish& wish, const past::read_answer& answer) {
    const auto* const found = std::get_if<past::message_answer>(&answer);
    if (found == nullptr) {
        fail(wish.verb, "MESSAGE_ERROR", {wish.target.display},
             text(base::text_key::irc_history_failed));
        return;
    }
    if (!found->found) {
        std::string token;
        speaks_.tokens().append(wish.message.value, token);
        fail(wish.verb, "UNKNOWN_MSGID", {wish.target.display, token},
             text(base::text_key::irc_unknown_message));
    } else if (wish.verb == "EDIT") {
        submit_as(chat::edit{wish.target, *found->found, wish.text}, "EDIT");
    } else {
        submit(chat::redact{wish.target, *found->found, wish.text});
    }
}

} // namespace tertulia::irc
