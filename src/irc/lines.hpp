// SPDX-License-Identifier: Apache-2.0
// How a line of IRC is put together: source, tags, and the cut at the length that a line may have.
// Tags do not count towards it (IRCv3 message-tags).
//
//     line_end ends(out);                                 // what out holds already is left alone
//     out += ":ana!~ana@host PRIVMSG #lobby :" + text;
//     ends.close();                                       // cut at a character, and CR LF
#pragma once

#include "base/time.hpp"
#include "chat/card.hpp"
#include "chat/command.hpp"
#include "crypto/message_token.hpp"
#include "irc/capabilities.hpp"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::irc {

class line_end {
public:
    explicit line_end(std::string& out) : out_(out), begin_(out.size()) {}
    void close();

private:
    std::string& out_;
    std::size_t begin_;
};

// Bytes that a line which begins so may still take.
[[nodiscard]] std::size_t line_room_after(std::string_view start);

// What stands before a line for those who negotiated it.
struct line_tags {
    std::string_view batch;       // for everyone
    chat::message_number number;  // msgid, for holders of message-tags; 0: none
    base::wall_time time;         // for holders of server-time
    std::string_view client_only; // for holders of message-tags
    std::string_view account;     // the author's, for holders of account-tag; empty: a guest
    bool bot = false;             // the author is one, for holders of message-tags
    std::string_view also = {};   // the server's own, as they stand, for holders of message-tags
    std::string_view operating{}; // the author's account, who is an operator: draft/oper's holders
};
void append_tags(const line_tags& of, const crypto::message_tokens& tokens, capability_set as,
                 std::string& out);

// ":ana!~ana@host "
void append_source(std::string_view nickname, std::string_view user, std::string_view host,
                   std::string& out);
void append_source(const chat::card& of, std::string& out);

// What a client typed, where it is one parameter among others: what would be read as none or as
// several, empty or with a blank or a ':' in front, is shown as '*'.
[[nodiscard]] std::string_view as_parameter(std::string_view typed);
// Each with a blank in front.
void append_parameters(std::initializer_list<std::string_view> typed, std::string& out);

// "PRIVMSG" or "NOTICE"; tags alone are a "TAGMSG", which has no text.
[[nodiscard]] std::string_view verb_of(chat::message_kind kind);

// Appends whole lines, each with one more tag in front. Those of a batch within stay as they are.
void append_tagged(std::string_view lines, std::string_view tag, std::string& out);

// Verbs and their like are the same in any case of letters.
[[nodiscard]] std::string in_capitals(std::string_view word);

} // namespace tertulia::irc
