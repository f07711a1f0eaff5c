// SPDX-License-Identifier: Apache-2.0
// AUTHENTICATE CODE REGISTER: becoming somebody (IRCv3 sasl-3.1, sasl-3.2,
// draft/account-registration).
#include "base/base64.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/greeting.hpp"
#include "irc/lines.hpp"
#include "irc/particulars.hpp"
#include "irc/services.hpp"
#include "irc/verbs.hpp"
#include "irc/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace tertulia::irc {
namespace {

namespace asked = tertulia::session;
using wire::irc_line;

void say(session& by, std::string_view message) {
    for (const std::string& line : sasl_lines(message)) {
        by.line(fmt::format("AUTHENTICATE {}", line));
    }
}

void fail(session& by, base::text_key why) {
    by.attend().sasl.reset();
    by.reply(numeric::err_saslfail, {}, by.text(why));
}

// Who logs in again as who she is has nothing to change.
void succeed(session& by, const asked::proved& who) {
    by.attend().sasl.reset();
    const bool is_already = by.self() != nullptr && by.self()->person == who.as.account;
    if (is_already) {
        send_logged_in(by, who.account.display);
    } else {
        by.become(who);
    }
    if (is_already || !by.registered()) {
        by.reply(numeric::rpl_saslsuccess, {}, by.text(base::text_key::irc_sasl_success));
    }
}

void hear_password(session& by, const asked::credential_answer& answer) {
    if (const auto* const who = std::get_if<asked::proved>(&answer)) {
        succeed(by, *who);
        return;
    }
    by.attend().sasl.reset();
    say_not_proved(by, std::get<asked::not_proved>(answer), face::sasl, {});
}

void take_plain(session& by, std::string_view message) {
    auto said = read_sasl_plain(message);
    if (!said) {
        fail(by, base::text_key::irc_sasl_bad_message);
        return;
    }
    if (!said->authorization.empty() &&
        base::fold(said->authorization) != base::fold(said->account)) {
        fail(by, base::text_key::irc_login_failed);
        return;
    }
    by.ask_check(asked::password_check{std::move(said->account), std::move(said->password)},
                 face::sasl, hear_password);
}

// A refusal in SCRAM's own words goes before the numeric.
void refuse_scram(session& by, const asked::not_proved& why) {
    if (!why.scram_final.empty()) {
        say(by, why.scram_final);
    }
    by.attend().sasl.reset();
    say_not_proved(by, why, face::sasl, {});
}

void hear_challenge(session& by, const asked::credential_answer& answer) {
    if (const auto* const challenge = std::get_if<asked::scram_challenge>(&answer)) {
        by.attend().sasl->begun = challenge->begun;
        say(by, challenge->server_first);
    } else {
        refuse_scram(by, std::get<asked::not_proved>(answer));
    }
}

// The client checks the server's proof before it goes on.
void hear_proof(session& by, const asked::credential_answer& answer) {
    if (const auto* const who = std::get_if<asked::proved>(&answer)) {
        by.attend().sasl->proved = *who;
        say(by, who->scram_final);
    } else {
        refuse_scram(by, std::get<asked::not_proved>(answer));
    }
}

void take_scram(session& by, std::string message) {
    sasl_exchange& of = *by.attend().sasl;
    if (of.proved) {
        const asked::proved who = *of.proved;
        message.empty() ? succeed(by, who) : fail(by, base::text_key::irc_sasl_bad_message);
    } else if (of.begun) {
        by.ask_check(asked::scram_finish{of.begun, std::move(message)}, face::sasl, hear_proof);
    } else {
        by.ask_check(asked::scram_start{std::move(message)}, face::sasl, hear_challenge);
    }
}

// RFC 4422, appendix A: what is said is whom she wants to act as, or nothing.
void take_external(session& by, std::string_view message) {
    const auto who = by.outside();
    if (!who && by.rare() != nullptr && !by.rare()->certificate.empty()) {
        by.ask_check(asked::certificate_check{by.rare()->certificate, std::string(message)},
                     face::sasl, hear_password);
        return;
    }
    if (!who || (!message.empty() && base::fold(message) != who->account.key)) {
        fail(by, base::text_key::irc_login_failed);
        return;
    }
    succeed(by, *who);
}

// RFC 4422, 3.1: how mechanisms are named. What reads otherwise is a message that none waits for.
bool is_mechanism_name(std::string_view typed) {
    constexpr std::size_t name_size_max = 20;
    return !typed.empty() && typed.size() <= name_size_max &&
           std::ranges::all_of(in_capitals(typed), [](char one) {
               return (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') || one == '-' ||
                      one == '_';
           });
}

void begin_sasl(session& by, std::string_view mechanism) {
    if (!is_mechanism_name(mechanism)) {
        fail(by, base::text_key::irc_sasl_out_of_order);
        return;
    }
    const auto how = find_sasl_mechanism(by.rules(), outside_of(by), mechanism);
    if (!how) {
        by.reply(numeric::rpl_saslmechs, {sasl_mechanisms(by.rules(), outside_of(by))},
                 by.text(base::text_key::irc_sasl_mechanisms));
        fail(by, base::text_key::irc_sasl_unknown);
        return;
    }
    by.attend().sasl.emplace(sasl_exchange{*how, {}, {}, {}});
    by.line("AUTHENTICATE +");
}

void go_on_with_sasl(session& by, std::string_view typed) {
    sasl_exchange& of = *by.attend().sasl;
    if (typed.size() > sasl_line_size ||
        of.gathered.size() + typed.size() > base::limits::sasl_message_size_max) {
        by.attend().sasl.reset();
        by.reply(numeric::err_sasltoolong, {}, by.text(base::text_key::irc_sasl_too_long));
        return;
    }
    of.gathered += typed == "+" ? "" : typed;
    if (typed.size() == sasl_line_size) {
        return;
    }
    auto message = base::from_base64(std::exchange(of.gathered, {}));
    if (!message) {
        fail(by, base::text_key::irc_sasl_no_base64);
    } else if (of.how == sasl_mechanism::plain) {
        take_plain(by, *message);
    } else if (of.how == sasl_mechanism::external) {
        take_external(by, *message);
    } else {
        take_scram(by, std::move(*message));
    }
}

void authenticate(session& by, const irc_line& line) {
    const std::string_view typed = line.parameter[0];
    if (typed == "*") {
        by.attend().sasl.reset();
        by.reply(numeric::err_saslaborted, {}, by.text(base::text_key::irc_sasl_aborted));
    } else if (by.attend().sasl) {
        go_on_with_sasl(by, typed);
    } else {
        begin_sasl(by, typed);
    }
}

// The wish, or "*" for the nickname that she has.
std::optional<base::name> account_name(const session& by, std::string_view typed) {
    if (typed != "*") {
        auto made = base::make_nickname(typed);
        return made ? std::optional(std::move(*made)) : std::nullopt;
    }
    if (by.self() != nullptr) {
        return by.self()->nickname;
    }
    return by.before_registration()->nickname;
}

void register_account(session& by, const irc_line& line) {
    const std::string_view typed = line.parameter[0];
    const auto name = account_name(by, typed);
    if (!name) {
        const bool no_nickname = typed == "*";
        by.fail(face::registration, no_nickname ? "NEED_NICK" : "BAD_ACCOUNT_NAME", {typed},
                by.text(no_nickname ? base::text_key::irc_no_nickname_given
                                    : base::text_key::irc_bad_nickname));
        return;
    }
    make_account(by, *name, std::string(line.parameter[2]), face::registration);
}

// Kept for REGISTER; whether it is a good one is seen there.
void take_code(session& by, const irc_line& line) {
    by.more().account_code =
        base::truncate_utf8(words_from(line, 0), base::limits::password_size_max);
    by.line(fmt::format(":{} NOTICE {} :{}", by.rules().server_name, by.nickname(),
                        by.text(base::text_key::irc_code_kept)));
}

constexpr auto rows = std::to_array<verb>({
    {"AUTHENTICATE", 1, phase::both, authenticate},
    {"CODE", 1, phase::both, take_code},
    {"REGISTER", 3, phase::both, register_account},
});

} // namespace

void abort_sasl(session& by) {
    if (by.attend().sasl) {
        by.attend().sasl.reset();
        by.reply(numeric::err_saslaborted, {}, by.text(base::text_key::irc_sasl_aborted));
    }
}

std::span<const verb> account_verbs() { return rows; }

} // namespace tertulia::irc
