// SPDX-License-Identifier: Apache-2.0
// Who a session is proved to be: questions about credentials, one at a time, and what becomes of a
// session whose account was made, taken up or ended.
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/greeting.hpp"
#include "irc/services.hpp"
#include "irc/session.hpp"
#include "irc/turn.hpp"
#include "session/order_texts.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace tertulia::irc {

void session::ask_check(tertulia::session::credential_query::what_of what, std::string_view verb,
                        check_heard heard) {
    if (attend().check) { // a line to "NickServ,nickserv" asks once
        return;
    }
    turn_->verb = verb;
    attention_->check.emplace(credential_check{
        next_serial(), tertulia::session::credential_query{origin_, std::move(what)},
        std::move(heard)});
    ask_now_if_alone();
}

// Its answer must not come before those of the commands before it.
void session::ask_now_if_alone() {
    std::optional<credential_check>& check = attention_->check;
    if (check && check->query && attention_->answers.in_flight() == 1) {
        turn_->out.check = *std::exchange(check->query, std::nullopt);
    }
}

void session::deliver_check(const tertulia::session::credential_answer& answer, base::moment now,
                            tertulia::session::output& out) {
    turn under_way(*this, now, out);
    const credential_check done = *std::exchange(attention_->check, std::nullopt);
    under_way.why = cause::answer;
    under_way.verb = attention_->answers.verb_of(done.serial);
    under_way.follows = done.serial;
    done.heard(*this, answer);
    if (under_way.follows) { // no command took it over
        attention_->answers.finish(done.serial, out);
    }
}

void session::become(const tertulia::session::proved& who) {
    if (greeting_) {
        greeting_->as = who.as;
        send_logged_in(*this, who.account.display);
    } else {
        submit(chat::log_in{who.as, std::string(door_)});
    }
}

void session::hear_registered(const chat::event& of, const chat::registered& what) {
    say_registered(*this, what, attention_->answers.verb_of(of.cause.serial));
    if (greeting_) {
        greeting_->as = what.as;
        send_logged_in(*this, what.name.display);
    }
}

// Said under the nickname of before; the line that changes it follows.
void session::hear_logged_in(const chat::event& of, const chat::logged_in& what) {
    const bool asked = mine(of) && attention_;
    send_logged_in(*this, what.after->nickname.display);
    if (asked) {
        say_logged_in(*this, what.after->nickname.display,
                      attention_->answers.verb_of(of.cause.serial));
    }
    if (what.after->is_operator) {
        send_operator(*this, true);
    } else if (asked && attention_->answers.verb_of(of.cause.serial) == face::oper) {
        reply(numeric::err_nooperhost, {}, text(base::text_key::irc_oper_is_account));
    }
    const chat::card& before = *what.before;
    const bool moved = before.user != what.after->user || before.host != what.after->host;
    if (moved && capabilities_.has(capability::chghost)) {
        line(fmt::format(":{}!{}@{} CHGHOST {} {}", before.nickname.display, before.user,
                         before.host, what.after->user, what.after->host));
    }
    if (!what.language.empty()) {
        choose_language(*this, what.language);
    }
    self_ = what.after;
    if (asked) {
        replay_unread(*this);
    }
}

void session::hear_evicted(const chat::evicted& what) {
    switch (what.why) {
    case chat::eviction::by_other_session: end_now(base::text_key::irc_evicted); return;
    case chat::eviction::account_ended: end_now(base::text_key::irc_account_ended); return;
    case chat::eviction::account_suspended: end_now(base::text_key::irc_account_suspended); return;
    case chat::eviction::killed:
    case chat::eviction::banned:
        farewell(tertulia::session::in_words(language(), what), turn_->out);
        return;
    }
}

} // namespace tertulia::irc
