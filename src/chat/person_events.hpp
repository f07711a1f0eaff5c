// SPDX-License-Identifier: Apache-2.0
// What happens to people: they come, go, become somebody and say things of themselves.
#pragma once

#include "chat/account.hpp"
#include "chat/card.hpp"
#include "chat/modes.hpp"
#include "chat/question.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::chat {

// A session is in: what greets it.
struct welcomed {
    card_ref who;
    counts_answer counts;
    std::vector<metadata_value> about; // herself
    std::string language;              // her account's; empty: the server's
};

// A person is gone, from everywhere. Heard by those who shared a room; not by the session itself.
struct person_left {
    card_ref who;
    std::vector<session_id> sessions;
    std::string reason;
    message_number number;
    std::vector<std::uint32_t> others; // in each of the rooms that hear it
};
// One session of several of a person is gone from her rooms. For those who count; nobody hears it.
struct session_left {
    std::vector<conversation_id> rooms;
    session_id session;
};
// An account was made: its name and, for who made it, the proof to connect with.
struct registered {
    base::name name;
    proof as;
};
// The session is an account's now.
struct logged_in {
    card_ref before; // as a guest
    card_ref after;
    std::string language; // as in `welcomed`
};
// For account-notify: a person whom others see became an account.
struct account_changed {
    card_ref who;
    message_number number;
};
// The session is told to end: its account said so from another one, or is no more.
enum class eviction : std::uint8_t {
    by_other_session,
    account_ended,
    account_suspended,
    killed,
    banned,
};
struct evicted {
    eviction why;
    std::string text; // what the operator said
    std::optional<base::wall_time> until;
};
struct renamed {
    card_ref before;
    card_ref after;
    message_number number;
    std::vector<std::uint32_t> others; // in each of the rooms that hear it
};
struct away_changed {
    card_ref who;
    std::optional<std::string> text;
    message_number number;
};
struct real_name_changed {
    card_ref before;
    card_ref after;
    message_number number;
};
struct person_modes_changed {
    card_ref who;
    std::vector<person_flag_change> changes;
};

} // namespace tertulia::chat
