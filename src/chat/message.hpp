// SPDX-License-Identifier: Apache-2.0
// What is known of one message: of what kind it is, and what the store says of it.
#pragma once

#include "chat/card.hpp"

#include <cstdint>

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

} // namespace tertulia::chat
