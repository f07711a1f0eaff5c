// SPDX-License-Identifier: Apache-2.0
// /msg NickServ REGISTER|IDENTIFY|PASSWORD|LOGOUT|DROP|REPORT|HELP…, as clients have done it for
// decades. Nothing is kept here: each is the command that IRCv3's verbs give.
#include "irc/nickserv.hpp"

#include "base/text.hpp"
#include "irc/lines.hpp"
#include "irc/particulars.hpp"
#include "irc/services.hpp"
#include "irc/words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace tertulia::irc {
namespace {

namespace asked = tertulia::session;
using base::text_key;

void say(session& by, text_key what) { notice_from(by, service_name, by.text(what)); }

// The text without its last word and the blanks before it; empty: it is one word.
std::string_view without_last_word(std::string_view text) {
    const std::size_t blank = std::min(text.rfind(' '), text.size());
    return blank == text.size() ? std::string_view()
                                : text.substr(0, text.find_last_not_of(' ', blank) + 1);
}

std::string_view last_word(std::string_view text) { return text.substr(text.rfind(' ') + 1); }

bool looks_like_email(std::string_view word) {
    const std::size_t at = word.find('@');
    const std::string_view host = at == word.npos ? std::string_view() : word.substr(at + 1);
    const std::size_t dot = host.rfind('.');
    return at > 0 && !host.contains('@') && dot != host.npos && dot > 0 && dot + 1 < host.size();
}

// "password address" and "password address code" are what other networks taught; nothing where no
// address stands there.
std::optional<std::string> without_email(const session& by, std::string_view typed) {
    const std::string_view before = without_last_word(typed);
    if (before.empty()) {
        return std::nullopt;
    }
    if (looks_like_email(last_word(typed))) {
        return std::string(before);
    }
    const std::string_view password = without_last_word(before);
    const bool code_last = by.rules().registration == asked::registration::by_code &&
                           (by.rare() == nullptr || by.rare()->account_code.empty());
    if (!code_last || password.empty() || !looks_like_email(last_word(before))) {
        return std::nullopt;
    }
    return std::string(password) + ' ' + std::string(last_word(typed));
}

void do_register(session& by, std::string_view parameters) {
    if (parameters.empty()) {
        say(by, text_key::nickserv_register_usage);
        return;
    }
    const auto shorter = without_email(by, parameters);
    if (shorter) {
        say(by, text_key::nickserv_no_email);
    }
    make_account(by, by.self()->nickname, shorter.value_or(std::string(parameters)),
                 face::nickserv_register);
}

// "password", or "account password".
void do_identify(session& by, std::string_view parameters) {
    const split two = split_first(parameters);
    const bool named = !two.rest.empty();
    if (parameters.empty()) {
        say(by, text_key::nickserv_identify_usage);
        return;
    }
    identify(by, named ? two.first : by.nickname(), named ? two.rest : parameters);
}

// Takes "…" off the front, and the blanks behind it; "\"" and "\\" stand for themselves. Nothing:
// no such thing stands there.
std::optional<std::string> take_quoted(std::string_view& text) {
    if (!text.starts_with('"')) {
        return std::nullopt;
    }
    std::string inside;
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] == '"') {
            const std::string_view rest = text.substr(at + 1);
            if (!rest.empty() && !rest.starts_with(' ')) {
                return std::nullopt;
            }
            text = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
            return inside;
        }
        const bool escapes = text[at] == '\\' && at + 1 < text.size() &&
                             (text[at + 1] == '"' || text[at + 1] == '\\');
        at += escapes ? 1 : 0;
        inside += text[at];
    }
    return std::nullopt;
}

// Old and new: words, or in quotes. What is in quotes only by half is taken as words.
std::optional<std::pair<std::string, std::string>> read_passwords(std::string_view typed) {
    std::string_view rest = typed;
    auto old = take_quoted(rest);
    if (!old) {
        const split two = split_first(typed);
        old = std::string(two.first);
        rest = two.rest;
    }
    std::string_view behind = rest;
    auto fresh = take_quoted(behind);
    if (!fresh || !behind.empty()) {
        fresh = std::string(rest);
    }
    return fresh->empty() ? std::nullopt : std::optional(std::pair(std::move(*old), *fresh));
}

void do_password(session& by, std::string_view parameters) {
    const auto both = read_passwords(parameters);
    if (!both) {
        say(by, text_key::nickserv_password_usage);
    } else if (!by.self()->registered) {
        say(by, text_key::irc_not_logged_in);
    } else {
        by.ask_check(asked::password_change{std::string(by.nickname()), both->first, both->second},
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

void do_set(session& by, std::string_view parameters) {
    const split what = split_first(parameters);
    do_password(by, in_capitals(what.first) == "PASSWORD" ? what.rest : std::string_view());
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

void do_help(session& by, std::string_view about);

struct command_row {
    std::string_view name;
    void (*handle)(session& by, std::string_view parameters);
    text_key usage;
};
constexpr auto rows = std::to_array<command_row>({
    {"REGISTER", do_register, text_key::nickserv_register_usage},
    {"IDENTIFY", do_identify, text_key::nickserv_identify_usage},
    {"LOGIN", do_identify, text_key::nickserv_identify_usage},
    {"PASSWORD", do_password, text_key::nickserv_password_usage},
    {"PASSWD", do_password, text_key::nickserv_password_usage},
    {"SET", do_set, text_key::nickserv_password_usage},
    {"LOGOUT", do_logout, text_key::nickserv_logout_usage},
    {"SESSIONS", do_sessions, text_key::nickserv_sessions_usage},
    {"GHOST", do_ghost, text_key::nickserv_regain_usage},
    {"RECOVER", do_regain, text_key::nickserv_regain_usage},
    {"REGAIN", do_regain, text_key::nickserv_regain_usage},
    {"RELEASE", do_regain, text_key::nickserv_regain_usage},
    {"INFO", do_info, text_key::nickserv_info_usage},
    {"STATUS", do_status, text_key::nickserv_status_usage},
    {"ACC", do_acc, text_key::nickserv_status_usage},
    {"CERT", do_certificates, text_key::nickserv_cert_usage},
    {"TOKEN", do_tokens, text_key::nickserv_token_usage},
    {"WEBHOOK", do_webhooks, text_key::nickserv_webhook_usage},
    {"DROP", do_drop, text_key::nickserv_drop_usage},
    {"UNREGISTER", do_drop, text_key::nickserv_drop_usage},
    {"CLAIM", do_claim, text_key::nickserv_claim_usage},
    {"REPORT", do_report, text_key::nickserv_report_usage},
    {"HELP", do_help, text_key::nickserv_help},
});

const command_row* find_row(std::string_view typed) {
    const std::string name = in_capitals(typed);
    const auto* const row = std::ranges::find(rows, std::string_view(name), &command_row::name);
    return row == rows.end() ? nullptr : row;
}

// Of one command, or of all of them: each line once, and not what only the first operator needs.
void do_help(session& by, std::string_view about) {
    const std::string_view word = split_first(about).first;
    const command_row* const one = find_row(word);
    if (one != nullptr && one->handle != do_help) {
        say(by, one->usage);
        return;
    }
    if (one == nullptr && !word.empty() && !is_service(by, word)) {
        say(by, text_key::nickserv_unknown);
        return;
    }
    say(by, text_key::nickserv_help);
    text_key before = text_key::nickserv_help;
    for (const command_row& row : rows) {
        if (row.usage != before && row.handle != do_claim && row.handle != do_set &&
            row.handle != do_help) {
            say(by, row.usage);
            before = row.usage;
        }
    }
}

} // namespace

void identify(session& by, std::string_view account, std::string_view password) {
    by.ask_check(asked::password_check{std::string(account), std::string(password)},
                 face::nickserv_identify, [](session& to, const asked::credential_answer& answer) {
                     if (const auto* const who = std::get_if<asked::proved>(&answer)) {
                         to.become(*who);
                     } else {
                         say_not_proved(to, std::get<asked::not_proved>(answer),
                                        face::nickserv_identify, {});
                     }
                 });
}

std::string_view without_server(const session& by, std::string_view target) {
    const std::size_t at = std::min(target.find('@'), target.size());
    const std::string server = base::fold(target.substr(std::min(at + 1, target.size())));
    const bool ours =
        server.starts_with("services.") || server == base::fold(by.rules().server_name);
    return ours ? target.substr(0, at) : target;
}

bool is_service(const session& by, std::string_view target) {
    return base::fold(without_server(by, target)) == base::fold(service_name);
}

void tell_service(session& by, std::string_view text) {
    if (is_ctcp(text)) {
        return;
    }
    const split said = split_first(text);
    const command_row* const row = find_row(said.first);
    if (said.first.empty()) {
        do_help(by, {});
    } else if (row == nullptr) {
        say(by, text_key::nickserv_unknown);
    } else {
        row->handle(by, said.rest);
    }
}

} // namespace tertulia::irc
