// SPDX-License-Identifier: Apache-2.0
// What people and rooms say of themselves, as keys with values: a picture, a name to be shown, a
// state (IRC: METADATA). A person's is kept with her account, a room's with the room.
#pragma once

#include "base/name.hpp"
#include "chat/card.hpp"

#include <boost/container/flat_map.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tertulia::chat {

using metadata = boost::container::flat_map<std::string, std::string>; // no value is empty

struct metadata_value {
    std::string key;   // checked outside
    std::string value; // empty: there is none
};

// Of the author, where the target is "*"; of a room that she keeps order in.
struct set_metadata {
    base::name target;
    metadata_value what;
};
struct clear_metadata {
    base::name target;
};
// Of a person or of a room. Also the answer to the author, when nothing has changed.
struct metadata_changed {
    base::name asked; // as the author typed it
    card_ref who;     // empty: of the room
    room_ref room;
    std::vector<metadata_value> values;
    bool all = false; // cleared
};

// Rooms that are hidden or closed tell nothing to those outside. With `keys`, these alone.
enum class metadata_of : std::uint8_t { one, one_with_members, everything_seen };
struct ask_metadata {
    base::name target;
    metadata_of what = metadata_of::one;
    bool all_keys = false;
    std::vector<std::string> keys;
};
struct metadata_answer {
    struct entry {
        std::string target; // as it is written
        metadata_value what;
    };
    base::name asked;
    metadata_of what = metadata_of::one;
    bool found = true;  // else there is no such target for the asker
    bool later = false; // too much to be told at once
    std::vector<entry> entries;
};

// For the store: one of the two is set.
struct metadata_saved {
    person_id account;
    conversation_id room;
    metadata_value what;
};

} // namespace tertulia::chat
