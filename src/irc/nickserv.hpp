// SPDX-License-Identifier: Apache-2.0
// What NickServ does about sessions and certificates (nickserv_sessions.cpp), about people
// (nickserv_people.cpp), and about programs (nickserv_bots.cpp); the rest, and the table of its
// commands, is nickserv.cpp's.
#pragma once

#include "chat/question.hpp"
#include "irc/session.hpp"

#include <string_view>

namespace tertulia::irc {

void do_sessions(session& by, std::string_view parameters);
void do_logout_of(session& by, std::string_view typed); // one session, by its name
void do_certificates(session& by, std::string_view parameters);

// nickserv.cpp
void identify(session& by, std::string_view account, std::string_view password);

// nickserv_people.cpp: who has a name, and how it comes back to whom it belongs
void do_ghost(session& by, std::string_view parameters);
void do_regain(session& by, std::string_view parameters);
void do_info(session& by, std::string_view name);
void do_status(session& by, std::string_view name);
void do_acc(session& by, std::string_view name);
// True when a question of these was answered, and has been said.
bool say_about_person(session& to, const chat::whois_answer& what, std::string_view verb);

// nickserv_bots.cpp
void do_tokens(session& by, std::string_view parameters);
void do_webhooks(session& by, std::string_view parameters);

} // namespace tertulia::irc
