// SPDX-License-Identifier: Apache-2.0
// The sessions of one account, as its owner sees them, and the language that she is spoken to in.
#pragma once

#include "base/time.hpp"
#include "chat/card.hpp"

#include <string>
#include <vector>

namespace tertulia::chat {

// What is remembered of a session of an account, for its owner.
struct session_facts {
    session_id session;
    std::string door; // "ircs": how it came
    base::wall_time since;
    base::wall_time spoke_at;
};

struct ask_sessions {};
struct sessions_answer {
    struct entry {
        session_facts what;
        std::string address;
        bool own = false; // the asker's
    };
    std::vector<entry> sessions; // the oldest first; none: a guest's
};

// One of the author's other sessions ends.
struct end_session {
    session_id which;
};

// "es"; empty: the server's. Kept with an account, told to all its sessions.
struct set_language {
    std::string code;
};
struct language_changed {
    std::string code;
};

} // namespace tertulia::chat
