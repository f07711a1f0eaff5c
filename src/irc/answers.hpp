// SPDX-License-Identifier: Apache-2.0
// What a session hands on when it hears an answer, a refusal, or a welcome: how these read as
// numerics. The families of verbs that verbs.cpp puts together stand here too.
#pragma once

#include "chat/event.hpp"
#include "chat/question.hpp"
#include "irc/session.hpp"
#include "irc/verbs.hpp"
#include "session/protocol.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::irc {

struct reading_wish; // attention.hpp

// The answer to a question of this session that a line with `verb` asked: everything but history.
// May write listings.
void render_answer(session& to, const chat::answer& what, std::string_view verb);

// The domain said no to a line that began with `verb`, in capitals; "NICK" before registration too.
void render_refusal(session& to, const chat::refused& what, std::string_view verb);

// 353 and 366: of a NAMES line, and of one's own JOIN.
[[nodiscard]] std::unique_ptr<tertulia::session::listing>
names_listing(const session& to, std::shared_ptr<const chat::names_answer> members);

// 332 and 333: of a TOPIC line, and of one's own JOIN. The room has a topic.
void send_topic(session& to, const chat::room_view& of);

// verbs_watching.cpp: MARKREAD, of a line and of one's own JOIN; 730 and 731 of who comes and goes.
void send_marker(session& to, const base::name& target, std::optional<base::wall_time> read_to);
void send_presence(session& to, const chat::presence_changed& what);

// verbs_language.cpp: "es", or empty for the server's.
void choose_language(session& by, std::string_view code);
void say_language(session& to, std::string_view code);

// verbs_session.cpp
void send_persistence(session& to, std::string_view wish);

// verbs_sanction.cpp, verbs_report.cpp, verbs_silence.cpp: what the order on the server tells.
void say_sanction(session& to, const chat::sanction_told& what);
void say_words_changed(session& to, const chat::words_changed& what); // verbs_words.cpp
void say_report(session& to, const chat::reported& what);
void say_announcement(session& to, const chat::announced& what);
void say_silence(session& to, const chat::silence_changed& what);
void say_push(session& to, const chat::push_saved& what); // verbs_push.cpp
// verbs_token.cpp
void hand_reading_pass(session& to, const reading_wish& wish, const chat::history_answer& what);
// Lines of a list that has no numerics, a NOTICE each.
void list_notices(session& to, std::vector<std::string> texts);

// Parts of what greets a newcomer, and of their own verbs.
void send_isupport(session& to);
void send_lusers(session& to, const chat::counts_answer& counts);
void send_motd(session& to);
// 381 and the mode of a person: she is an operator from now on, or is none any more.
void send_operator(session& to, bool is_one);

[[nodiscard]] std::span<const verb> account_verbs();
[[nodiscard]] std::span<const verb> batch_verbs();
[[nodiscard]] std::span<const verb> capability_verbs();
[[nodiscard]] std::span<const verb> change_verbs();
[[nodiscard]] std::span<const verb> connection_verbs();
[[nodiscard]] std::span<const verb> message_verbs();
[[nodiscard]] std::span<const verb> history_verbs();
[[nodiscard]] std::span<const verb> room_verbs();
[[nodiscard]] std::span<const verb> keeping_verbs();
[[nodiscard]] std::span<const verb> people_verbs();
[[nodiscard]] std::span<const verb> search_verbs();
[[nodiscard]] std::span<const verb> server_verbs();
[[nodiscard]] std::span<const verb> order_verbs();
[[nodiscard]] std::span<const verb> sanction_verbs();
[[nodiscard]] std::span<const verb> word_verbs();
[[nodiscard]] std::span<const verb> report_verbs();
[[nodiscard]] std::span<const verb> silence_verbs();
[[nodiscard]] std::span<const verb> push_verbs();
[[nodiscard]] std::span<const verb> session_verbs();
[[nodiscard]] std::span<const verb> token_verbs();
[[nodiscard]] std::span<const verb> metadata_verbs();
[[nodiscard]] std::span<const verb> language_verbs();
[[nodiscard]] std::span<const verb> watching_verbs();

} // namespace tertulia::irc
