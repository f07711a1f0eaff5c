// SPDX-License-Identifier: Apache-2.0
// What a session makes of the events that concern it alone: answers to its own lines, what else the
// hub does not share out, and what changes the session itself.
#include "base/text.hpp"
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/greeting.hpp"
#include "irc/keeping.hpp"
#include "irc/metadata_lines.hpp"
#include "irc/particulars.hpp"
#include "irc/services.hpp"
#include "irc/session.hpp"
#include "irc/turn.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::irc {
namespace {

template <class... Cases>
struct overloaded : Cases... {
    using Cases::operator()...;
};

// To the one who said it.
void tell_absence(session& by, const chat::spoke& what) {
    if (what.away) {
        by.reply(numeric::rpl_away, {what.to->nickname.display}, *what.away);
    }
    if (what.waits && what.kind == chat::message_kind::message) {
        by.reply(numeric::rpl_away, {what.to->nickname.display},
                 by.text(base::text_key::irc_message_waits));
    }
}

} // namespace

tertulia::session::own_event session::hears_own(const chat::event& of) const {
    const bool said = std::holds_alternative<chat::spoke>(of.what) ||
                      std::holds_alternative<chat::redacted>(of.what) ||
                      std::holds_alternative<chat::edited>(of.what) ||
                      std::holds_alternative<chat::signalled>(of.what);
    const bool labelled = attention_ && attention_->answers.has_label(of.cause.serial);
    return said && capabilities_.has(capability::echo_message) && !labelled
               ? tertulia::session::own_event::shared
               : tertulia::session::own_event::apart;
}

bool session::mine(const chat::event& of) const { return greeting_ || of.cause.session == id_; }

bool session::is_self(const chat::card_ref& who) const {
    return who && self_ && who->person == self_->person;
}

void session::deliver(const chat::event& of, base::moment now, tertulia::session::output& out) {
    turn under_way(*this, now, out);
    under_way.why = mine(of) ? cause::answer : cause::aside;
    std::visit(overloaded{
                   [&](const chat::welcomed& what) { hear_welcome(of, what); },
                   [&](const chat::joined& what) { hear_join(of, what); },
                   [&](const chat::registered& what) { hear_registered(of, what); },
                   [&](const chat::logged_in& what) { hear_logged_in(of, what); },
                   [&](const chat::evicted& what) { hear_evicted(what); },
                   [&](const chat::renamed& what) {
                       show(of);
                       self_ = is_self(what.after) ? what.after : self_;
                   },
                   [&](const chat::real_name_changed& what) {
                       show_if_watched(of, what.after);
                       self_ = is_self(what.after) ? what.after : self_;
                   },
                   [&](const chat::rights_changed& what) {
                       const bool before = std::exchange(self_, what.who)->is_operator;
                       if (self_->is_operator != before) {
                           send_operator(*this, self_->is_operator);
                       }
                   },
                   [&](const chat::account_changed& what) { show_if_watched(of, what.who); },
                   [&](const chat::person_modes_changed& what) {
                       show(of);
                       self_ = what.who;
                   },
                   [&](const chat::marker_changed& what) {
                       if (mine(of) || capabilities_.has(capability::read_marker)) {
                           send_marker(*this, what.target, what.read_to);
                       }
                   },
                   [&](const chat::presence_changed& what) { hear_presence(what); },
                   [&](const chat::metadata_changed& what) { hear_metadata(of, what); },
                   [&](const chat::language_changed& what) {
                       choose_language(*this, what.code);
                       if (mine(of)) {
                           say_language(*this, what.code);
                       }
                   },
                   [&](const chat::away_changed& what) { hear_away(of, what); },
                   [&](const chat::invited& what) { hear_invitation(of, what); },
                   [&](const chat::room_renamed& what) { say_renamed(*this, of, what); },
                   [&](const chat::room_settled& what) {
                       say_settled(*this, what,
                                   attention_ ? attention_->answers.verb_of(of.cause.serial)
                                              : std::string_view());
                   },
                   [&](const chat::spoke& what) {
                       hear_said(of, what.by, what.to);
                       if (mine(of)) {
                           tell_absence(*this, what);
                       }
                   },
                   [&](const chat::redacted& what) { hear_said(of, what.by, what.to); },
                   [&](const chat::edited& what) { hear_said(of, what.by, what.to); },
                   [&](const chat::signalled& what) { hear_said(of, what.by, what.to); },
                   [&](const chat::answered& what) { hear_answer(of, *what.what); },
                   [&](const chat::refused& what) { hear_refusal(of, what); },
                   [&](const chat::sanction_told& what) { say_sanction(*this, what); },
                   [&](const chat::words_changed& what) { say_words_changed(*this, what); },
                   [&](const chat::reported& what) { say_report(*this, what); },
                   [&](const chat::announced& what) { say_announcement(*this, what); },
                   [&](const chat::silence_changed& what) { say_silence(*this, what); },
                   [&](const chat::push_saved& what) { say_push(*this, what); },
                   [&](const chat::done&) { hear_done(of.cause.serial); },
                   [&](const auto&) { show(of); },
               },
               of.what);
}

void session::show(const chat::event& of) {
    std::string text;
    speaks_.render(of, wants(), text);
    if (!text.empty()) {
        write(std::move(text));
    }
}

// Of others a session hears such a thing apart only where it watches them without sharing a room.
void session::show_if_watched(const chat::event& of, const chat::card_ref& who) {
    if (is_self(who) || capabilities_.has(capability::extended_monitor)) {
        show(of);
    }
}

// Who subscribed to keys is told their values of whom she meets.
void session::meet(std::string_view target) {
    if (rare_ && !rare_->subscriptions.empty() && knows_metadata(capabilities_)) {
        const auto verb = std::exchange(turn_->verb, std::string_view("METADATA"));
        ask_for_metadata(*this, target);
        turn_->verb = verb;
    }
}

void session::hear_presence(const chat::presence_changed& what) {
    send_presence(*this, what);
    if (what.here) {
        meet(what.who->nickname.display);
    }
}

void session::hear_metadata(const chat::event& of, const chat::metadata_changed& what) {
    if (mine(of) && !what.asked.display.empty()) {
        answer_metadata(*this, what);
    } else {
        tell_metadata(*this, what);
    }
}

void session::hear_join(const chat::event& of, const chat::joined& what) {
    if (!is_self(what.who)) {
        show(of);
        return;
    }
    chat::event own = of;
    std::get<chat::joined>(own.what).rank = chat::role::member; // NAMES, which follows, has it
    show(own);
    if (what.view && !what.view->topic.empty()) {
        send_topic(*this, *what.view);
    }
    if (capabilities_.has(capability::read_marker)) {
        send_marker(*this, what.room->name, what.read_to); // before the 366
    }
    if (!capabilities_.has(capability::no_implicit_names) &&
        !capabilities_.has(capability::draft_no_implicit_names)) {
        list(names_listing(*this, what.members));
    }
    meet(what.room->name.display);
    play_back(what);
}

// One's own words come back only as an echo that was asked for, but those that one said on another
// device are news. What one says to oneself comes twice: as the echo, with its label, and as a
// message (labeled-response).
void session::hear_said(const chat::event& of, const chat::card_ref& by, const chat::card_ref& to) {
    const bool echo = is_self(by) && mine(of);
    if (!echo || capabilities_.has(capability::echo_message)) {
        show(of);
    }
    if (echo && is_self(to)) {
        const cause before = std::exchange(turn_->why, cause::aside);
        show(of);
        turn_->why = before;
    }
}

void session::hear_away(const chat::event& of, const chat::away_changed& what) {
    if (!is_self(what.who)) {
        show_if_watched(of, what.who);
    } else if (what.text) {
        reply(numeric::rpl_nowaway, {}, text(base::text_key::irc_now_away));
    } else {
        reply(numeric::rpl_unaway, {}, text(base::text_key::irc_no_longer_away));
    }
}

void session::hear_invitation(const chat::event& of, const chat::invited& what) {
    if (what.heard_as == chat::invited_as::reply) {
        reply(numeric::rpl_inviting, {what.who->nickname.display, what.room->name.display});
        if (what.away) {
            reply(numeric::rpl_away, {what.who->nickname.display}, *what.away);
        }
    } else if (what.heard_as == chat::invited_as::guest || !is_self(what.by)) {
        show(of);
    }
}

void session::hear_answer(const chat::event& of, const chat::answer& what) {
    const std::uint32_t serial = of.cause.serial;
    const auto* const one = std::get_if<chat::history_answer>(&what);
    const auto* const open = std::get_if<chat::conversations_answer>(&what);
    if (one == nullptr && open == nullptr) {
        render_answer(*this, what, attention_->answers.verb_of(serial));
        return;
    }
    if (!attention_->is_asked(serial)) {
        return;
    }
    auto about = std::exchange(attention_->asked, std::nullopt)->about;
    if (auto* const change = std::get_if<change_wish>(&about);
        change != nullptr && one != nullptr) {
        hear_standing(std::move(*change), *one, serial);
    } else if (auto* const query = std::get_if<tertulia::session::search_query>(&about)) {
        search_in(std::move(*query), one != nullptr ? std::vector{*one} : open->open, serial);
    } else if (auto* const replay = std::get_if<replay_wish>(&about);
               replay != nullptr && open != nullptr) {
        replay_all(std::move(*replay), open->open, serial);
    } else if (const auto* const files = std::get_if<reading_wish>(&about);
               files != nullptr && one != nullptr) {
        hand_reading_pass(*this, *files, *one);
    } else if (auto* const history = std::get_if<history_wish>(&about)) {
        one != nullptr ? hear_history(std::move(*history), *one, serial)
                       : hear_open(*history, open->open, serial);
    }
}

// RFC 2812, 3.3.2: a NOTICE is never answered with an error. That it is lost is no error of hers.
void session::hear_refusal(const chat::event& of, const chat::refused& what) {
    const std::string_view verb =
        attention_ ? attention_->answers.verb_of(of.cause.serial) : std::string_view{};
    if (what.why == chat::reason::room_renamed && verb == "JOIN" &&
        !capabilities_.has(capability::channel_rename)) {
        reply(numeric::err_linkchannel, {what.a, what.b}, text(base::text_key::irc_room_renamed));
        const auto before = std::exchange(turn_->verb, std::string_view("JOIN"));
        submit(chat::command{chat::join{{what.b, base::fold(what.b), 0, true}, {}}});
        turn_->verb = before;
        return;
    }
    const bool servers_fault = what.why == chat::reason::no_space || what.why == chat::reason::busy;
    if (say_account_refusal(*this, what, verb)) {
        return;
    }
    if (greeting_) {
        hear_no_welcome(what);
    } else if (verb != "NOTICE" || servers_fault) {
        render_refusal(*this, what, verb);
    }
    if (attention_ && attention_->is_asked(of.cause.serial)) {
        attention_->asked.reset();
    }
}

// A command whose answer is still being read is done with the read.
void session::hear_done(std::uint32_t serial) {
    if (!attention_) {
        return;
    }
    const bool being_read = std::ranges::any_of(
        attention_->reads, [serial](const history_read& one) { return one.serial == serial; });
    if (!being_read) {
        if (by_chanserv(attention_->answers.verb_of(serial)) && !attention_->answers.told()) {
            notice_from(*this, chanserv_name, text(base::text_key::chanserv_so_now));
        }
        attention_->answers.finish(serial, turn_->out);
        ask_now_if_alone();
    }
}

} // namespace tertulia::irc
