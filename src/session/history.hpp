// SPDX-License-Identifier: Apache-2.0
// What a protocol may ask of the history, and what comes back. The heart has said before which
// conversation and up to which message (chat::history_answer); the reads run on a thread of their
// own, so a page is delivered later, as a value.
#pragma once

#include "base/time.hpp"
#include "chat/card.hpp"
#include "chat/command.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::session {

// A stored message with its author as she was then.
struct stored_message {
    chat::message_number number;
    base::wall_time time;
    chat::message_kind kind = chat::message_kind::message;
    std::string nickname, user, host; // the author's
    std::string to;                   // the receiver's nickname; empty in a room
    std::string text;
    std::string tags;
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

struct history_query {
    chat::conversation_id conversation;
    chat::message_number up_to;
    history_selector which;
    std::uint32_t limit = 0;
    bool with_tags = false; // messages of the kind `tags` too
};

// The times of the newest message of each conversation, those between `from` and `to` (CHATHISTORY
// TARGETS).
struct activity_query {
    std::vector<chat::conversation_id> conversations;
    base::wall_time from, to;
    std::uint32_t limit = 0;
};

struct history_page {
    std::vector<stored_message> messages; // oldest first
};
struct activity_page {
    struct entry {
        chat::conversation_id conversation;
        base::wall_time newest;
    };
    std::vector<entry> entries; // oldest first
};
// The read failed or too many were waiting.
struct read_failed {};

using read_query = std::variant<history_query, activity_query>;
using read_answer = std::variant<history_page, activity_page, read_failed>;

// Answers queries; lives on a thread of its own, may block on the disk, never throws.
class reader {
public:
    virtual ~reader() = default;
    [[nodiscard]] virtual read_answer read(const read_query& what) = 0;
};

} // namespace tertulia::session
