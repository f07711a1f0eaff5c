// SPDX-License-Identifier: Apache-2.0
// How metadata reads: 761 and 766, alone or in a batch (IRCv3 draft/metadata-3).
#pragma once

#include "chat/event.hpp"
#include "irc/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::irc {

inline constexpr std::string_view metadata_batch = "m"; // one at most is open

[[nodiscard]] constexpr bool knows_metadata(capability_set of) {
    return of.has(capability::metadata_2) || of.has(capability::metadata_3);
}

// "a-z", "0-9" and "_./-".
[[nodiscard]] bool valid_metadata_key(std::string_view key);

// "before-connect,max-subs=50,…": the value of the capability.
[[nodiscard]] std::string metadata_limits();

struct metadata_line {
    std::string target;
    chat::metadata_value what;
};
[[nodiscard]] std::string metadata_text(const session& to, const metadata_line& one);
[[nodiscard]] std::string metadata_warning(const session& to, std::string_view key);

// As a batch, for those who know of such.
void send_metadata(session& to, std::string_view target, std::vector<metadata_line> lines);

// What is said of a change: to who made it, and to who subscribed to the key.
void answer_metadata(session& to, const chat::metadata_changed& what);
void tell_metadata(session& to, const chat::metadata_changed& what);

// verbs_metadata.cpp: asks for the keys that the session subscribed to, of one target or all.
void ask_for_metadata(session& by, std::string_view target);

} // namespace tertulia::irc
