// SPDX-License-Identifier: Apache-2.0
// Who keeps order on the whole server, and what is asked and told to that end: operators are
// accounts with rights, and whatever they do is written down.
#pragma once

#include "base/name.hpp"
#include "base/time.hpp"
#include "chat/card.hpp"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::chat {

// What an account may do to others; one with any of these is an operator.
enum class right : std::uint8_t {
    kill,
    ban,
    mute,
    announce,
    reports,
    accounts,
    rooms,
    log,
    redact,
    words,
};
inline constexpr std::size_t right_count = 10;
using rights = std::bitset<right_count>;

[[nodiscard]] std::string_view name_of(right of);
[[nodiscard]] std::optional<right> right_of(std::string_view name);
[[nodiscard]] inline bool holds(rights all, right one) {
    return all.test(static_cast<std::size_t>(one));
}

// On whose word a command is obeyed: the author's, who needs the right to it, or that of the
// machine's owner, which only the control socket gives. It goes with the command, since a session
// may be gone before its command's turn.
enum class authority : std::uint8_t { own, machine };

// The author knows the code that a first start shows; it was compared outside. She gets every right
// and owns the rooms that belong to nobody. Refused where there ever was an operator.
struct claim_server {};

// Of the machine's owner alone.
struct set_rights {
    base::name account;
    rights give, take;
};

// All sessions of a person end; she may come back.
struct kill {
    base::name target;
    std::string reason;
    authority by = authority::own;
};

// An account's rights, all of them; none: it is no operator any more.
struct rights_saved {
    person_id account;
    rights held;
};
// To a person's own sessions.
struct rights_changed {
    card_ref who;
};

enum class measure : std::uint8_t {
    claimed,
    gave_rights,
    killed,
    suspended_account,
    resumed_account,
    deleted_account,
    banned,
    muted,
    lifted_ban,
    lifted_mute,
    announced,
    closed_report,
    gave_room,
    made_code,
    took_back_code,
    used_code,
    added_word,
    removed_word,
    redacted,
};
[[nodiscard]] std::string_view name_of(measure of);

// One line of the log of all that was done to keep order. Kept, and read in pages.
struct moderated {
    message_number number;
    measure what = measure::killed;
    std::string by;   // the operator's nickname; empty: the machine's owner
    std::string whom; // as it was meant: a nickname, an account, a network
    std::string why;
    std::optional<base::wall_time> until;
};
// The newest ones are in memory, too, to be read by operators: the oldest first.
struct measure_taken {
    moderated what;
    base::wall_time at;
};
struct ask_moderation {
    std::uint32_t count = 0;
    message_number before = {}; // 0: the newest
};
struct moderation_answer {
    std::vector<measure_taken> entries; // the oldest first
};

// A word of the operators to everybody who is there.
struct announce {
    std::string text;
};
struct announced {
    std::string by; // the operator's nickname
    std::string text;
};

} // namespace tertulia::chat
