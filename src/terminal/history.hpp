// SPDX-License-Identifier: Apache-2.0
// Asking the server for what was said (IRCv3 draft/chathistory): on entering a room, after a break,
// and when somebody scrolls up.
#pragma once

#include "terminal/client.hpp"

namespace tertulia::terminal {

// After a break: what is newer than what we have. At first: the last page.
void fetch_what_was_missed(client& who, room& where);
void fetch_older(client& who, room& where);
// The present again, after so much of the past was read that it was put away.
void fetch_newest(client& who, room& where);
// Conversations in which something was said while we were away.
void fetch_conversations(client& who);
// A page has come (or, refused, none will).
void take_history(client& who, batch page);
void history_refused(client& who, room& where);

} // namespace tertulia::terminal
