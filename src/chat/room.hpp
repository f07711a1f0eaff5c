// SPDX-License-Identifier: Apache-2.0
// What the heart knows of a room.
#pragma once

#include "chat/bots.hpp"
#include "chat/card.hpp"
#include "chat/lasting.hpp"
#include "chat/metadata.hpp"
#include "chat/modes.hpp"

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::chat {

struct person;

struct member {
    person* who;
    role rank;
};

struct room {
    room_ref card;
    base::wall_time made_at;
    std::string topic, topic_by;
    base::wall_time topic_at;
    std::bitset<room_flag_count> flags;
    std::string password;
    std::uint32_t capacity = 0;
    std::uint32_t slow_s = 0;                  // +W
    std::optional<std::uint32_t> history_days; // +H; none: everything is kept
    std::array<std::vector<mask_entry>, room_list_count> lists;
    std::map<person_id, role> access; // of accounts, there or away
    bool kept = false;
    bool always = false;
    std::optional<base::wall_time> empty_since;
    std::vector<former_name> former; // oldest first
    metadata about;
    std::vector<webhook> webhooks;               // the oldest first
    std::vector<member> members;                 // the last one takes a leaver's place
    std::map<person_id, base::wall_time> slowed; // who spoke when, of those whom +W concerns

    [[nodiscard]] conversation_id id() const { return card->id; }
    [[nodiscard]] bool has(room_flag flag) const {
        return flags.test(static_cast<std::size_t>(flag));
    }
    [[nodiscard]] const std::vector<mask_entry>& list(room_list which) const {
        return lists[static_cast<std::size_t>(which)];
    }
    // The person's membership, in time that does not grow with the room; none for nobody.
    [[nodiscard]] role rank_of(person_id account) const; // when she comes in
    // What she may do there: as a member, else by what her account may, wherever she is.
    [[nodiscard]] role authority_of(const person& who) const;
    [[nodiscard]] bool has_other_owner(person_id than) const;
    member* find(const person* who);
    [[nodiscard]] const member* find(const person* who) const;
    void seat_down(person& who, role rank);
    void stand_up(person& who);
    [[nodiscard]] room_saved saved() const;
};

} // namespace tertulia::chat
