// SPDX-License-Identifier: Apache-2.0
// MONITOR and MARKREAD: who comes and goes, and up to where one has read (IRCv3 monitor,
// extended-monitor, draft/read-marker); and how their answers read.
#include "base/limits.hpp"
#include "irc/answer_families.hpp"
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/lines.hpp"
#include "irc/words.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::irc {
namespace {

namespace limits = base::limits;
using base::text_key;
using wire::irc_line;

constexpr std::string_view timestamp = "timestamp=";

// What is no nickname is nobody's, and is told at once.
std::vector<base::name> nicknames_of(session& by, std::string_view list) {
    std::vector<base::name> found;
    for (const std::string_view typed : split_list(list, limits::line_size_max)) {
        if (base::make_nickname(typed)) {
            found.push_back(name_to_find(typed));
        } else {
            by.reply(numeric::err_erroneusnickname, {typed}, by.text(text_key::irc_bad_nickname));
        }
    }
    return found;
}

void monitor(session& by, const irc_line& line) {
    const std::string how = in_capitals(line.parameter[0]);
    const bool adds = how == "+";
    if (adds || how == "-") {
        auto nicknames = nicknames_of(by, line.parameter[1]);
        if (!nicknames.empty()) {
            by.submit(chat::command{chat::watch{adds ? chat::watching::add : chat::watching::remove,
                                                std::move(nicknames)}});
        }
    } else if (how == "C") {
        by.submit(chat::command{chat::watch{chat::watching::clear, {}}});
    } else if (how == "L" || how == "S") {
        by.submit(chat::question{chat::ask_watched{how == "S"}});
    } else {
        by.reply(numeric::err_needmoreparams, {"MONITOR"},
                 by.text(text_key::irc_not_enough_parameters));
    }
}

// "a,b,c" in as many lines as are needed.
void send_list(session& to, numeric number, const std::vector<std::string>& words) {
    const std::size_t room = line_room_after(to.head(number) + " :");
    std::string list;
    for (const std::string& word : words) {
        if (!list.empty() && list.size() + 1 + word.size() > room) {
            to.reply(number, {}, std::exchange(list, {}));
        }
        list += list.empty() ? "" : ",";
        list += word;
    }
    if (!list.empty()) {
        to.reply(number, {}, list);
    }
}

std::string whole(const chat::card& who) {
    return fmt::format("{}!{}@{}", who.nickname.display, who.user, who.host);
}

void mark_read(session& by, const irc_line& line) {
    const std::string_view target = line.parameter[0];
    const auto refuse = [&by](std::string_view what) {
        by.fail("MARKREAD", "INVALID_PARAMS", {what}, by.text(text_key::irc_history_parameters));
    };
    if (target.empty()) {
        by.fail("MARKREAD", "NEED_MORE_PARAMS", {}, by.text(text_key::irc_not_enough_parameters));
        return;
    }
    if (line.parameter_count < 2) {
        by.submit(chat::question{chat::ask_marker{name_to_find(target)}});
        return;
    }
    const std::string_view typed = line.parameter[1];
    const auto time = typed.starts_with(timestamp)
                          ? wire::read_timestamp(typed.substr(timestamp.size()))
                          : std::nullopt;
    if (time) {
        by.submit(chat::command{chat::mark_read{name_to_find(target), *time}});
    } else {
        refuse(typed);
    }
}

constexpr auto rows = std::to_array<verb>({
    {"MARKREAD", 0, phase::after, mark_read},
    {"MONITOR", 1, phase::after, monitor},
});

} // namespace

std::span<const verb> watching_verbs() { return rows; }

void send_marker(session& to, const base::name& target, std::optional<base::wall_time> read_to) {
    std::string line =
        fmt::format(":{} MARKREAD {} ", to.rules().server_name, as_parameter(target.display));
    if (read_to) {
        line += timestamp;
        wire::append_timestamp(*read_to, line);
    } else {
        line += '*';
    }
    to.line(line);
}

void render(session& to, const chat::marker_answer& what) {
    if (what.allowed) {
        send_marker(to, what.asked, what.read_to);
    } else {
        const bool room = what.asked.display.starts_with('#');
        to.fail("MARKREAD", "INVALID_PARAMS", {what.asked.display},
                to.text(room ? text_key::irc_no_such_room : text_key::irc_no_such_nickname));
    }
}

void render(session& to, const chat::watched_answer& what) {
    std::vector<std::string> here, gone, all;
    for (const chat::watched_answer::entry& one : what.entries) {
        (one.who ? here : gone).push_back(one.who ? whole(*one.who) : one.nickname.display);
        all.push_back(one.nickname.display);
    }
    if (what.with_presence) {
        send_list(to, numeric::rpl_mononline, here);
        send_list(to, numeric::rpl_monoffline, gone);
    } else {
        send_list(to, numeric::rpl_monlist, all);
        to.reply(numeric::rpl_endofmonlist, {}, to.text(text_key::irc_end_of_monitor));
    }
}

void send_presence(session& to, const chat::presence_changed& what) {
    if (what.here) {
        to.reply(numeric::rpl_mononline, {}, whole(*what.who));
    } else {
        to.reply(numeric::rpl_monoffline, {}, what.who->nickname.display);
    }
}

} // namespace tertulia::irc
