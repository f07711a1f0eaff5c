// SPDX-License-Identifier: Apache-2.0
// What a protocol may ask of the history, and what comes back. The heart has said before which
// conversation and up to which message (chat::history_answer); the reads run on a thread of their
// own, so a page is delivered later, as a value.
#pragma once

#include "base/time.hpp"
#include "chat/card.hpp"
#include "chat/message.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::session {

// The first three are chat::message_kind's; from `join` on they are what happened in a room.
enum class stored_kind : std::uint8_t {
    message,
    notice,
    tags,
    redaction,
    edit,
    join,
    part,
    quit,
    kick,
    nick,
    topic,
    modes,
};

// A stored message, or what became of one, with its author as she was then.
struct stored_message {
    chat::message_number number;
    base::wall_time time;
    stored_kind kind = stored_kind::message;
    std::string nickname, user, host; // the author's
    std::string to;                   // the receiver's nickname; empty in a room
    std::string text; // as it is now; a redaction's reason, the text that an edit's message has now
    std::string tags;
    chat::message_number about = {};                   // what it replies to, redacts or edits
    bool redacted = false;                             // the text and tags are gone
    std::shared_ptr<const stored_message> change = {}; // what was last done to it
    std::string account = {}; // its author's; empty: a guest's, or that account is no more
    bool bot = false;         // its author was one
};

// A place in a conversation: before or after a message, or a time.
using history_point = std::variant<chat::message_number, base::wall_time>;

// Pages hold at most `limit` messages, in the conversation's order, none above `up_to`.
struct read_latest {
    std::optional<history_point> after; // only messages after it
};
struct read_before {
    history_point point;
};
struct read_after {
    history_point point;
};
struct read_around {
    history_point point;
};
struct read_between { // from the first towards the second, which may be the earlier one; both
                      // excluded
    history_point from, to;
};
using history_selector =
    std::variant<read_latest, read_before, read_after, read_around, read_between>;

// What is read besides messages and notices that stand.
struct history_extras {
    bool tags = false;     // messages of tags alone
    bool changes = false;  // redactions and edits at their own places
    bool redacted = false; // messages that were taken back, without their text
    bool events = false;   // who came and went, topics, modes
};

struct history_query {
    chat::conversation_id conversation;
    chat::message_number up_to;
    history_selector which;
    std::uint32_t limit = 0;
    history_extras besides = {};
};

// The times of the newest message of each conversation, those between `from` and `to` (CHATHISTORY
// TARGETS).
struct activity_query {
    std::vector<chat::conversation_id> conversations;
    base::wall_time from, to;
    std::uint32_t limit = 0;
};

// Messages and notices that have all these words, of those conversations alone. The newest, or the
// oldest after a time, if there are more.
struct search_query {
    std::vector<chat::conversation_id> conversations;
    chat::message_number up_to;
    std::string text;
    std::string from;                             // a nickname, folded; empty: anybody's
    std::optional<base::wall_time> after, before; // themselves included
    std::uint32_t limit = 0;
};

// What a command that is about a message has to know of it.
struct message_query {
    chat::conversation_id conversation;
    chat::message_number number;
};

// What one account has said, anywhere, in the order of conversations: those behind a place, as many
// as one read finds (base/web_limits.hpp).
struct own_query {
    chat::person_id author;
    chat::conversation_id conversation;
    chat::message_number after;
};

struct history_page {
    std::vector<stored_message> messages; // oldest first
    bool at_end = false; // nothing lies beyond it that was asked for; false: perhaps something
};
struct activity_page {
    struct entry {
        chat::conversation_id conversation;
        base::wall_time newest;
    };
    std::vector<entry> entries; // oldest first
    bool at_end = false;        // likewise
};
struct search_page {
    struct hit {
        chat::conversation_id conversation;
        stored_message message;
    };
    std::vector<hit> hits; // oldest first
};
struct message_answer {
    std::optional<chat::message_facts> found; // none: not there, or taken back
};
struct own_page {
    std::vector<search_page::hit> hits;
    std::optional<own_query> next; // none: that was all
};
// The read failed or too many were waiting.
struct read_failed {};

using read_query =
    std::variant<history_query, activity_query, message_query, search_query, own_query>;
using read_answer =
    std::variant<history_page, activity_page, message_answer, search_page, own_page, read_failed>;

// Answers queries; lives on a thread of its own, may block on the disk, never throws.
class reader {
public:
    virtual ~reader() = default;
    [[nodiscard]] virtual read_answer read(const read_query& what) = 0;
};

} // namespace tertulia::session
