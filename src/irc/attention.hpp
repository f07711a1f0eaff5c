// SPDX-License-Identifier: Apache-2.0
// What a session has under way: answers that are not complete, reads of history, the end that waits
// behind them. An idle session has none of it.
#pragma once

#include "chat/card.hpp"
#include "chat/question.hpp"
#include "irc/errands.hpp"
#include "irc/sasl.hpp"
#include "irc/session.hpp"
#include "session/credentials.hpp"
#include "session/history.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::irc {

// A CHATHISTORY line as it was understood.
struct history_wish {
    std::string subcommand; // as FAIL names it
    std::string target;     // as typed; empty: TARGETS
    tertulia::session::history_selector which;
    std::uint32_t limit = 0;
};

// A PLAY or LIST to *playback as it was understood; or, unasked, what people have written to her
// that she has not read.
struct replay_wish {
    bool list_only = false;
    bool unread = false;
    std::vector<std::string> masks; // of rooms and people, folded
    std::optional<base::wall_time> after, before;
};

// A REDACT or EDIT line as it was understood: what it is about has to be looked up.
struct change_wish {
    std::string_view verb; // of static lifetime
    base::name target;
    chat::message_number message;
    std::string text; // the reason, the new text
};

// A pass to the files of a conversation, which is as it was typed.
struct reading_wish {
    std::string target;
};

// What was asked of the core, so that something can be read after it, or opened.
struct core_question {
    std::variant<history_wish, change_wish, replay_wish, reading_wish,
                 tertulia::session::search_query>
        about;
    std::uint32_t serial = 0; // set by session::ask_first
};

// A message in several lines, while they come (IRCv3 draft/multiline).
struct client_batch {
    std::string reference, target, tags;
    std::string label;     // errands.hpp; of the line that opened it, for what it ends in
    std::string_view verb; // of its lines; empty: none has come
    std::string text;
    std::size_t lines = 0;
    bool refused = false; // the rest is taken and forgotten
    base::steady_time until;
};

// What a read is for.
struct search { // an answer to SEARCH
    std::vector<chat::history_answer> conversations;
};
struct lookup { // of what a change is about
    change_wish wish;
};
struct playback { // of what a room said before one joined
    chat::room_ref room;
};
struct page { // an answer to CHATHISTORY
    history_wish wish;
    std::string target; // as it is shown
};
struct activity { // an answer to CHATHISTORY TARGETS
    std::vector<chat::history_answer> conversations;
};

struct replay { // one conversation after the other
    std::vector<chat::history_answer> conversations;
    std::size_t at = 0;
    replay_wish wish;
};

struct history_read {
    std::uint32_t serial = 0; // of the command that is done with the read; 0: none
    tertulia::session::read_query query;
    std::variant<playback, page, activity, lookup, search, replay> purpose;
};

// A question about credentials: asked when everything before it is done.
struct credential_check {
    std::uint32_t serial = 0; // of the line that asked; the command that may follow takes it over
    std::optional<tertulia::session::credential_query> query; // none: asked
    check_heard heard;
};

// A SASL exchange between its lines.
struct sasl_exchange {
    sasl_mechanism how;
    std::string gathered; // of one message, in base64
    std::shared_ptr<const tertulia::session::scram_state> begun;
    std::optional<tertulia::session::proved> proved; // the client has yet to say that it heard so
};

struct attention {
    explicit attention(std::string_view server) : answers(server) {}

    errands answers;
    std::optional<core_question> asked; // the read follows
    std::vector<history_read> reads;    // the first is under way
    std::optional<credential_check> check;
    std::optional<sasl_exchange> sasl;
    std::optional<client_batch> batch; // being sent
    std::optional<std::string> close;  // the reason; when all answers have left

    // And the answer has not come yet.
    [[nodiscard]] bool is_asked(std::uint32_t serial) const {
        return asked && asked->serial == serial;
    }
    [[nodiscard]] bool reading() const { return asked || !reads.empty(); }
    [[nodiscard]] bool waiting() const { return reading() || check; }
    [[nodiscard]] bool idle() const {
        return answers.idle() && !waiting() && !sasl && !batch && !close;
    }
};

} // namespace tertulia::irc
