// SPDX-License-Identifier: Apache-2.0
#include "irc/services.hpp"

#include "base/limits.hpp"
#include "base/network.hpp"
#include "base/text.hpp"
#include "crypto/code.hpp"
#include "irc/answers.hpp"
#include "irc/greeting.hpp"
#include "session/order_texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace tertulia::irc {
namespace {

using base::text_key;
using chat::reason;
using tertulia::session::doubt;

constexpr std::string_view nickserv = service_name;

bool by_nickserv(std::string_view verb) { return verb.starts_with(nickserv); }

// What REGISTER's FAIL line calls it (draft/account-registration).
struct registration_fault {
    reason why;
    std::string_view code;
    text_key text;
};
constexpr std::array registration_faults{
    registration_fault{reason::nickname_in_use, "ACCOUNT_EXISTS", text_key::irc_nickname_in_use},
    registration_fault{reason::nickname_registered, "ACCOUNT_EXISTS", text_key::irc_account_exists},
    registration_fault{reason::nickname_looks_alike, "ACCOUNT_EXISTS",
                       text_key::irc_nickname_looks_alike},
    registration_fault{reason::nickname_banned, "BAD_ACCOUNT_NAME",
                       text_key::order_nickname_banned},
    registration_fault{reason::logged_in_already, "ALREADY_AUTHENTICATED",
                       text_key::irc_logged_in_already},
    registration_fault{reason::registration_closed, "TEMPORARILY_UNAVAILABLE",
                       text_key::irc_registration_closed},
    registration_fault{reason::code_required, "INVITATION_REQUIRED", text_key::irc_code_required},
    registration_fault{reason::code_wrong, "INVALID_INVITATION", text_key::irc_code_wrong},
    registration_fault{reason::no_more_accounts, "TEMPORARILY_UNAVAILABLE",
                       text_key::irc_no_more_accounts},
};

std::string doubt_text(const session& to, const tertulia::session::not_proved& what) {
    switch (what.why) {
    case doubt::suspended: return std::string(to.text(text_key::irc_account_suspended));
    case doubt::slowed_down:
        return to.say(text_key::irc_guesses_slowed, {std::to_string(what.wait.count())});
    case doubt::password_unusable:
        return to.say(text_key::irc_password_unusable,
                      {std::to_string(base::limits::password_size_max)});
    case doubt::failed: return std::string(to.text(text_key::irc_server_busy));
    default: return std::string(to.text(text_key::irc_login_failed));
    }
}

std::string_view plain_refusal(const session& to, const chat::refused& what) {
    const auto* const row =
        std::ranges::find(registration_faults, what.why, &registration_fault::why);
    if (row != registration_faults.end()) {
        return to.text(row->text);
    }
    switch (what.why) {
    case reason::account_suspended: return to.text(text_key::irc_account_suspended);
    case reason::claimed_already: return to.text(text_key::irc_claimed_already);
    case reason::no_such_nickname: return to.text(text_key::irc_no_such_nickname);
    case reason::is_oneself: return to.text(text_key::order_is_oneself);
    case reason::too_many_reports: return to.text(text_key::order_too_many_reports);
    case reason::not_logged_in: return to.text(text_key::irc_not_logged_in);
    case reason::no_such_session: return to.text(text_key::nickserv_no_such_session);
    case reason::certificate_known: return to.text(text_key::nickserv_certificate_known);
    case reason::certificate_taken: return to.text(text_key::nickserv_certificate_taken);
    case reason::no_such_certificate: return to.text(text_key::nickserv_no_such_certificate);
    case reason::too_many_certificates: return to.text(text_key::nickserv_many_certificates);
    case reason::token_known: return to.text(text_key::nickserv_token_known);
    case reason::no_such_token: return to.text(text_key::nickserv_no_such_token);
    case reason::too_many_tokens: return to.text(text_key::nickserv_many_tokens);
    case reason::webhook_known: return to.text(text_key::nickserv_webhook_known);
    case reason::no_such_webhook: return to.text(text_key::nickserv_no_such_webhook);
    case reason::too_many_webhooks: return to.text(text_key::nickserv_many_webhooks);
    case reason::no_such_room: return to.text(text_key::irc_no_such_room);
    case reason::not_in_room: return to.text(text_key::irc_not_in_room);
    case reason::needs_operator: return to.text(text_key::irc_needs_operator);
    case reason::no_space: return to.text(text_key::irc_no_space);
    case reason::busy: return to.text(text_key::irc_server_busy);
    default: return to.text(text_key::irc_login_failed);
    }
}

std::string refusal_text(const session& to, const chat::refused& what) {
    if (what.why == reason::muted || what.why == reason::server_banned) {
        return tertulia::session::in_words(to.language(), what);
    }
    return std::string(plain_refusal(to, what));
}

} // namespace

void notice_from(session& to, std::string_view service, std::string_view text) {
    to.line(fmt::format(":{}!{}@{} NOTICE {} :{}", service, service, to.rules().server_name,
                        to.nickname(), text));
}

void send_logged_in(session& to, std::string_view account) {
    const chat::card* const self = to.self();
    const std::string whole =
        self == nullptr ? "*!*@*" : fmt::format("{}!{}@{}", to.nickname(), self->user, self->host);
    to.reply(numeric::rpl_loggedin, {whole, account}, to.say(text_key::irc_logged_in, {account}));
}

void say_registered(session& to, const chat::registered& what, std::string_view verb) {
    const std::string_view account = what.name.display;
    if (verb == face::nickserv_password) {
        notice_from(to, nickserv, to.text(text_key::irc_password_changed));
    } else if (by_nickserv(verb)) {
        notice_from(to, nickserv, to.say(text_key::irc_account_made, {account}));
    } else {
        to.line(fmt::format(":{} REGISTER SUCCESS {} :{}", to.rules().server_name, account,
                            to.say(text_key::irc_account_made, {account})));
    }
}

void say_logged_in(session& to, std::string_view account, std::string_view verb) {
    if (verb == face::sasl) {
        to.reply(numeric::rpl_saslsuccess, {}, to.text(text_key::irc_sasl_success));
    } else if (verb == face::nickserv_identify) {
        notice_from(to, nickserv, to.say(text_key::irc_logged_in, {account}));
    }
}

bool say_account_refusal(session& to, const chat::refused& what, std::string_view verb) {
    if (by_nickserv(verb)) {
        notice_from(to, nickserv, refusal_text(to, what));
    } else if (verb == face::sasl && what.why == reason::logged_in_already) {
        to.reply(numeric::err_saslalready, {}, to.text(text_key::irc_sasl_already));
    } else if (verb == face::sasl) {
        to.reply(numeric::err_saslfail, {}, refusal_text(to, what));
    } else if (verb == face::registration) {
        const auto* const row =
            std::ranges::find(registration_faults, what.why, &registration_fault::why);
        to.fail(verb, row == registration_faults.end() ? "TEMPORARILY_UNAVAILABLE" : row->code,
                {what.a.empty() ? "*" : what.a}, refusal_text(to, what));
    } else {
        return false;
    }
    return true;
}

void say_claim_refused(session& to, std::string_view code, text_key why, std::string_view verb) {
    if (by_nickserv(verb)) {
        notice_from(to, nickserv, to.text(why));
    } else {
        to.fail(verb, code, {}, to.text(why));
    }
}

void say_not_proved(session& to, const tertulia::session::not_proved& what, std::string_view verb,
                    std::string_view account) {
    const std::string text = doubt_text(to, what);
    const bool claims = verb == face::claim || verb == face::nickserv_claim;
    if (claims && what.why == doubt::wrong) {
        say_claim_refused(to, "INVALID_CODE", text_key::irc_claim_wrong, verb);
    } else if (verb == face::claim) {
        to.fail(verb, "TEMPORARILY_UNAVAILABLE", {}, text);
    } else if (verb == face::oper) {
        to.reply(numeric::err_passwdmismatch, {}, text);
    } else if (by_nickserv(verb)) {
        notice_from(to, nickserv, text);
    } else if (verb == face::registration) {
        to.fail(verb,
                what.why == doubt::password_unusable ? "UNACCEPTABLE_PASSWORD"
                                                     : "TEMPORARILY_UNAVAILABLE",
                {account}, text);
    } else {
        to.reply(numeric::err_saslfail, {}, text);
    }
}

namespace {

// The digest of the code that she said before; to NickServ also behind the password.
std::string code_of(const session& by, std::string& password, std::string_view verb) {
    if (by.rare() != nullptr && !by.rare()->account_code.empty()) {
        return crypto::code_digest(by.rare()->account_code);
    }
    const std::size_t blank = password.rfind(' ');
    if (!by_nickserv(verb) || blank == std::string::npos) {
        return {};
    }
    std::string digest = crypto::code_digest(std::string_view(password).substr(blank + 1));
    password.resize(password.find_last_not_of(' ', blank) + 1);
    return digest;
}

} // namespace

// Before registration no way round the server's own password may lead here.
void make_account(session& by, const base::name& name, std::string password,
                  std::string_view verb) {
    const greeting* const told = by.before_registration();
    const bool logged_in = told != nullptr ? told->as.has_value() : by.self()->registered;
    if (logged_in) {
        say_account_refusal(by, {reason::logged_in_already, name.display, {}}, verb);
        return;
    }
    using tertulia::session::registration;
    const registration may = by.rules().registration;
    if (may == registration::closed || (told != nullptr && !told->knows(by.rules().password))) {
        say_account_refusal(by, {reason::registration_closed, name.display, {}}, verb);
        return;
    }
    std::optional<std::string> code;
    if (may == registration::by_code) {
        code = code_of(by, password, verb);
        if (code->empty()) {
            say_account_refusal(by, {reason::code_required, name.display, {}}, verb);
            return;
        }
    }
    std::optional<base::network> from;
    if (told != nullptr) {
        from = base::parse_network(told->from.address);
    }
    by.ask_check(tertulia::session::password_hash{std::move(password)}, verb,
                 [=](session& to, const tertulia::session::credential_answer& answer) {
                     if (const auto* const made = std::get_if<tertulia::session::hashed>(&answer)) {
                         to.submit_as(chat::register_account{name, made->what,
                                                             std::string(to.came_through()), code,
                                                             from},
                                      verb);
                     } else {
                         say_not_proved(to, std::get<tertulia::session::not_proved>(answer), verb,
                                        name.display);
                     }
                 });
}

} // namespace tertulia::irc
