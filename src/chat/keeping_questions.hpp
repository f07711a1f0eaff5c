// SPDX-License-Identifier: Apache-2.0
// What is asked of a room that is kept: whose it is, who may do what there, who was asked in.
#pragma once

#include "base/name.hpp"
#include "chat/card.hpp"
#include "chat/view.hpp"

#include <optional>
#include <vector>

namespace tertulia::chat {

// The accounts whose roles stay. For those who keep order there, from inside or from elsewhere.
struct ask_access {
    base::name room;
};
struct access_answer {
    struct entry {
        base::name account;
        role rank;
    };
    base::name asked;
    room_ref room; // empty: no such room for the asker
    bool allowed = true;
    std::vector<entry> entries; // highest first
};

// For all who may know that there is such a room.
struct ask_keeping {
    base::name room;
};
struct keeping_answer {
    base::name asked;
    std::optional<room_view> view; // none: no such room for the asker
    bool kept = false;
    std::vector<base::name> owners; // those with an account
};

// Who was asked in and has not come yet. For those who keep order there.
struct ask_invited {
    base::name room;
};
struct invited_answer {
    base::name asked;
    room_ref room; // empty: no such room for the asker
    bool allowed = true;
    std::vector<base::name> whom; // accounts, then guests, by the order of their making
};

} // namespace tertulia::chat
