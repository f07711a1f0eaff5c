// SPDX-License-Identifier: Apache-2.0
// What is known of one message: of what kind it is, and what the store says of it; and what may
// become of it.
#pragma once

#include "base/name.hpp"
#include "chat/card.hpp"

#include <cstdint>
#include <string>

namespace tertulia::chat {

enum class message_kind : std::uint8_t { message, notice, tags };

// A stored message that a command is about: looked up by the server, never taken from a client.
struct message_facts {
    conversation_id conversation;
    message_number number;
    person_id author; // 0: nobody knows any more
    message_kind kind = message_kind::message;
    role heard_from = role::member;
};

// A message is taken back: by its author, or by who moderates the room.
struct redact {
    base::name target;
    message_facts what;
    std::string reason;
};
// One's own message gets another text.
struct edit {
    base::name target;
    message_facts what;
    std::string text;
};

} // namespace tertulia::chat
