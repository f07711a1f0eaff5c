// SPDX-License-Identifier: Apache-2.0
// What the heart knows. Plain structures with their indexes; the rules are in the families' files.
// Ordered containers where anything iterates; the hash maps are looked up in, never iterated.
#pragma once

#include "chat/heart.hpp"
#include "chat/order_state.hpp"
#include "chat/person.hpp"
#include "chat/room.hpp"
#include "chat/skeletons.hpp"

#include <boost/container/map.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::chat {

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
    std::uint64_t spoken = 0; // messages since the start
    std::uint32_t invisible_count = 0;
    base::wall_time history_swept_at; // when rooms that keep history for some days last let it go

    boost::container::map<person_id, person> persons; // those who are there
    std::map<person_id, account> accounts;
    boost::unordered_flat_map<std::string_view, account*>
        by_account_name; // keys: the accounts' own
    boost::unordered_flat_map<std::string, person_id> by_certificate;
    boost::unordered_flat_map<std::string, room*> by_webhook;        // keys of webhooks
    std::map<std::string, std::uint32_t, std::less<>> webhook_names; // how many are called so
    boost::unordered_flat_map<session_id, person*> by_session;
    nickname_index by_nickname;
    skeletons nicknames;
    address_index addresses;
    std::deque<departed> whowas;           // newest first
    std::deque<message_number> redactions; // the last ones, oldest first: what was looked up before

    std::map<session_id, std::vector<base::name>> watches; // in the order they were added
    boost::unordered_flat_map<std::string, std::vector<session_id>> watchers; // by nickname's key

    std::map<std::string, room, std::less<>> rooms; // by key
    boost::unordered_flat_map<conversation_id, room*> rooms_by_id;
    skeletons room_names;
    boost::unordered_flat_map<std::string, conversation_id> former_names; // by key

    std::map<conversation_id, conversation_opened> conversations; // the private ones
    order_state order;

    [[nodiscard]] person* find(session_id session) const;
    [[nodiscard]] person* find_nickname(std::string_view key) const;
    [[nodiscard]] account* find_account(person_id id);
    [[nodiscard]] const account* find_account(person_id id) const;
    [[nodiscard]] account* find_account(std::string_view key) const;
    room* find_room(std::string_view key);
    [[nodiscard]] const room* find_room(std::string_view key) const;
    [[nodiscard]] rights rights_of(const person& who) const; // none for guests
    // What she is in that room, or what a program is that has no session; none: not in it.
    [[nodiscard]] std::optional<role> standing(const room& in, const person& who) const;
    [[nodiscard]] static std::optional<role> standing(const room& in, const account& of);
    // The room, unless it is secret and this person is not in it.
    [[nodiscard]] const room* visible_room(const person* to, std::string_view key) const;
    [[nodiscard]] static bool is_invited(const account& who, conversation_id to,
                                         base::wall_time now);
    // Which room was called that until lately; none, when it is hidden from this person.
    [[nodiscard]] const room* formerly(const person& by, std::string_view key,
                                       base::wall_time now) const;
    void forget_former_names(room& of);
    [[nodiscard]] static bool share_room(const person& a, const person& b);
    // How somebody is shown: who is there or registered as she is now, others as they were.
    [[nodiscard]] card_ref card_of(const partner& whom) const;
    // Her nickname, now or when she went; "?" where nobody remembers.
    [[nodiscard]] std::string called(person_id whom) const;
    // Her conversation with whoever has that name now, else with the last who had it.
    [[nodiscard]] const private_conversation* find_conversation(const person& of,
                                                                std::string_view key) const;
    // The private conversations of a person, in a list that is hers or her account's.
    [[nodiscard]] const private_conversations& conversations_of(const person& of) const;
    [[nodiscard]] const metadata& metadata_of_person(const person& of) const; // metadata.cpp
    // markers.cpp: likewise, up to where she has read; and which conversation a name means to her.
    [[nodiscard]] const read_markers& markers_of(const person& of) const;
    [[nodiscard]] conversation_id readable(const person& by, const base::name& target,
                                           base::name& as_written) const;
    [[nodiscard]] counts_answer counts() const;
    [[nodiscard]] accounts_answer list_accounts() const; // by name
    void restore(const conversation_opened& one);
    // sanctions.cpp: what this session of hers meets; operators meet nothing.
    [[nodiscard]] const sanction* meets(sanction_kind kind, const person& whom, session_id from,
                                        base::wall_time now) const;
    // silences.cpp: whom a person or an account does not hear in private.
    [[nodiscard]] const std::vector<mask_entry>& silences_of(person_id whom) const;
    [[nodiscard]] bool hears(person_id whom, const person& author, base::wall_time now) const;
};

// Lower case for ASCII letters alone: enough for users and hosts, and free of Unicode tables.
[[nodiscard]] std::string ascii_lower(std::string_view text);

// masks.cpp

// Does one of the masks fit what others are shown of this person: nickname, user, host, account?
// Those that mute are left out.
[[nodiscard]] bool matches(const std::vector<mask_entry>& masks, const person& who,
                           base::wall_time now);
// Banned, and no exception.
[[nodiscard]] bool banned(const room& from, const person& who, base::wall_time now);
// Banned, or muted where she may be, and no exception.
[[nodiscard]] bool silenced(const room& in, const person& who, base::wall_time now);
[[nodiscard]] room_view view_of(const room& of, bool for_member);

} // namespace tertulia::chat
