// SPDX-License-Identifier: Apache-2.0
#include "chat/person.hpp"

namespace tertulia::chat {

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
