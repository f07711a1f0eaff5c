// SPDX-License-Identifier: Apache-2.0
// What the heart says when an entry has been applied or a question answered: complete in itself, so
// that whoever hears it needs no look-up. It leaves the server only after its batch is durable.
#pragma once

#include "base/time.hpp"
#include "chat/card.hpp"
#include "chat/command.hpp"
#include "chat/lasting.hpp"
#include "chat/modes.hpp"
#include "chat/question.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
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
// A session is in: what greets it.
struct welcomed {
    card_ref who;
    counts_answer counts;
};

// `sessions` are all sessions of the person: the hub moves them in and out of rooms by these.
struct joined {
    card_ref who;
    room_ref room;
    std::vector<session_id> sessions;
    role rank = role::member;
    bool away = false;
    std::string away_text;
    message_number number;                       // this event's own
    std::shared_ptr<const room_view> view;       // for the newcomer: topic and times
    std::shared_ptr<const names_answer> members; // for the newcomer: everyone, her too
};
struct parted {
    card_ref who;
    room_ref room;
    std::vector<session_id> sessions;
    std::string reason;
    message_number number;
};
struct kicked {
    card_ref by;
    card_ref who;
    room_ref room;
    std::vector<session_id> sessions;
    std::string reason;
    message_number number;
};
// A person is gone, from everywhere. Heard by those who shared a room; not by the session itself.
struct person_left {
    card_ref who;
    std::vector<session_id> sessions;
    std::string reason;
    message_number number;
};
struct renamed {
    card_ref before;
    card_ref after;
    message_number number;
};
struct away_changed {
    card_ref who;
    std::optional<std::string> text;
    message_number number;
};
struct real_name_changed {
    card_ref before;
    card_ref after;
    message_number number;
};
struct topic_changed {
    card_ref by;
    room_ref room;
    std::string topic;
    message_number number;
};
struct room_modes_changed {
    card_ref by; // empty: the server
    room_ref room;
    std::vector<mode_change> changes;
    message_number number;
};
struct person_modes_changed {
    card_ref who;
    std::vector<person_flag_change> changes;
};
// To the invited one, to the inviter (as the reply), and, as `to_room`, to members who asked for
// it.
enum class invited_as { guest, reply, onlooker };
struct invited {
    card_ref by;
    card_ref who;
    room_ref room;
    invited_as heard_as = invited_as::guest;
    std::optional<std::string> away; // the invited one's, in the reply
    message_number number;
};

// A message, lasting from the commit on.
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
    message_number number;
};
// The answer to `signal`: heard like a message, neither stored nor numbered.
struct signalled {
    card_ref by;
    room_ref room;
    card_ref to;
    std::string tags;
    role heard_from = role::member;
};

enum class reason : std::uint8_t {
    nickname_in_use,        // a: the wish
    nickname_looks_alike,   // a: the wish
    too_many_from_address,  // connect only
    no_such_nickname,       // a: nickname
    no_such_room,           // a: room
    not_in_room,            // a: room; the author is not a member
    target_not_in_room,     // a: nickname, b: room
    target_in_room_already, // a: nickname, b: room
    room_looks_alike,       // a: room
    too_many_rooms,         // a: room; of the person
    no_more_rooms,          // a: room; of the server
    banned,                 // a: room
    invite_only,            // a: room
    wrong_password,         // a: room
    room_full,              // a: room
    may_not_speak,          // a: room; not a member of +n, moderated or banned
    needs_operator,         // a: room
    needs_higher_role,      // a: room, b: nickname; the target's role is not below the author's
    too_many_conversations, // a: nickname
    list_full,              // a: room, b: the mask
    no_space,               // the disk is nearly full: nothing lasting is taken (from the log)
    busy,                   // could not be taken now: ask again (from the log)
};
// The domain says no. To the author only.
struct refused {
    reason why;
    std::string a, b;
};
struct answered {
    std::shared_ptr<const answer> what;
};
// The command or question `cause` has no more events.
struct done {};

using event_body =
    std::variant<welcomed, joined, parted, kicked, person_left, renamed, away_changed,
                 real_name_changed, topic_changed, room_modes_changed, person_modes_changed,
                 invited, spoke, signalled, refused, answered, done, room_saved,
                 conversation_opened, conversation_ended, numbers_reserved>;

struct event {
    origin cause;
    base::wall_time time;
    audience heard_by;
    event_body what;
};

// Must this reach the disk before anything of its batch leaves?
[[nodiscard]] bool lasts(const event& of);

} // namespace tertulia::chat
