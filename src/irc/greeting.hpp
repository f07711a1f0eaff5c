// SPDX-License-Identifier: Apache-2.0
// What a client has told of itself while its registration is not complete: CAP, PASS, NICK and USER
// in any order. Gone with the welcome.
#pragma once

#include "base/name.hpp"
#include "base/time.hpp"
#include "chat/account.hpp"
#include "crypto/secret.hpp"
#include "irc/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::irc {

struct greeting {
    peer from;
    base::steady_time since;
    std::optional<base::name> nickname;
    std::string user; // empty: not told yet
    std::string real_name;
    std::string password;
    std::optional<chat::proof> as; // logged in
    bool spoke = false;            // a line has been taken
    bool negotiating = false;      // between CAP LS or REQ and CAP END
    bool relocated = false;        // a gateway has said where she comes from
    bool connecting = false;       // the core has been asked; input waits

    // The server's password; empty: it has none.
    [[nodiscard]] bool knows(std::string_view wanted) const {
        return wanted.empty() || crypto::equal_secrets(password, wanted);
    }
    [[nodiscard]] bool complete() const {
        return nickname && !user.empty() && !negotiating && !connecting;
    }
};

} // namespace tertulia::irc
