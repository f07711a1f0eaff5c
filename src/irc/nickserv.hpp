// SPDX-License-Identifier: Apache-2.0
// What NickServ does about sessions and certificates (nickserv_sessions.cpp), and about programs
// (nickserv_bots.cpp); the rest, and the table of its commands, is nickserv.cpp's.
#pragma once

#include "irc/session.hpp"

#include <string_view>

namespace tertulia::irc {

void do_sessions(session& by, std::string_view parameters);
void do_logout_of(session& by, std::string_view typed); // one session, by its name
void do_certificates(session& by, std::string_view parameters);

// nickserv_bots.cpp
void do_tokens(session& by, std::string_view parameters);
void do_webhooks(session& by, std::string_view parameters);

} // namespace tertulia::irc
