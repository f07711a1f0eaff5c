// SPDX-License-Identifier: Apache-2.0
// Who hears an event, and whose command brought it about.
#pragma once

#include "chat/card.hpp"

#include <cstdint>
#include <variant>
#include <vector>

namespace tertulia::chat {

// Whose command brought this about: the session and its own count of commands.
struct origin {
    session_id session;
    std::uint32_t serial = 0;
};

// Who hears an event.
struct nobody {}; // the store alone
struct to_session {
    session_id session;
}; // a reply
struct to_sessions {
    std::vector<session_id> sessions;
};
struct to_room {
    conversation_id room;
}; // every session in it, the author's too
struct to_rooms {                       // everyone who shares a room, once each,
    std::vector<conversation_id> rooms; // and the person's own sessions
    std::vector<session_id> own;
};
using audience = std::variant<nobody, to_session, to_sessions, to_room, to_rooms>;

} // namespace tertulia::chat
