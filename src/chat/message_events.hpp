// SPDX-License-Identifier: Apache-2.0
// What is said, and what becomes of it. All but signals last from the commit on.
#pragma once

#include "chat/card.hpp"
#include "chat/message.hpp"

#include <optional>
#include <string>

namespace tertulia::chat {

struct spoke {
    card_ref by;
    conversation_id conversation;
    room_ref room; // empty: a private message, to `to`
    card_ref to;
    message_kind kind = message_kind::message;
    std::string text;
    std::string tags; // client-only tags, as on the wire
    role heard_from = role::member;
    std::optional<std::string> away; // the receiver's: the author is told (301), not for notices
    bool waits = false;              // the receiver has no session: it is in her history
    message_number number;
    message_number about = {}; // what it replies or reacts to; 0: nothing
    bool kept = true;          // false: its room keeps no history
};
// A message was taken back: its text and tags are gone from here on.
struct redacted {
    card_ref by;
    conversation_id conversation;
    room_ref room; // empty: in private, with `to`
    card_ref to;
    message_number message;
    std::string reason;
    message_number number; // this event's own
    role heard_from = role::member;
    bool own = true; // by its author
};
// A message has another text.
struct edited {
    card_ref by;
    conversation_id conversation;
    room_ref room; // empty: in private, with `to`
    card_ref to;
    message_number message;
    message_kind kind = message_kind::message;
    std::string text;
    message_number number; // this event's own
    role heard_from = role::member;
};
// The answer to `signal`: heard like a message, neither stored nor numbered.
struct signalled {
    card_ref by;
    room_ref room;
    card_ref to;
    std::string tags;
    role heard_from = role::member;
};

} // namespace tertulia::chat
