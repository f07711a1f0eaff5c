// SPDX-License-Identifier: Apache-2.0
// CLAIM OPER KILL: order on the whole server. Operators are accounts with rights, so that logging
// in is all it takes; who may do what is the heart's to say.
#include "base/limits.hpp"
#include "irc/answers.hpp"
#include "irc/lines.hpp"
#include "irc/sending.hpp"
#include "irc/services.hpp"
#include "irc/verbs.hpp"
#include "irc/words.hpp"
#include "session/scrutiny.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>
#include <variant>

namespace tertulia::irc {
namespace {

namespace asked = tertulia::session;
using base::text_key;
using wire::irc_line;

void claim(session& by, const irc_line& line) {
    claim_server(by, std::string(line.parameter[0]), face::claim);
}

// Who is one already is told what she may do. Others log in, as with SASL or NickServ.
void hear_password(session& by, const asked::credential_answer& answer) {
    const auto* const who = std::get_if<asked::proved>(&answer);
    if (who == nullptr) {
        say_not_proved(by, std::get<asked::not_proved>(answer), face::oper, {});
    } else if (by.self()->registered) {
        by.reply(numeric::err_nooperhost, {}, by.text(text_key::irc_oper_is_account));
    } else {
        by.become(*who);
    }
}

void oper(session& by, const irc_line& line) {
    if (by.self()->is_operator) {
        by.submit(chat::question{chat::ask_self{}});
        return;
    }
    by.ask_check(
        asked::password_check{std::string(line.parameter[0]), std::string(line.parameter[1])},
        face::oper, hear_password);
}

void kill(session& by, const irc_line& line) {
    by.submit(chat::command{chat::kill{name_to_find(line.parameter[0]),
                                       parameter_or_empty(line, 1, base::limits::reason_size_max),
                                       chat::authority::own}});
}

constexpr std::array verbs{
    verb{"CLAIM", 1, phase::after, claim},
    verb{"KILL", 1, phase::after, kill},
    verb{"OPER", 2, phase::after, oper},
};

} // namespace

void claim_server(session& by, std::string code, std::string_view verb) {
    if (!by.self()->registered) {
        say_claim_refused(by, "ACCOUNT_REQUIRED", text_key::irc_claim_needs_account, verb);
        return;
    }
    by.ask_check(asked::claim_check{std::move(code)}, verb,
                 [verb](session& to, const asked::credential_answer& answer) {
                     if (std::holds_alternative<asked::claim_granted>(answer)) {
                         to.submit(chat::command{chat::claim_server{}});
                     } else {
                         say_not_proved(to, std::get<asked::not_proved>(answer), verb, {});
                     }
                 });
}

void send_operator(session& to, bool is_one) {
    const std::string nickname(to.nickname());
    if (is_one) {
        to.reply(numeric::rpl_youreoper, {}, to.text(text_key::irc_is_operator));
    }
    to.line(fmt::format(":{} MODE {} :{}o", nickname, nickname, is_one ? '+' : '-'));
}

// When it ends stands in the line, too: "*", never by itself.
void say_objection(session& by, const asked::objected& what, std::string_view verb) {
    std::string end = "*";
    if (what.until) {
        end.clear();
        wire::append_timestamp(*what.until, end);
    }
    by.fail(verb, what.why == asked::objection::word ? "WORD_REFUSED" : "NEWCOMER_WAITS", {end},
            asked::in_words(by.language(), what));
}

bool polite(session& by, chat::command& what, std::string_view verb) {
    const asked::verdict found =
        asked::scrutinise(by.rules().manners, by.self(), what, by.now().wall);
    if (found.met && by.registered()) {
        by.submit(chat::command{chat::meet_word{*found.met}});
    }
    if (!found.against) {
        return true;
    }
    const auto* const words = std::get_if<chat::speak>(&what);
    if (words == nullptr) {
        verb.contains(' ')
            ? notice_from(by, service_name, asked::in_words(by.language(), *found.against))
            : say_objection(by, *found.against, verb);
    } else if (words->kind != chat::message_kind::notice) { // RFC 2812, 3.3.2
        const bool tags = words->kind == chat::message_kind::tags;
        say_objection(by, *found.against, tags ? "TAGMSG" : "PRIVMSG");
    }
    return false;
}

std::span<const verb> order_verbs() { return verbs; }

} // namespace tertulia::irc
