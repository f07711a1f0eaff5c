// SPDX-License-Identifier: Apache-2.0
// What happens in rooms, but for what is said there.
#pragma once

#include "chat/card.hpp"
#include "chat/modes.hpp"
#include "chat/question.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::chat {

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
    std::optional<base::wall_time> read_to;      // for the newcomer alone: marker.hpp
};
struct parted {
    card_ref who;
    room_ref room;
    std::vector<session_id> sessions;
    std::string reason;
    message_number number;
    std::uint32_t others = 0; // who are still there
};
struct kicked {
    card_ref by; // empty: the server
    card_ref who;
    room_ref room;
    std::vector<session_id> sessions;
    std::string reason;
    message_number number;
    std::uint32_t others = 0; // who are still there
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

// What a command about the keeping of a room came to: to its author, and to whom it was given.
enum class room_outcome : std::uint8_t {
    registered,
    access,
    transferred,
    received, // she is its owner now
    uninvited,
    closed,
};
struct room_settled {
    room_outcome what;
    room_ref room;
    base::name about; // the account or person, if any; of `received`, who gave it
    role rank = role::member;
};

// Told to each of the members: what a client needs that knows no such thing as another name.
struct room_renamed {
    card_ref by;
    room_ref before, after;
    std::string reason;
    message_number number;
    std::shared_ptr<const room_view> view;
    std::shared_ptr<const names_answer> members;
};

} // namespace tertulia::chat
