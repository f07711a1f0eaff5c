// SPDX-License-Identifier: Apache-2.0
// JOIN PART TOPIC NAMES LIST MODE KICK INVITE (RFC 2812 3.2; Modern IRC, "Channel Operations").
#include "irc/answers.hpp"
#include "irc/modes.hpp"
#include "irc/words.hpp"

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

void join(session& by, const irc_line& line) {
    const auto rooms = split_list(line.parameter[0]);
    const auto passwords = split_list(line.parameter_count > 1 ? line.parameter[1] : "");
    for (std::size_t i = 0; i < rooms.size(); ++i) {
        if (auto room = room_to_make(by, rooms[i])) {
            by.submit(chat::command{chat::join{std::move(*room), i < passwords.size()
                                                                     ? std::string(passwords[i])
                                                                     : std::string{}}});
        }
    }
}

void part(session& by, const irc_line& line) {
    for (const std::string_view room : split_list(line.parameter[0])) {
        by.submit(chat::command{
            chat::part{name_to_find(room), parameter_or_empty(line, 1, limits::reason_size_max)}});
    }
}

void topic(session& by, const irc_line& line) {
    const base::name room = name_to_find(line.parameter[0]);
    if (line.parameter_count == 1) {
        by.submit(chat::question{chat::ask_room{room, chat::room_aspect::topic}});
    } else {
        by.submit(chat::command{
            chat::set_topic{room, parameter_or_empty(line, 1, limits::topic_size_max)}});
    }
}

void names(session& by, const irc_line& line) {
    if (line.parameter_count == 0) {
        by.reply(numeric::rpl_endofnames, {"*"}, by.text(text_key::irc_end_of_names));
        return;
    }
    for (const std::string_view room : split_list(line.parameter[0])) {
        by.submit(chat::question{chat::ask_names{name_to_find(room)}});
    }
}

std::optional<std::uint32_t> read_count(std::string_view text) {
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional(count) : std::nullopt;
}

// ELIST: ">3" "<10" members, "C>60" "C<60" made and "T>60" "T<60" topic set so many minutes ago,
// "#mask", "!#mask". What is none of these is a mask.
void read_list_condition(std::string_view one, base::wall_time now, chat::ask_rooms& into) {
    const bool timed = one.starts_with('C') || one.starts_with('T');
    const std::string_view bound = one.substr(timed ? 1 : 0);
    const auto count = bound.size() > 1 ? read_count(bound.substr(1)) : std::nullopt;
    if (!count || (bound[0] != '<' && bound[0] != '>')) {
        const bool excludes = one.starts_with('!');
        (excludes ? into.not_masks : into.masks)
            .push_back(base::fold_mask(one.substr(excludes ? 1 : 0)));
        return;
    }
    const bool above = bound[0] == '>';
    const base::wall_time then = now - std::chrono::minutes{*count};
    if (!timed && above) {
        into.members_above = *count;
    } else if (!timed) {
        into.members_below = *count;
    } else if (one.starts_with('C')) { // longer ago is earlier
        (above ? into.made_before : into.made_after) = then;
    } else {
        (above ? into.topic_before : into.topic_after) = then;
    }
}

void list(session& by, const irc_line& line) {
    chat::ask_rooms wish;
    for (const std::string_view one :
         split_list(line.parameter_count > 0 ? line.parameter[0] : "")) {
        const bool plain =
            one.starts_with('#') && one.find_first_of("*?") == std::string_view::npos;
        if (plain) {
            wish.rooms.push_back(name_to_find(one));
        } else {
            read_list_condition(one, by.now().wall, wish);
        }
    }
    by.submit(chat::question{std::move(wish)});
}

void complain(session& by, std::string_view room, const mode_fault& of) {
    switch (of.number) {
    case numeric::err_unknownmode:
        by.reply(of.number, {of.letter}, by.text(text_key::irc_unknown_mode));
        break;
    case numeric::err_nosuchnick:
        by.reply(of.number, {of.parameter}, by.text(text_key::irc_no_such_nickname));
        break;
    case numeric::err_invalidkey:
        by.reply(of.number, {room}, by.text(text_key::irc_bad_room_password));
        break;
    default:
        by.reply(of.number, {room, of.letter, of.parameter.empty() ? "*" : of.parameter},
                 by.text(text_key::irc_bad_mode_parameter));
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

void own_mode(session& by, const irc_line& line) {
    if (base::fold(line.parameter[0]) != by.self()->nickname.key) {
        by.reply(numeric::err_usersdontmatch, {}, by.text(text_key::irc_other_persons_modes));
        return;
    }
    if (line.parameter_count == 1) {
        by.submit(chat::question{chat::ask_self{}});
        return;
    }
    person_mode_wishes wishes = read_person_modes(line.parameter[1]);
    if (wishes.unknown_flag) {
        by.reply(numeric::err_umodeunknownflag, {}, by.text(text_key::irc_unknown_person_mode));
    }
    if (!wishes.changes.empty()) {
        by.submit(chat::command{chat::set_person_modes{std::move(wishes.changes)}});
    }
}

void mode(session& by, const irc_line& line) {
    if (line.parameter[0].starts_with('#')) {
        room_mode(by, line);
    } else {
        own_mode(by, line);
    }
}

void kick(session& by, const irc_line& line) {
    for (const std::string_view target : split_list(line.parameter[1])) {
        by.submit(chat::command{chat::kick{
            name_to_find(line.parameter[0]), name_to_find(target),
            line.parameter_count > 2 ? parameter_or_empty(line, 2, limits::reason_size_max)
                                     : std::string(by.nickname())}});
    }
}

void invite(session& by, const irc_line& line) {
    if (line.parameter_count == 0) {
        by.submit(chat::question{chat::ask_invitations{}});
    } else if (line.parameter_count == 1) {
        by.reply(numeric::err_needmoreparams, {"INVITE"},
                 by.text(text_key::irc_not_enough_parameters));
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
