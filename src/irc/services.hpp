// SPDX-License-Identifier: Apache-2.0
// How accounts are spoken of: by the verbs of IRCv3 (REGISTER, AUTHENTICATE) and by NickServ, which
// is a thin face of the same commands for clients that know nothing else. The verb that asked says
// which face answers.
#pragma once

#include "base/catalogue.hpp"
#include "base/name.hpp"
#include "chat/event.hpp"
#include "irc/particulars.hpp"
#include "irc/sasl.hpp"
#include "irc/session.hpp"
#include "session/credentials.hpp"

#include <string>
#include <string_view>

namespace tertulia::irc {

// The verbs that questions about accounts are told by, besides AUTHENTICATE and REGISTER.
namespace face {
inline constexpr std::string_view sasl = "AUTHENTICATE";
inline constexpr std::string_view registration = "REGISTER";
inline constexpr std::string_view nickserv_register = "NickServ REGISTER";
inline constexpr std::string_view nickserv_identify = "NickServ IDENTIFY";
inline constexpr std::string_view nickserv_password = "NickServ PASSWORD";
inline constexpr std::string_view nickserv_logout = "NickServ LOGOUT";
inline constexpr std::string_view nickserv_drop = "NickServ DROP";
inline constexpr std::string_view nickserv_claim = "NickServ CLAIM";
inline constexpr std::string_view nickserv_report = "NickServ REPORT";
inline constexpr std::string_view nickserv_info = "NickServ INFO";
inline constexpr std::string_view nickserv_status = "NickServ STATUS";
inline constexpr std::string_view nickserv_acc = "NickServ ACC";
inline constexpr std::string_view claim = "CLAIM";
inline constexpr std::string_view oper = "OPER";
inline constexpr std::string_view nickserv_certificate = "NickServ CERT";
inline constexpr std::string_view nickserv_token = "NickServ TOKEN";
inline constexpr std::string_view nickserv_webhook = "NickServ WEBHOOK";
} // namespace face

[[nodiscard]] inline outside_proof outside_of(const session& by) {
    const bool certificate = by.rare() != nullptr && !by.rare()->certificate.empty();
    return by.outside() || certificate ? outside_proof::there : outside_proof::none;
}

// 900: the session is that account's.
void send_logged_in(session& to, std::string_view account);

void say_registered(session& to, const chat::registered& what, std::string_view verb);
void say_logged_in(session& to, std::string_view account, std::string_view verb);
// True when the refusal was one of a face's own and has been said.
bool say_account_refusal(session& to, const chat::refused& what, std::string_view verb);
// A check that did not prove it.
void say_not_proved(session& to, const tertulia::session::not_proved& what, std::string_view verb,
                    std::string_view account);

// Hashes the password and makes the account.
void make_account(session& by, const base::name& name, std::string password, std::string_view verb);

// verbs_account.cpp: 906, where a SASL exchange is under way: it logs nobody in any more.
void abort_sasl(session& by);

// verbs_order.cpp: the code of the first start, by the verb or by NickServ.
void claim_server(session& by, std::string code, std::string_view verb);
void say_claim_refused(session& to, std::string_view code, base::text_key why,
                       std::string_view verb);

// playback.cpp
[[nodiscard]] bool is_playback(const session& by, std::string_view target);
void tell_playback(session& by, std::string_view text);
// For accounts whose clients know no history: what people wrote to her that she has neither
// answered nor read elsewhere. As with rooms, it comes again with each connection.
void replay_unread(session& by);

// nickserv.cpp
inline constexpr std::string_view service_name = "NickServ";
// "NickServ", "nickserv@services.example.org", and "NickServ@" with the name of this server.
[[nodiscard]] bool is_service(const session& by, std::string_view target);
[[nodiscard]] std::string_view without_server(const session& by, std::string_view target);
// What programs send to find out about a client, which a service is none of.
[[nodiscard]] inline bool is_ctcp(std::string_view text) { return text.starts_with('\x01'); }
void tell_service(session& by, std::string_view text);
void notice_from(session& to, std::string_view service, std::string_view text);

} // namespace tertulia::irc
