// SPDX-License-Identifier: Apache-2.0
#include "irc/keeping.hpp"

#include "base/text.hpp"
#include "irc/answers.hpp"
#include "irc/lines.hpp"
#include "irc/modes.hpp"
#include "irc/services.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace tertulia::irc {
namespace {

using base::text_key;

struct role_word {
    std::string_view word;
    chat::role what;
    char letter;
};
constexpr std::array words{
    role_word{"owner", chat::role::owner, 'q'},
    role_word{"founder", chat::role::owner, 'q'},
    role_word{"admin", chat::role::admin, 'a'},
    role_word{"operator", chat::role::room_operator, 'o'},
    role_word{"op", chat::role::room_operator, 'o'},
    role_word{"half-operator", chat::role::half_operator, 'h'},
    role_word{"halfop", chat::role::half_operator, 'h'},
    role_word{"voice", chat::role::voice, 'v'},
};

void refuse_room(session& to, const base::name& asked, bool found, std::string_view verb) {
    const text_key why = found ? text_key::irc_needs_operator : text_key::irc_no_such_room;
    if (by_chanserv(verb)) {
        notice_from(to, chanserv_name, to.text(why));
    } else {
        to.reply(found ? numeric::err_chanoprivsneeded : numeric::err_nosuchchannel,
                 {asked.display}, to.text(why));
    }
}

// One answer for both faces.
struct settled_text {
    chat::room_outcome what;
    text_key text;
};
constexpr std::array settled_texts{
    settled_text{chat::room_outcome::registered, text_key::chanserv_registered},
    settled_text{chat::room_outcome::access, text_key::chanserv_access_given},
    settled_text{chat::room_outcome::transferred, text_key::chanserv_transferred},
    settled_text{chat::room_outcome::received, text_key::chanserv_received},
    settled_text{chat::room_outcome::uninvited, text_key::chanserv_uninvited},
    settled_text{chat::room_outcome::closed, text_key::chanserv_dropped},
};

std::string text_of(const session& to, const chat::room_settled& what) {
    const bool taken = what.what == chat::room_outcome::access && what.rank == chat::role::member;
    const text_key text =
        taken ? text_key::chanserv_access_taken
              : std::ranges::find(settled_texts, what.what, &settled_text::what)->text;
    return to.say(text, {what.room->name.display, what.about.display, word_of(what.rank)});
}

// What a client that knows no RENAME sees in its place: she left one room and is in another.
std::string left_and_came(session& to, const chat::event& of, const chat::room_renamed& what) {
    const auto self = std::make_shared<const chat::card>(*to.self());
    std::string text;
    chat::event one = of;
    one.what = chat::parted{self, what.before, {}, what.reason, {}, 0};
    to.door().render(one, to.wants(), text);
    one.what = chat::joined{self, what.after, {}, chat::role::member, false, {}, {}, {}, {}, {}};
    to.door().render(one, to.wants(), text);
    return text;
}

// Lines as the dialect renders them, each with its tags.
void say_lines(session& to, std::string_view text) {
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\r'));
        text.remove_prefix(std::min(text.size(), line.size() + 2));
        const std::size_t tags = line.starts_with('@') ? line.find(' ') + 1 : 0;
        to.line(line.substr(tags), line.substr(0, tags));
    }
}

} // namespace

std::optional<chat::role> role_of_word(std::string_view typed) {
    if (typed.size() == 1) {
        const auto by_letter = std::ranges::find(words, typed.front(), &role_word::letter);
        return by_letter != words.end() ? std::optional(by_letter->what)
                                        : role_of_prefix(typed.front());
    }
    const std::string low = base::fold(typed);
    const auto found = std::ranges::find(words, std::string_view(low), &role_word::word);
    return found == words.end() ? std::nullopt : std::optional(found->what);
}

std::string_view word_of(chat::role of) {
    const auto found = std::ranges::find(words, of, &role_word::what);
    return found == words.end() ? "none" : found->word;
}

void say_settled(session& to, const chat::room_settled& what, std::string_view verb) {
    const bool gift = what.what == chat::room_outcome::received;
    if (gift || by_chanserv(verb) || verb == "UNINVITE" ||
        what.what == chat::room_outcome::registered || what.what == chat::room_outcome::closed) {
        notice_from(to, chanserv_name, text_of(to, what));
    } else if (what.rank == chat::role::member) {
        to.reply(numeric::rpl_accessdelete, {what.room->name.display, what.about.display},
                 text_of(to, what));
    } else {
        to.reply(numeric::rpl_accessadd,
                 {what.room->name.display, word_of(what.rank), what.about.display},
                 text_of(to, what));
    }
}

void say_access(session& to, const chat::access_answer& what, std::string_view verb) {
    if (!what.room || !what.allowed) {
        refuse_room(to, what.asked, what.room != nullptr, verb);
        return;
    }
    const std::string& room = what.room->name.display;
    if (!by_chanserv(verb)) {
        to.reply(numeric::rpl_accessstart, {room}, to.text(text_key::irc_access_list));
        for (const auto& one : what.entries) {
            to.reply(numeric::rpl_accesslist, {room, word_of(one.rank), one.account.display});
        }
        to.reply(numeric::rpl_accessend, {room}, to.text(text_key::irc_end_of_access_list));
        return;
    }
    if (what.entries.empty()) {
        notice_from(to, chanserv_name, to.say(text_key::chanserv_no_access, {room}));
    }
    for (const auto& one : what.entries) {
        notice_from(to, chanserv_name,
                    fmt::format("{}: {} {}", room, word_of(one.rank), one.account.display));
    }
}

void say_keeping(session& to, const chat::keeping_answer& what) {
    if (!what.view) {
        notice_from(to, chanserv_name, to.text(text_key::irc_no_such_room));
        return;
    }
    const chat::room_view& of = *what.view;
    std::string owners;
    for (const base::name& one : what.owners) {
        owners += (owners.empty() ? "" : ", ") + one.display;
    }
    const text_key whose = !what.kept       ? text_key::chanserv_of_guests
                           : owners.empty() ? text_key::chanserv_of_nobody
                                            : text_key::chanserv_of_owners;
    std::string made;
    wire::append_timestamp(of.made_at, made);
    notice_from(to, chanserv_name, to.say(whose, {of.room->name.display, owners}));
    notice_from(
        to, chanserv_name,
        to.say(of.member_count == 1 ? text_key::chanserv_since_one : text_key::chanserv_since,
               {made, fmt::to_string(of.member_count)}));
    if (!of.topic.empty()) {
        notice_from(to, chanserv_name, of.topic);
    }
}

void say_invited(session& to, const chat::invited_answer& what, std::string_view verb) {
    if (!what.room || !what.allowed) {
        refuse_room(to, what.asked, what.room != nullptr, verb);
        return;
    }
    const std::string& room = what.room->name.display;
    for (const base::name& one : what.whom) {
        to.reply(numeric::rpl_invitelist, {room, one.display});
    }
    to.reply(numeric::rpl_endofinvitelist, {}, to.text(text_key::irc_end_of_invitations));
}

void say_renamed(session& to, const chat::event& of, const chat::room_renamed& what) {
    std::string text;
    if (to.capabilities().has(capability::channel_rename)) {
        to.door().render(of, to.wants(), text);
    } else if (what.before->name.key != what.after->name.key) {
        text = left_and_came(to, of, what);
    } else {
        return; // the same name to whoever folds it
    }
    say_lines(to, text);
    if (to.capabilities().has(capability::channel_rename)) {
        return;
    }
    if (!what.view->topic.empty()) {
        send_topic(to, *what.view);
    }
    if (!to.capabilities().has(capability::no_implicit_names) &&
        !to.capabilities().has(capability::draft_no_implicit_names)) {
        to.list(names_listing(to, what.members));
    }
}

} // namespace tertulia::irc
