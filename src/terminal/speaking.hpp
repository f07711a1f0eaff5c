// SPDX-License-Identifier: Apache-2.0
// Saying something, and what becomes of it: under way until its echo comes, unsure when the
// connection breaks meanwhile, unsent while there is none. A room's own messages keep their order.
#pragma once

#include "terminal/client.hpp"

#include <cstdint>
#include <string_view>

namespace tertulia::terminal {

// A text of any length and number of lines; one message where the server takes such ones
// (draft/multiline), else as few as may be.
void speak(client& who, room& where, std::string_view text, entry_kind kind = entry_kind::message,
           std::string_view reply_to = "");

// Our own message has come back: the one under way is done.
void echo_heard(client& who, room& where, const entry& echo, std::uint32_t label);
// The server refused it: the text is shown, so that it isn't lost.
void not_accepted(client& who, std::uint32_t label);
void not_accepted_in(client& who, room& where);

// Where nothing is echoed, the answer to a PING says that what was sent before has arrived.
inline constexpr std::string_view confirming = "sent-"; // and a label
void ask_to_confirm(client& who);
void confirmed(client& who, std::uint32_t up_to);

// Own messages of which the server has not said that they are there.
[[nodiscard]] std::size_t count_not_sent(const client& who);
void doubt_what_is_under_way(room& where);
void unsure_never_arrived(room& where);
void ask_about_unsure(client& who);
void decide_about_unsure(client& who, bool send_again);
void flush_unsent(client& who, room& where);

} // namespace tertulia::terminal
