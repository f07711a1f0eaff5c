// SPDX-License-Identifier: Apache-2.0
// Commands about what a room is and whose: roles that stay with accounts, its owner, its name, its
// end, who is asked in.
#pragma once

#include "base/name.hpp"
#include "chat/card.hpp"

#include <string>

namespace tertulia::chat {

// A room that guests made is kept from now on, and is its operator's, who has an account.
struct register_room {
    base::name room;
};

// An account's role there, whether she is there or away; role::member: none any more.
struct grant_access {
    base::name room;
    base::name account;
    role rank = role::member;
};

// The owner hands the room on, and is an admin of it from then on.
struct transfer_room {
    base::name room;
    base::name to;
};

struct invite {
    base::name target;
    base::name room;
};
// An invitation is taken back.
struct uninvite {
    base::name target;
    base::name room;
};

// The room has another name, and is what it was; the old name leads to it for a while.
struct rename_room {
    base::name room;
    base::name to;
    std::string reason;
};

// A room ends, with its history, and everybody is put out. By its owner, or by the server.
struct close_room {
    base::name room;
    std::string reason;
};

} // namespace tertulia::chat
