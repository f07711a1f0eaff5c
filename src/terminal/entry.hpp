// SPDX-License-Identifier: Apache-2.0
// What is seen in a room: a message, somebody coming or going, a word of the server. All texts are
// harmless (base/width.hpp) from the moment they are here.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::terminal {

enum class entry_kind : std::uint8_t {
    message,
    action,
    notice,
    joined,
    left, // the room
    quit, // the server
    renamed,
    kicked,
    topic,
    note,    // the client or the server says something
    warning, // the same, and something is wrong
};

// How far a message of one's own has come.
enum class delivery : std::uint8_t {
    sure,
    under_way, // sent, and its echo has not come
    unsure,    // the connection broke meanwhile
    unsent,
};

struct reaction {
    std::string from;
    std::string what;
};

// In `about` of a note: it shows a message that was searched for.
inline constexpr std::string_view about_found = "found";

struct entry {
    base::wall_time at;
    entry_kind kind = entry_kind::note;
    delivery sent = delivery::sure;
    bool mine = false;
    bool mentions_me = false;
    bool deleted = false;
    bool edited = false;
    bool history = false;     // came when it was asked for, not when it was said
    std::uint32_t label = 0;  // of an own message under way
    std::uint64_t serial = 0; // its own in the room that has it
    std::string from;
    std::string text;
    std::string id;       // msgid, as the server spells it
    std::string about;    // whom it concerns: the new nickname, who was kicked
    std::string reply_to; // the msgid of what it answers
    std::vector<reaction> reactions;

    [[nodiscard]] bool is_talk() const { return kind <= entry_kind::notice; }
};

} // namespace tertulia::terminal
