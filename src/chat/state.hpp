// SPDX-License-Identifier: Apache-2.0
// What the heart knows. Plain structures with their indexes; the rules are in the families' files.
// Ordered containers where anything iterates; the hash maps are looked up in, never iterated.
#pragma once

#include "chat/heart.hpp"

#include <boost/container/flat_map.hpp>
#include <boost/container/map.hpp>
#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <array>
#include <bitset>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::chat {

struct person;
struct room;

// A private conversation as one of the two has it.
struct conversation {
    conversation_id id;
    person* with;
    bool opened; // by her, and not by the other
};

// What few people have: kept apart, so that the many are small.
struct particulars {
    std::optional<std::string> away;
    std::vector<conversation_id> invitations;                          // oldest first
    boost::container::flat_map<person_id, conversation> conversations; // by whom they are with
};

// How many people are there from one address.
struct counted_address {
    std::string text;
    std::uint32_t persons = 0;
};

// A person's place among the members of a room.
struct seat {
    room* where;
    std::size_t index;
};

struct person {
    card_ref card;
    boost::container::small_vector<session_id, 1> sessions;
    std::vector<seat> seats; // at most rooms_per_person_max: searched, where a room is not
    counted_address* address;
    base::wall_time spoke_at;
    bool invisible = false;
    std::unique_ptr<particulars> rare;

    [[nodiscard]] person_id id() const { return card->person; }
    [[nodiscard]] std::optional<std::string> away() const {
        return rare ? rare->away : std::nullopt;
    }
    // The one with this person, if it is open.
    [[nodiscard]] const conversation* conversation_with(const person& other) const;
    particulars& more() {
        if (!rare) {
            rare = std::make_unique<particulars>();
        }
        return *rare;
    }
    [[nodiscard]] std::vector<session_id> all_sessions() const {
        return {sessions.begin(), sessions.end()};
    }
};

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
    std::array<std::vector<mask_entry>, room_list_count> lists;
    bool kept = false;
    std::optional<base::wall_time> empty_since;
    std::vector<member> members; // the last one takes a leaver's place

    [[nodiscard]] conversation_id id() const { return card->id; }
    [[nodiscard]] bool has(room_flag flag) const {
        return flags.test(static_cast<std::size_t>(flag));
    }
    [[nodiscard]] const std::vector<mask_entry>& list(room_list which) const {
        return lists[static_cast<std::size_t>(which)];
    }
    // The person's membership, in time that does not grow with the room; none for nobody.
    member* find(const person* who);
    [[nodiscard]] const member* find(const person* who) const;
    void seat_down(person& who, role rank);
    void stand_up(person& who);
    [[nodiscard]] room_saved saved() const;
};

// How many names with one skeleton are there, and how many of them are not plain Latin.
struct look_alikes {
    std::uint32_t latin = 0;
    std::uint32_t other = 0;
};

class skeletons {
public:
    void add(const base::name& of);
    void remove(const base::name& of);
    // Does it look like another name? `own`, if given, is given up for it and does not count.
    [[nodiscard]] bool collides(const base::name& wish, const base::name* own = nullptr) const;

private:
    boost::unordered_flat_map<std::uint64_t, look_alikes> counts_;
};

// People by their nickname's key, which stands in the card, and addresses: a place in such an index
// is one pointer. A person is taken out before her card changes, and put in again after.
struct text_key {
    using is_transparent = void;
    [[nodiscard]] static std::string_view of(std::string_view text) { return text; }
    [[nodiscard]] static std::string_view of(const person* who) { return who->card->nickname.key; }
    [[nodiscard]] static std::string_view of(const std::unique_ptr<counted_address>& one) {
        return one->text;
    }
    [[nodiscard]] std::size_t operator()(const auto& one) const {
        return std::hash<std::string_view>{}(of(one));
    }
    [[nodiscard]] bool operator()(const auto& a, const auto& b) const { return of(a) == of(b); }
};
using nickname_index = boost::unordered_flat_set<person*, text_key, text_key>;
using address_index =
    boost::unordered_flat_set<std::unique_ptr<counted_address>, text_key, text_key>;

struct departed {
    card_ref who;
    base::wall_time left_at;
};

struct heart_state {
    std::uint64_t number = 0;   // the last one given
    std::uint64_t reserved = 0; // numbers to here are promised to the disk
    base::wall_time time;
    std::uint32_t persons_max = 0;
    std::uint32_t invisible_count = 0;

    boost::container::map<person_id, person> persons;
    boost::unordered_flat_map<session_id, person*> by_session;
    nickname_index by_nickname;
    skeletons nicknames;
    address_index addresses;
    std::deque<departed> whowas; // newest first

    std::map<std::string, room, std::less<>> rooms; // by key
    boost::unordered_flat_map<conversation_id, room*> rooms_by_id;
    skeletons room_names;

    std::vector<conversation_id> orphans; // conversations of guests gone before the start

    [[nodiscard]] person* find(session_id session) const;
    [[nodiscard]] person* find_nickname(std::string_view key) const;
    room* find_room(std::string_view key);
    [[nodiscard]] const room* find_room(std::string_view key) const;
    // The room, unless it is secret and this person is not in it.
    [[nodiscard]] const room* visible_room(const person* to, std::string_view key) const;
    [[nodiscard]] static bool share_room(const person& a, const person& b);
    [[nodiscard]] counts_answer counts() const;
};

// Lower case for ASCII letters alone: enough for users and hosts, and free of Unicode tables.
[[nodiscard]] std::string ascii_lower(std::string_view text);

// Does one of the masks fit this person: her shown host or her real address?
[[nodiscard]] bool matches(const std::vector<mask_entry>& masks, const person& who);
// Banned, and no exception.
[[nodiscard]] bool banned(const room& from, const person& who);
[[nodiscard]] room_view view_of(const room& of, bool for_member);

} // namespace tertulia::chat
