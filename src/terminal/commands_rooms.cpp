// SPDX-License-Identifier: Apache-2.0
// Commands about rooms and the people in them.
#include "terminal/client.hpp"
#include "terminal/commands.hpp"
#include "terminal/history.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <vector>

namespace tertulia::terminal {
namespace {

using base::text_key;

bool is_online(client& who) {
    if (!who.online()) {
        who.warn(text_key::chat_not_connected);
    }
    return who.online();
}

// The room that the words begin with, else the one that is shown.
std::string room_name(client& who, std::string_view& rest) {
    std::string_view behind = rest;
    const std::string_view word = take_word(behind);
    if (who.state.is_channel(word)) {
        rest = behind;
        return std::string(word);
    }
    return who.state.here().kind == room_kind::channel ? who.state.here().name : "";
}

void join(client& who, std::string_view rest) {
    const std::string_view name = take_word(rest);
    if (name.empty()) {
        who.note(text_key::chat_help_join);
        return;
    }
    const std::string whole =
        who.state.is_channel(name) ? std::string(name) : fmt::format("#{}", name);
    room& where = who.state.open(whole);
    who.state.show(where);
    if (where.kind != room_kind::channel || where.inside) {
        return;
    }
    where.wanted = true;
    where.password = take_word(rest);
    who.send(where.password.empty() ? "JOIN " + where.name
                                    : fmt::format("JOIN {} {}", where.name, where.password));
}

void part(client& who, std::string_view rest) {
    room& here = who.state.here();
    if (here.kind == room_kind::person && rest.empty()) {
        who.state.close(here);
        return;
    }
    const std::string name = room_name(who, rest);
    room* const where = who.state.find(name);
    if (where == nullptr) {
        who.warn(text_key::chat_no_room_here);
        return;
    }
    where->wanted = false;
    if (where->inside) {
        who.send(fmt::format("PART {} :{}", where->name, rest));
    } else {
        who.state.close(*where);
    }
}

void topic(client& who, std::string_view rest) {
    const std::string name = room_name(who, rest);
    if (name.empty()) {
        who.warn(text_key::chat_no_room_here);
    } else if (is_online(who)) {
        who.send(rest.empty() ? "TOPIC " + name : fmt::format("TOPIC {} :{}", name, rest));
    }
}

void kick(client& who, std::string_view rest) {
    const std::string name = room_name(who, rest);
    const std::string_view whom = take_word(rest);
    if (name.empty() || whom.empty()) {
        who.note(text_key::chat_help_kick);
    } else if (is_online(who)) {
        who.send(fmt::format("KICK {} {} :{}", name, whom, rest));
    }
}

void change_ban(client& who, std::string_view rest, std::string_view mode) {
    const std::string name = room_name(who, rest);
    const std::string_view whom = take_word(rest);
    if (name.empty()) {
        who.note(text_key::chat_help_ban);
        return;
    }
    const bool is_mask = whom.find_first_of("!@*:") != std::string_view::npos;
    const std::string mask =
        is_mask || whom.empty() ? std::string(whom) : fmt::format("{}!*@*", whom);
    if (is_online(who)) {
        who.send(fmt::format("MODE {} {} {}", name, whom.empty() ? "b" : mode, mask));
    }
}

void ban(client& who, std::string_view rest) { change_ban(who, rest, "+b"); }
void unban(client& who, std::string_view rest) { change_ban(who, rest, "-b"); }

void mode(client& who, std::string_view rest) {
    const std::string name = room_name(who, rest);
    if (is_online(who)) {
        who.send(fmt::format("MODE {} {}", name.empty() ? who.state.nickname : name, rest));
    }
}

void invite(client& who, std::string_view rest) {
    const std::string_view whom = take_word(rest);
    const std::string name = room_name(who, rest);
    if (whom.empty() || name.empty()) {
        who.note(text_key::chat_help_invite);
    } else if (is_online(who)) {
        who.send(fmt::format("INVITE {} {}", whom, name));
    }
}

void away(client& who, std::string_view rest) {
    if (is_online(who)) {
        who.send(rest.empty() ? "AWAY" : fmt::format("AWAY :{}", rest));
    }
}

void whois(client& who, std::string_view rest) {
    const std::string_view whom = take_word(rest);
    const room& here = who.state.here();
    const std::string name = !whom.empty()                    ? std::string(whom)
                             : here.kind == room_kind::person ? here.name
                                                              : who.state.nickname;
    if (is_online(who)) {
        who.send("WHOIS " + name);
    }
}

void list(client& who, std::string_view rest) {
    if (is_online(who)) {
        who.send(rest.empty() ? "LIST" : fmt::format("LIST {}", rest));
    }
}

void names(client& who, std::string_view rest) {
    const std::string name = room_name(who, rest);
    const room* const where = who.state.find(name);
    if (where == nullptr || !where->inside) {
        if (name.empty()) {
            who.warn(text_key::chat_no_room_here);
        } else if (is_online(who)) {
            who.send("NAMES " + name);
        }
        return;
    }
    std::vector<std::string> all;
    for (const auto& [key, one] : where->members) {
        all.push_back(one.prefix.substr(0, 1) + one.nickname);
    }
    who.note(text_key::chat_names_are,
             {where->name, std::to_string(all.size()), fmt::format("{}", fmt::join(all, " "))});
}

void nick(client& who, std::string_view rest) {
    const std::string_view name = take_word(rest);
    if (name.empty()) {
        who.note(text_key::chat_help_nick);
    } else if (!rest.empty()) {
        who.warn(text_key::chat_name_has_blanks);
    } else if (is_online(who)) {
        who.send(fmt::format("NICK {}", name));
    }
}

void query(client& who, std::string_view rest) {
    const std::string_view whom = take_word(rest);
    if (whom.empty()) {
        who.note(text_key::chat_help_query);
        return;
    }
    const bool known = who.state.find(whom) != nullptr;
    room& with = who.state.open(whom);
    who.state.show(with);
    if (!known && with.kind == room_kind::person && who.online()) {
        fetch_older(who, with);
    }
    if (!rest.empty()) {
        obey(who, rest);
    }
}

void close(client& who, std::string_view rest) { part(who, rest); }

constexpr auto rows = std::to_array<command_row>({
    {"join", text_key::chat_help_join, join},
    {"part", text_key::chat_help_part, part},
    {"query", text_key::chat_help_query, query},
    {"close", text_key::chat_help_close, close},
    {"list", text_key::chat_help_list, list},
    {"names", text_key::chat_help_names, names},
    {"topic", text_key::chat_help_topic, topic},
    {"invite", text_key::chat_help_invite, invite},
    {"kick", text_key::chat_help_kick, kick},
    {"ban", text_key::chat_help_ban, ban},
    {"unban", text_key::chat_help_unban, unban},
    {"mode", text_key::chat_help_mode, mode},
    {"nick", text_key::chat_help_nick, nick},
    {"away", text_key::chat_help_away, away},
    {"whois", text_key::chat_help_whois, whois},
});

} // namespace

std::span<const command_row> room_commands() { return rows; }

} // namespace tertulia::terminal
