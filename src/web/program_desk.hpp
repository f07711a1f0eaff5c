// SPDX-License-Identifier: Apache-2.0
// What the routes for programs share: how message numbers are shown to outsiders, who posts how
// often, where webhooks are, how a reader of events comes in. Lives as long as the network.
#pragma once

#include "base/guarded.hpp"
#include "base/web_limits.hpp"
#include "chat/command.hpp"
#include "crypto/message_token.hpp"
#include "session/credentials.hpp"
#include "session/manners.hpp"
#include "web/rates.hpp"
#include "web/request.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tertulia::web {

struct program_desk {
    std::vector<crypto::message_tokens> tokens; // one for each network thread
    std::string root;                           // "https://chat.example.org"; empty: see root_for
    bool rate_limited = true;
    // How an account's session begins that comes from there.
    std::function<chat::connect(const caller& from, const session::proved& as)> arrival = {};
    // What may be said, as it is now; asked on the caller's thread. None: anything.
    std::function<const session::manners&(std::size_t thread)> manners = {};
    mutable base::guarded<rates> posts{
        rates(base::limits::posts_at_once_max, base::limits::post_each)};

    // Where who asks has found this server.
    [[nodiscard]] std::string root_for(const request& asked) const {
        return root.empty()
                   ? std::string(asked.from.secure ? "https://" : "http://").append(asked.host)
                   : root;
    }

    [[nodiscard]] std::string msgid(const caller& for_whom, chat::message_number of) const {
        std::string made;
        tokens[for_whom.thread].append(of.value, made);
        return made;
    }
};

} // namespace tertulia::web
