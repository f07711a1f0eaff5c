// SPDX-License-Identifier: Apache-2.0
// Who and where, as events carry them: immutable, shared by every event that speaks of the same
// person or room, replaced as a whole when something changes. So an event is complete in itself,
// and a network thread renders it without asking the heart.
#pragma once

#include "base/id.hpp"
#include "base/name.hpp"
#include "base/time.hpp"

#include <compare>
#include <cstdint>
#include <memory>
#include <string>

namespace tertulia::chat {

using person_id = base::id<struct person_tag>;
// A room or a private conversation: what messages and history belong to. Never used again.
using conversation_id = base::id<struct conversation_tag>;
// A message's place in the log: grows with it, never used again.
using message_number = base::id<struct message_tag>;

// Which connection, anywhere: no two alive at once have the same one.
struct session_id {
    std::uint16_t node = 0;
    std::uint16_t thread = 0;
    std::uint32_t number = 0;

    friend constexpr auto operator<=>(const session_id&, const session_id&) = default;
};

std::size_t hash_value(const session_id& of);

// A person as others see them.
struct card {
    person_id person;
    base::name nickname;
    std::string user; // IRC's user name (ident); ASCII, no '@', '!' or blank
    std::string host; // what is shown as the address
    std::string real_name;
    base::wall_time connected_at;
    bool secure = false;       // the connection is encrypted
    bool registered = false;   // an account, whose name the nickname is
    bool bot = false;          // says so herself
    std::uint32_t arrival = 0; // as the how-manieth visitor since the start she came
    bool is_operator = false;  // her account has rights on the whole server
};
using card_ref = std::shared_ptr<const card>;

// A room as events name it.
struct room_card {
    conversation_id id;
    base::name name;
};
using room_ref = std::shared_ptr<const room_card>;

// What a member may do; each includes those before it. IRC: none, '+', '%', '@', '&', '~'.
enum class role : std::uint8_t { member, voice, half_operator, room_operator, admin, owner };

} // namespace tertulia::chat

template <>
struct std::hash<tertulia::chat::session_id> {
    std::size_t operator()(const tertulia::chat::session_id& of) const noexcept {
        return hash_value(of);
    }
};
