// SPDX-License-Identifier: Apache-2.0
// How each kind of answer reads; render_answer (answers.cpp) picks the overload.
#pragma once

#include "chat/question.hpp"
#include "irc/session.hpp"

#include <string_view>

namespace tertulia::irc {

// answers_room.cpp
void render(session& to, const chat::names_answer& what);
void render(session& to, const chat::room_answer& what);
void render(session& to, const chat::rooms_answer& what);
void render(session& to, const chat::mask_list_answer& what);
void render(session& to, const chat::invitations_answer& what);

// answers_people.cpp
void render(session& to, const chat::who_answer& what);
void render(session& to, const chat::whois_answer& what);
void render(session& to, const chat::whowas_answer& what);
void render(session& to, const chat::present_answer& what);
void render(session& to, const chat::self_answer& what);

// verbs_watching.cpp
void render(session& to, const chat::marker_answer& what);
void render(session& to, const chat::watched_answer& what);

// verbs_metadata.cpp, nickserv_sessions.cpp
void render(session& to, const chat::metadata_answer& what);
void render(session& to, const chat::sessions_answer& what);
void render(session& to, const chat::certificates_answer& what);

// verbs_sanction.cpp, verbs_report.cpp, verbs_silence.cpp
void render(session& to, const chat::sanctions_answer& what);
void say_bad_time(session& by, std::string_view verb, std::string_view typed);
// True: it was asked after a MUTE, whose operator is told where nobody is there.
bool say_if_absent(session& to, const chat::whois_answer& what, std::string_view verb);
void render(session& to, const chat::reports_answer& what);
void render(session& to, const chat::moderation_answer& what);
void render(session& to, const chat::silences_answer& what);
// verbs_words.cpp
void render(session& to, const chat::words_answer& what);
// nickserv_bots.cpp
void render(session& to, const chat::tokens_answer& what);
void render(session& to, const chat::webhooks_answer& what);

} // namespace tertulia::irc
