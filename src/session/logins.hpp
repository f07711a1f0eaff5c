// SPDX-License-Identifier: Apache-2.0
// Which browsers stay logged in as an account, for its owner. It waits for the disk, so it is asked
// in a chore (session/chore.hpp), on any thread.
#pragma once

#include "base/time.hpp"
#include "chat/card.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tertulia::session {

struct login_facts {
    std::string key; // the digest of its token (chat/login.hpp)
    base::wall_time opened_at;
    std::string browser; // empty: it does not say
};

class login_reader {
public:
    virtual ~login_reader() = default;
    // The newest first; nothing where they cannot be read now, which the journal tells.
    [[nodiscard]] virtual std::optional<std::vector<login_facts>> logins(chat::person_id of) = 0;
};

} // namespace tertulia::session
