// SPDX-License-Identifier: Apache-2.0
// /msg NickServ REGISTER|IDENTIFY|PASSWORD|LOGOUT|DROP|REPORT|HELP, as clients have done it for
// decades. Nothing is kept here: each is the command that IRCv3's verbs give.
#include "irc/nickserv.hpp"

#include "base/text.hpp"
#include "irc/lines.hpp"
#include "irc/services.hpp"
#include "irc/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <variant>

namespace tertulia::irc {
namespace {

namespace asked = tertulia::session;
using base::text_key;

void say(session& by, text_key what) { notice_from(by, service_name, by.text(what)); }

void do_register(session& by, std::string_view parameters) {
    if (parameters.empty()) {
        say(by, text_key::nickserv_register_usage);
    } else {
        make_account(by, by.self()->nickname, std::string(parameters), face::nickserv_register);
    }
}

// "password", or "account password".
void do_identify(session& by, std::string_view parameters) {
    const split two = split_first(parameters);
    const bool named = !two.rest.empty();
    if (parameters.empty()) {
        say(by, text_key::nickserv_identify_usage);
        return;
    }
    by.ask_check(asked::password_check{std::string(named ? two.first : by.nickname()),
                                       std::string(named ? two.rest : parameters)},
                 face::nickserv_identify, [](session& to, const asked::credential_answer& answer) {
                     if (const auto* const who = std::get_if<asked::proved>(&answer)) {
                         to.become(*who);
                     } else {
                         say_not_proved(to, std::get<asked::not_proved>(answer),
                                        face::nickserv_identify, {});
                     }
                 });
}

void do_password(session& by, std::string_view parameters) {
    const split two = split_first(parameters);
    if (two.rest.empty()) {
        say(by, text_key::nickserv_password_usage);
    } else if (!by.self()->registered) {
        say(by, text_key::irc_not_logged_in);
    } else {
        by.ask_check(asked::password_change{std::string(by.nickname()), std::string(two.first),
                                            std::string(two.rest)},
                     face::nickserv_password,
                     [](session& to, const asked::credential_answer& answer) {
                         if (const auto* const made = std::get_if<asked::hashed>(&answer)) {
                             to.submit(chat::change_credentials{made->by, made->what});
                         } else {
                             say_not_proved(to, std::get<asked::not_proved>(answer),
                                            face::nickserv_password, {});
                         }
                     });
    }
}

void do_logout(session& by, std::string_view which) {
    if (!by.self()->registered) {
        say(by, text_key::irc_not_logged_in);
        return;
    }
    if (!which.empty()) {
        do_logout_of(by, which);
        return;
    }
    by.submit_as(chat::end_other_sessions{}, face::nickserv_logout);
    say(by, text_key::nickserv_others_out);
}

void do_drop(session& by, std::string_view parameters) {
    if (parameters.empty()) {
        say(by, text_key::nickserv_drop_usage);
    } else if (!by.self()->registered) {
        say(by, text_key::irc_not_logged_in);
    } else {
        by.ask_check(asked::password_check{std::string(by.nickname()), std::string(parameters)},
                     face::nickserv_drop, [](session& to, const asked::credential_answer& answer) {
                         if (const auto* const who = std::get_if<asked::proved>(&answer)) {
                             to.submit(chat::end_account{who->as});
                         } else {
                             say_not_proved(to, std::get<asked::not_proved>(answer),
                                            face::nickserv_drop, {});
                         }
                     });
    }
}

void do_claim(session& by, std::string_view parameters) {
    if (parameters.empty()) {
        say(by, text_key::nickserv_claim_usage);
    } else {
        claim_server(by, std::string(parameters), face::nickserv_claim);
    }
}

void do_report(session& by, std::string_view parameters) {
    const split two = split_first(parameters);
    if (two.rest.empty()) {
        say(by, text_key::nickserv_report_usage);
    } else {
        by.submit_as(chat::file_report{name_to_find(two.first), {}, std::string(two.rest)},
                     face::nickserv_report);
    }
}

void do_help(session& by, std::string_view /*none*/) {
    for (const text_key line : {text_key::nickserv_help, text_key::nickserv_register_usage,
                                text_key::nickserv_identify_usage,
                                text_key::nickserv_password_usage, text_key::nickserv_logout_usage,
                                text_key::nickserv_sessions_usage, text_key::nickserv_cert_usage,
                                text_key::nickserv_token_usage, text_key::nickserv_webhook_usage,
                                text_key::nickserv_drop_usage, text_key::nickserv_report_usage}) {
        say(by, line);
    }
}

struct command_row {
    std::string_view name;
    void (*handle)(session& by, std::string_view parameters);
};
constexpr auto rows = std::to_array<command_row>({
    {"REGISTER", do_register},
    {"IDENTIFY", do_identify},
    {"LOGIN", do_identify},
    {"PASSWORD", do_password},
    {"PASSWD", do_password},
    {"LOGOUT", do_logout},
    {"SESSIONS", do_sessions},
    {"CERT", do_certificates},
    {"TOKEN", do_tokens},
    {"WEBHOOK", do_webhooks},
    {"DROP", do_drop},
    {"UNREGISTER", do_drop},
    {"CLAIM", do_claim},
    {"REPORT", do_report},
    {"HELP", do_help},
});

} // namespace

bool is_service(std::string_view target) { return base::fold(target) == base::fold(service_name); }

void tell_service(session& by, std::string_view text) {
    const split said = split_first(text);
    const std::string name = in_capitals(said.first);
    const auto* const row = std::ranges::find(rows, name, &command_row::name);
    if (row == rows.end()) {
        say(by, text_key::nickserv_unknown);
    } else {
        row->handle(by, said.rest);
    }
}

} // namespace tertulia::irc
