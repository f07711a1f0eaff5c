// SPDX-License-Identifier: Apache-2.0
// Who is there, and who is registered: what the heart knows of a person.
#pragma once

#include "base/network.hpp"
#include "chat/account.hpp"
#include "chat/bots.hpp"
#include "chat/card.hpp"
#include "chat/certificates.hpp"
#include "chat/lasting.hpp"
#include "chat/marker.hpp"
#include "chat/metadata.hpp"
#include "chat/modes.hpp"
#include "chat/sessions.hpp"

#include <boost/container/flat_map.hpp>
#include <boost/container/options.hpp>
#include <boost/container/small_vector.hpp>
#include <boost/container/vector.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::chat {

struct room;

// A private conversation as one of the two has it.
struct private_conversation {
    conversation_id id;
    partner with;
    bool opened; // by her, and not by the other
};
using private_conversations =
    boost::container::flat_map<person_id, private_conversation>; // by whom they are with

// What few people have: kept apart, so that the many are small.
struct particulars {
    std::optional<std::string> away;
    std::vector<session_id> unseen;           // her sessions that nobody looks at
    std::vector<conversation_id> invitations; // oldest first
    private_conversations conversations;      // a guest's; an account keeps its own
    read_markers markers;                     // likewise
    metadata about;                           // likewise
    std::vector<session_facts> facts;         // an account's sessions
    std::vector<mask_entry> silences;         // a guest's
    std::vector<shown_certificate> shown;     // by her sessions
};

// How many sessions come from one address.
struct counted_address {
    std::string text;
    std::uint32_t sessions = 0;

    // None: what is no address of the Internet. Read anew, as few ask and many would carry it.
    [[nodiscard]] std::optional<base::network> where() const { return base::parse_network(text); }
};

// A person's place among the members of a room.
struct seat {
    room* where;
    std::size_t index;
};

// Few, so that 32 bits count them.
using seats_of_one = boost::container::vector<
    seat, void, boost::container::vector_options_t<boost::container::stored_size<std::uint32_t>>>;

// Away without a word: nobody looks at any of her sessions (IRCv3 draft/pre-away).
constexpr std::string_view nobody_looks = "*";

// One of a person's sessions.
struct attached {
    session_id session;
    counted_address* address;
};

struct person {
    card_ref card;
    boost::container::small_vector<attached, 1> sessions; // the oldest first; a program has none
    seats_of_one seats;           // at most rooms_per_person_max: searched, where a room is not
    std::uint32_t spoke_at_s = 0; // in seconds since 1970: for how long somebody has been silent
    bool invisible = false;
    std::unique_ptr<particulars> rare;

    [[nodiscard]] person_id id() const { return card->person; }
    [[nodiscard]] std::optional<std::string> away() const {
        return rare ? rare->away : std::nullopt;
    }
    particulars& more() {
        if (!rare) {
            rare = std::make_unique<particulars>();
        }
        return *rare;
    }
    // Somebody looks at that session, or does not. Gives back what was so before.
    bool look_at(session_id session, bool looked_at);
    // What she is then: away once nobody looks at any, but with her own word where she said one.
    [[nodiscard]] std::optional<std::string> away_by_looks() const;
    [[nodiscard]] std::vector<session_id> all_sessions() const;
    void speaks(base::wall_time now) {
        spoke_at_s = static_cast<std::uint32_t>(
            std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
    }
    [[nodiscard]] base::wall_time spoke_at() const {
        return base::wall_time(std::chrono::seconds{spoke_at_s});
    }
};

// Somebody who is registered, there or away.
struct account {
    person_id id;
    base::name name;
    base::wall_time made_at;
    std::uint32_t version = 1; // of the credentials
    bool suspended = false;
    std::vector<conversation_id> rooms;       // that she is in; in the order of her coming
    std::vector<open_invitation> invitations; // to rooms that are kept; oldest first
    private_conversations conversations;
    read_markers markers;
    metadata about;
    std::string language;
    std::vector<mask_entry> silences;      // whom she does not hear in private
    std::vector<std::string> certificates; // fingerprints, the oldest first
    std::vector<token> tokens;             // the oldest first
    person* present = nullptr;             // while she has a session

    [[nodiscard]] account_saved saved() const;
};

} // namespace tertulia::chat
