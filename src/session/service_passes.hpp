// SPDX-License-Identifier: Apache-2.0
// Passes to services beside the chat (IRCv3 draft/authtoken): each is good once, for one service
// and for a short while, and proves to it whose account asks. In memory alone: a restart ends them.
// Shared by all threads.
#pragma once

#include "base/guarded.hpp"
#include "base/name.hpp"
#include "base/time.hpp"
#include "chat/account.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::session {

struct service {
    std::string key; // as clients name it, in capitals
    std::string url;
    std::string description; // empty: the server's own files
};

// The one that the server itself is: where files go.
inline constexpr std::string_view file_service = "FILEHOST";

inline constexpr std::chrono::minutes pass_lifetime{10};
inline constexpr std::size_t passes_per_account_max = 16; // then the oldest ends

// How a pass begins, and no other token.
inline constexpr std::string_view pass_prefix = "pass-";

class service_passes {
public:
    // Of the pass itself only its digest is kept, which the caller makes.
    void keep(chat::person_id account, std::string digest, base::name name,
              std::string_view service, base::steady_time now);
    // Takes it out: a pass opens once. Nothing: there is none, it is over, or for something else.
    [[nodiscard]] std::optional<base::name> take(chat::person_id account, std::string_view digest,
                                                 std::string_view service, base::steady_time now);

private:
    struct pass {
        std::string digest, service;
        base::name name; // of the account
        base::steady_time until;
    };
    using of_account = std::deque<pass>; // the oldest first

    base::guarded<std::map<chat::person_id, of_account>> kept_;
};

// "pass-31.9c…": the account's number and the secret.
[[nodiscard]] std::string pass_text(chat::person_id account, std::string_view secret_hex);
// Whose it says that it is; nothing: no pass at all.
[[nodiscard]] std::optional<chat::person_id> pass_account(std::string_view text);

} // namespace tertulia::session
