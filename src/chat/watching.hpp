// SPDX-License-Identifier: Apache-2.0
// Being told when somebody comes or goes (IRC: MONITOR). A session watches nicknames, whoever has
// them; what it hears is no more than ISON would tell it.
#pragma once

#include "base/name.hpp"
#include "chat/card.hpp"

#include <cstdint>
#include <vector>

namespace tertulia::chat {

enum class watching : std::uint8_t { add, remove, clear };
struct watch {
    watching how = watching::add;
    std::vector<base::name> nicknames;
};

// A watched nickname has come or gone. To the sessions that watch it.
struct presence_changed {
    card_ref who;
    bool here = false;
};

struct ask_watched {
    bool with_presence = false;
};
struct watched_answer {
    struct entry {
        base::name nickname; // as it was typed
        card_ref who;        // empty: nobody has it now
    };
    bool with_presence = false;
    std::vector<entry> entries;
};

} // namespace tertulia::chat
