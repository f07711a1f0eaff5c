// SPDX-License-Identifier: Apache-2.0
#include "chat/person.hpp"

#include <algorithm>

namespace tertulia::chat {

bool person::look_at(session_id session, bool looked_at) {
    const bool before = !rare || std::ranges::count(rare->unseen, session) == 0;
    if (before && !looked_at) {
        more().unseen.push_back(session);
    } else if (!before && looked_at) {
        std::erase(rare->unseen, session);
    }
    return before;
}

std::optional<std::string> person::away_by_looks() const {
    if (!rare || (rare->away && rare->away != nobody_looks)) {
        return away();
    }
    const bool unseen = !sessions.empty() && rare->unseen.size() == sessions.size();
    return unseen ? std::optional<std::string>(nobody_looks) : std::nullopt;
}

std::vector<session_id> person::all_sessions() const {
    std::vector<session_id> all;
    all.reserve(sessions.size());
    for (const attached& one : sessions) {
        all.push_back(one.session);
    }
    return all;
}

account_saved account::saved() const { return {id, name, made_at, version, suspended, language}; }

} // namespace tertulia::chat
