// SPDX-License-Identifier: Apache-2.0
// Up to where somebody has read a room or a private conversation (IRC: MARKREAD). Hers alone: told
// to her own sessions, kept with her account, and never to anybody else.
#pragma once

#include "base/name.hpp"
#include "base/time.hpp"
#include "chat/card.hpp"

#include <boost/container/flat_map.hpp>

#include <optional>

namespace tertulia::chat {

using read_markers = boost::container::flat_map<conversation_id, base::wall_time>;

// A marker moves forward, up to now at most; moved back, it stays and the author is told where.
struct mark_read {
    base::name target;
    base::wall_time up_to;
};
struct marker_changed {
    base::name target; // as the room or the partner is written
    base::wall_time read_to;
};

struct ask_marker {
    base::name target;
};
struct marker_answer {
    base::name asked;
    bool allowed = true; // no such room for the asker
    std::optional<base::wall_time> read_to;
};

// For the store.
struct marker_saved {
    person_id account;
    conversation_id conversation;
    std::optional<base::wall_time> read_to; // none: it is forgotten
};

} // namespace tertulia::chat
