// SPDX-License-Identifier: Apache-2.0
// Passes to services beside the chat (IRCv3 draft/authtoken), good for a short while. Most prove
// once to one service whose account asks; those to the server's own files open one conversation's
// to a reader, as often as she likes, be she a guest. In memory alone: a restart ends them. Shared
// by all threads.
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
#include <variant>

namespace tertulia::session {

struct service {
    std::string key; // as clients name it, in capitals
    std::string url;
    std::string description; // empty: the server's own files
};

// The one that the server itself is: where files go.
inline constexpr std::string_view file_service = "FILEHOST";
// Where they are read.
inline constexpr std::string_view reading_service = "TERTULIA/FILES";

inline constexpr std::chrono::minutes pass_lifetime{10};
inline constexpr std::size_t passes_per_person_max = 16; // then the oldest ends

// How a pass begins, and no other token.
inline constexpr std::string_view pass_prefix = "pass-";

class service_passes {
public:
    // Of the pass itself only its digest is kept, which the caller makes.
    void keep(chat::person_id account, std::string digest, base::name name,
              std::string_view service, base::steady_time now);
    // Takes it out: such a pass opens once. Nothing: there is none, it is over, or for something
    // else.
    [[nodiscard]] std::optional<base::name> take(chat::person_id account, std::string_view digest,
                                                 std::string_view service, base::steady_time now);

    void keep_for_reading(chat::person_id reader, std::string digest, chat::conversation_id in,
                          base::steady_time now);
    // Whose files it opens; 0: there is none, it is over, or for something else.
    [[nodiscard]] chat::conversation_id opens(chat::person_id reader, std::string_view digest,
                                              base::steady_time now) const;

private:
    struct to_service {
        std::string service;
        base::name name; // of the account
    };
    struct to_files {
        chat::conversation_id in;
    };
    struct pass {
        std::string digest;
        base::steady_time until;
        std::variant<to_service, to_files> what;
    };
    using of_person = std::deque<pass>; // the oldest first
    struct all_passes {
        std::map<chat::person_id, of_person> by_person;
        base::steady_time looked_through_at; // for those that are over
    };

    void put(chat::person_id whose, pass one, base::steady_time now);
    // Null: it is not there, or over.
    [[nodiscard]] static pass* find(all_passes& in, chat::person_id whose, std::string_view digest,
                                    base::steady_time now);

    mutable base::guarded<all_passes> kept_;
};

// "pass-31.9c…": the person's number and the secret.
[[nodiscard]] std::string pass_text(chat::person_id whose, std::string_view secret_hex);
// Whose it says that it is; nothing: no pass at all.
[[nodiscard]] std::optional<chat::person_id> pass_owner(std::string_view text);

} // namespace tertulia::session
