// SPDX-License-Identifier: Apache-2.0
// Bans and mutes of the whole server: whom they meet, until when, and why. They never meet
// operators. A ban ends sessions and lets nobody in; who is muted reads, and writes to operators
// alone.
#pragma once

#include "base/id.hpp"
#include "base/name.hpp"
#include "base/network.hpp"
#include "base/time.hpp"
#include "chat/card.hpp"
#include "chat/order.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::chat {

using sanction_id = base::id<struct sanction_tag>;
enum class sanction_kind : std::uint8_t { ban, mute };

// Whom: an account from wherever it comes, whoever has such a nickname, whoever comes from there.
struct by_account {
    person_id account;
    std::string name;
};
struct by_nickname {
    std::string mask; // folded, with wildcards
};
struct by_network {
    base::network where;
};
using sanctioned = std::variant<by_account, by_nickname, by_network>;
[[nodiscard]] std::string shown(const sanctioned& of); // "account:ana", "nick:spam*", "192.0.2.7"

struct sanction {
    sanction_id id;
    sanction_kind kind = sanction_kind::ban;
    sanctioned whom;
    std::string by; // the operator's nickname
    base::wall_time since;
    std::optional<base::wall_time> until; // none: until it is lifted
    std::string why;

    [[nodiscard]] bool in_force(base::wall_time now) const { return !until || now < *until; }
};

// Whom an operator means: `name` is an account, if there is one of the name, else a nickname.
// `address` is where who has that nickname comes from.
struct sanction_target {
    enum class kind : std::uint8_t { name, account, nickname, address, network } how = kind::name;
    base::name name; // of a nickname the key may have wildcards
    base::network where = {};
};
// Replaces one of the same kind on the same. Needs the right `ban` or `mute`, as does all below.
struct impose {
    sanction_kind kind = sanction_kind::ban;
    sanction_target whom;
    std::optional<std::chrono::seconds> lasts_for; // none: until it is lifted
    std::string why;
};
struct lift {
    sanction_kind kind = sanction_kind::ban;
    sanction_target whom;
};
struct ask_sanctions {
    sanction_kind kind = sanction_kind::ban;
};
struct sanctions_answer {
    sanction_kind kind = sanction_kind::ban;
    std::vector<sanction> in_force; // the oldest first
};

// Would one who comes from there be let in? Asked for those who have no session.
struct ask_admission {
    person_id account; // 0: a guest
    std::optional<base::network> from;
};
struct admission_answer {
    bool admits = true;
};

struct sanction_saved {
    sanction what;
    bool kept = true; // else it is no more
};
// To the operator's session; and to whom a mute meets.
enum class told_as : std::uint8_t { imposed, lifted, met };
struct sanction_told {
    sanction what;
    told_as heard_as = told_as::imposed;
};

} // namespace tertulia::chat
