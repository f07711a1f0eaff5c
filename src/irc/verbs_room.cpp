// SPDX-License-Identifier: Apache-2.0
// JOIN PART TOPIC NAMES LIST MODE KICK INVITE (RFC 2812 3.2; Modern IRC, "Channel Operations").
#include "base/list.hpp"
#include "irc/answers.hpp"
#include "irc/modes.hpp"
#include "irc/sending.hpp"
#include "irc/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <utility>

namespace tertulia::irc {
namespace {

using base::text_key;
using wire::irc_line;
namespace limits = base::limits;

void needs_more(session& by, std::string_view verb) {
    by.reply(numeric::err_needmoreparams, {verb}, by.text(text_key::irc_not_enough_parameters));
}

// A room that does not begin with '#' is of a kind that is not here; others break the rules of
// names.
std::optional<base::name> room_to_make(session& by, std::string_view typed) {
    if (!typed.starts_with('#')) {
        by.reply(numeric::err_nosuchchannel, {typed}, by.text(text_key::irc_no_such_room));
        return std::nullopt;
    }
    auto made = base::make_room_name(typed);
    if (!made) {
        by.reply(numeric::err_badchanname, {typed}, by.text(text_key::irc_bad_room_name));
        return std::nullopt;
    }
    return std::move(*made);
}

// A room's password stands at the same place in its list; a place may be empty.
void join(session& by, const irc_line& line) {
    const auto rooms = split_list(line.parameter[0]);
    std::string_view passwords = line.parameter[1];
    for (const std::string_view typed : rooms) {
        const std::string_view password = base::take_first(passwords);
        if (auto room = room_to_make(by, typed)) {
            by.submit(chat::command{chat::join{std::move(*room), std::string(password)}});
        }
    }
    if (rooms.empty()) {
        needs_more(by, "JOIN");
    }
}

void part(session& by, const irc_line& line) {
    const auto rooms = split_list(line.parameter[0]);
    for (const std::string_view room : rooms) {
        by.submit(chat::command{
            chat::part{name_to_find(room), parameter_or_empty(line, 1, limits::reason_size_max)}});
    }
    if (rooms.empty()) {
        needs_more(by, "PART");
    }
}

void topic(session& by, const irc_line& line) {
    const base::name room = name_to_find(line.parameter[0]);
    if (line.parameter_count == 1) {
        by.submit(chat::question{chat::ask_room{room, chat::room_aspect::topic}});
        return;
    }
    by.submit(
        chat::command{chat::set_topic{room, parameter_or_empty(line, 1, limits::topic_size_max)}});
}

void names(session& by, const irc_line& line) {
    const auto rooms = split_list(line.parameter[0]);
    for (const std::string_view room : rooms) {
        by.submit(chat::question{chat::ask_names{name_to_find(room)}});
    }
    if (rooms.empty()) {
        by.reply(numeric::rpl_endofnames, {"*"}, by.text(text_key::irc_end_of_names));
    }
}

std::optional<std::uint32_t> read_count(std::string_view text) {
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional(count) : std::nullopt;
}

// ELIST: ">3" "<10" members, "C>60" "C<60" made and "T>60" "T<60" topic set so many minutes ago,
// "#mask", "!#mask". What is none of these is looked for in names and topics.
void read_list_condition(std::string_view one, base::wall_time now, chat::ask_rooms& into) {
    const bool timed = one.starts_with('C') || one.starts_with('T');
    const std::string_view bound = one.substr(timed ? 1 : 0);
    const auto count = bound.size() > 1 ? read_count(bound.substr(1)) : std::nullopt;
    if (!count || (bound[0] != '<' && bound[0] != '>')) {
        if (one.starts_with('!')) {
            into.not_masks.push_back(base::fold_mask(one.substr(1)));
            return;
        }
        const bool word = one.find_first_of("#*?") == std::string_view::npos;
        into.masks.push_back(base::fold_mask(word ? fmt::format("*{}*", one) : std::string(one)));
        into.topics_too = into.topics_too || !one.starts_with('#');
        return;
    }
    const bool above = bound[0] == '>';
    const base::wall_time then = now - std::chrono::minutes{*count};
    if (!timed && above) {
        into.members_above = count;
    } else if (!timed) {
        into.members_below = count;
    } else if (one.starts_with('C')) { // longer ago is earlier
        (above ? into.made_before : into.made_after) = then;
    } else {
        (above ? into.topic_before : into.topic_after) = then;
    }
}

// Rooms, then conditions; most clients send the conditions alone.
void list(session& by, const irc_line& line) {
    constexpr std::size_t list_parameters_max = 2;
    chat::ask_rooms wish;
    for (const std::string_view typed :
         line.parameters().first(std::min(line.parameter_count, list_parameters_max))) {
        for (const std::string_view one : split_list(typed)) {
            const bool plain =
                one.starts_with('#') && one.find_first_of("*?") == std::string_view::npos;
            if (plain) {
                wish.rooms.push_back(name_to_find(one));
            } else {
                read_list_condition(one, by.now().wall, wish);
            }
        }
    }
    by.submit(chat::question{std::move(wish)});
}

bool is_list(std::string_view letter) { return letter == "b" || letter == "e" || letter == "I"; }

void complain(session& by, std::string_view room, const mode_fault& of) {
    switch (of.number) {
    case numeric::err_unknownmode:
        by.reply(of.number, {of.letter}, by.text(text_key::irc_unknown_mode));
        break;
    case numeric::err_nosuchnick:
        by.reply(of.number, {of.parameter}, by.text(text_key::irc_no_such_nickname));
        break;
    default:
        by.reply(of.number, {room, of.letter, of.parameter},
                 by.text(is_list(of.letter) && is_foreign_mask(of.parameter)
                             ? text_key::irc_extended_masks
                             : text_key::irc_bad_mode_parameter));
    }
}

void room_mode(session& by, const irc_line& line) {
    const base::name room = name_to_find(line.parameter[0]);
    if (line.parameter_count == 1) {
        by.submit(chat::question{chat::ask_room{room, chat::room_aspect::modes}});
        return;
    }
    room_mode_wishes wishes = read_room_modes(line.parameters().subspan(1));
    for (const mode_fault& one : wishes.faults) {
        complain(by, room.display, one);
    }
    for (const chat::room_list one : wishes.shown) {
        by.submit(chat::question{chat::ask_mask_list{room, one}});
    }
    if (!wishes.changes.empty()) {
        by.submit(chat::command{chat::set_room_modes{room, std::move(wishes.changes)}});
    }
}

// Somebody else's modes are nobody's business: the answer (answers.cpp) says whether there is such
// a person.
void person_mode(session& by, const irc_line& line) {
    if (base::fold(line.parameter[0]) != by.self()->nickname.key) {
        by.submit(chat::question{chat::ask_whois{name_to_find(line.parameter[0])}});
        return;
    }
    if (line.parameter_count == 1) {
        by.submit(chat::question{chat::ask_self{}});
        return;
    }
    person_mode_wishes wishes = read_person_modes(line.parameter[1]);
    if (!wishes.changes.empty()) {
        by.submit(chat::command{chat::set_person_modes{std::move(wishes.changes)}});
    }
    if (wishes.unknown_flag) {
        by.reply(numeric::err_umodeunknownflag, {}, by.text(text_key::irc_unknown_person_mode));
    }
}

void mode(session& by, const irc_line& line) {
    if (line.parameter[0].starts_with('#')) {
        room_mode(by, line);
    } else {
        person_mode(by, line);
    }
}

// One room and its persons, or as many rooms as persons (Modern IRC). Who gives no reason is it.
void kick(session& by, const irc_line& line) {
    const auto rooms = split_list(line.parameter[0]);
    const auto targets = split_list(line.parameter[1]);
    const bool one_room = rooms.size() == 1;
    if (targets.empty() || (!one_room && rooms.size() != targets.size())) {
        needs_more(by, "KICK");
        return;
    }
    const std::string typed = parameter_or_empty(line, 2, limits::reason_size_max);
    const std::string reason = typed.empty() ? std::string(by.nickname()) : typed;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        by.submit(chat::command{
            chat::kick{name_to_find(rooms[one_room ? 0 : i]), name_to_find(targets[i]), reason}});
    }
}

void invite(session& by, const irc_line& line) {
    if (line.parameter_count == 0) {
        by.submit(chat::question{chat::ask_invitations{}});
    } else if (line.parameter_count == 1 && !line.parameter[0].starts_with('#')) {
        needs_more(by, "INVITE");
    } else if (line.parameter_count == 1) {
        by.submit(chat::question{chat::ask_invited{name_to_find(line.parameter[0])}});
    } else {
        by.submit(chat::command{
            chat::invite{name_to_find(line.parameter[0]), name_to_find(line.parameter[1])}});
    }
}

constexpr std::array verbs{
    verb{"JOIN", 1, phase::after, join},   verb{"PART", 1, phase::after, part},
    verb{"TOPIC", 1, phase::after, topic}, verb{"NAMES", 0, phase::after, names},
    verb{"LIST", 0, phase::after, list},   verb{"MODE", 1, phase::after, mode},
    verb{"KICK", 2, phase::after, kick},   verb{"INVITE", 0, phase::after, invite},
};

} // namespace

std::span<const verb> room_verbs() { return verbs; }

} // namespace tertulia::irc
