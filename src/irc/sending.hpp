// SPDX-License-Identifier: Apache-2.0
// What the verbs of messages share with BATCH, whose message comes in several lines.
#pragma once

#include "chat/message.hpp"
#include "irc/session.hpp"
#include "session/manners.hpp"
#include "wire/irc_line.hpp"

#include <string>
#include <string_view>

namespace tertulia::irc {

struct message {
    chat::message_kind kind;
    std::string_view verb; // of static lifetime
    std::string text;
    std::string tags;
    chat::message_number about = {}; // what it replies to

    // RFC 2812, 3.3.2: to a NOTICE nothing is replied, lest two programs talk for ever.
    [[nodiscard]] bool may_be_answered() const { return kind != chat::message_kind::notice; }
};

void send_to_all(session& by, std::string_view list, const message& what);

// verbs_order.cpp: the door objects to what is said.
void say_objection(session& by, const tertulia::session::objected& what, std::string_view verb);
// What she wants may go to the core, perhaps with some words hidden; otherwise says why not.
[[nodiscard]] bool polite(session& by, chat::command& what, std::string_view verb);

// The line's client-only tags, where she negotiated them.
[[nodiscard]] std::string client_tags(const session& by, const wire::irc_line& line);

// Of a reply or a reaction (IRCv3 +draft/reply): the message that it names, if there can be one.
[[nodiscard]] chat::message_number replied_to(const session& by, std::string_view tags);

// verbs_batch.cpp: true when the line belongs to a batch, and was taken or refused as that.
[[nodiscard]] bool take_batch_line(session& by, const wire::irc_line& line, std::string_view verb);

} // namespace tertulia::irc
