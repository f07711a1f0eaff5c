// SPDX-License-Identifier: Apache-2.0
// Numerics: the welcome, what the server can do, who is in a room, and answers to questions.
#include "base/width.hpp"
#include "terminal/hearing.hpp"
#include "terminal/history.hpp"
#include "terminal/limits.hpp"
#include "terminal/speaking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;
using wire::irc_line;

void join_wanted(client& who) {
    for (const auto& one : who.state.rooms) {
        if (one->kind == room_kind::channel && one->wanted) {
            who.send(one->password.empty() ? "JOIN " + one->name
                                           : fmt::format("JOIN {} {}", one->name, one->password));
        }
    }
}

void hear_welcome(client& who, const irc_line& line) {
    who.state.nickname = base::harmless(line.parameters()[0]);
    who.state.state = connection_state::online;
    who.attempts = 0;
    who.being_greeted = true;
    who.state.supports.clear();
    who.note(who.state.server_room(), readable(line.parameters().back()));
    join_wanted(who);
    fetch_conversations(who);
    for (const auto& one : who.state.rooms) {
        if (one->kind == room_kind::person) {
            flush_unsent(who, *one);
        }
    }
    who.lost_at = {};
}

void hear_supports(client& who, const irc_line& line) {
    constexpr std::size_t tokens_max = 300;
    for (std::size_t i = 1; i + 1 < line.parameter_count; ++i) {
        const std::string_view word = line.parameters()[i];
        const std::size_t sign = std::min(word.find('='), word.size());
        std::string key(word.substr(0, sign));
        if (key.starts_with('-')) {
            who.state.supports.erase(key.substr(1));
        } else if (who.state.supports.size() < tokens_max) {
            who.state.supports.insert_or_assign(
                std::move(key), base::harmless(word.substr(std::min(sign + 1, word.size()))));
        }
    }
    if (const std::string name = who.state.supported("NETWORK"); !name.empty()) {
        who.state.network = name;
        who.state.server_room().name = "*" + name;
    }
}

void hear_topic_is(client& who, const irc_line& line) {
    if (room* const where = who.state.find(line.parameters()[1])) {
        where->topic = readable(line.parameters()[2]);
        who.note(*where, who.say(text_key::chat_topic_is, {where->topic}));
    }
}

void hear_no_topic(client& who, const irc_line& line) {
    if (room* const where = who.state.find(line.parameters()[1])) {
        where->topic.clear();
        who.note(*where, who.say(text_key::chat_no_topic));
    }
}

void hear_names(client& who, const irc_line& line) {
    room* const where = who.state.find(line.parameters()[2]);
    if (where == nullptr || !where->inside) {
        who.note(who.state.here(),
                 fmt::format("{}: {}", line.parameters()[2], line.parameters()[3]));
        return;
    }
    const std::string prefix = who.state.supported("PREFIX");
    const std::size_t close = prefix.find(')');
    const std::string signs = close == std::string::npos ? "~&@%+" : prefix.substr(close + 1);
    for_each_word(line.parameters()[3], [&](std::string_view word) {
        const std::size_t start = std::min(word.find_first_not_of(signs), word.size());
        const std::string name = base::harmless(nickname_of(word.substr(start)));
        if (!name.empty() && where->members.size() < members_max) {
            member& one = where->members[who.state.key(name)];
            one.nickname = name;
            one.prefix = word.substr(0, start);
        }
    });
}

void hear_listed(client& who, const irc_line& line) {
    who.note(who.state.here(), fmt::format("{} ({}) {}", line.parameters()[1], line.parameters()[2],
                                           readable(line.parameters()[3])));
}

void hear_now_away(client& who, const irc_line& line) {
    who.state.away = true;
    who.note(who.state.here(), readable(line.parameters().back()));
}

void hear_back(client& who, const irc_line& line) {
    who.state.away = false;
    who.note(who.state.here(), readable(line.parameters().back()));
}

// How many there are: of interest to those who ask for it, not to everybody who connects.
void hear_count(client& who, const irc_line& line) {
    if (!who.being_greeted) {
        hear_numeric(who, line);
    }
}

void hear_motd_end(client& who, const irc_line& /*line*/) { who.being_greeted = false; }

void hear_motd(client& who, const irc_line& line) {
    who.note(who.state.server_room(), readable(line.parameters().back()));
}

// Of a room: those who cannot speak or enter are told so where they tried.
void hear_room_refusal(client& who, const irc_line& line) {
    room* const where = who.state.find(line.parameters()[1]);
    const std::string sentence =
        fmt::format("{}: {}", line.parameters()[1], readable(line.parameters().back()));
    if (where != nullptr) {
        who.note(*where, sentence, entry_kind::warning);
    }
    const bool from_here = line.verb == "401" && where != &who.state.here(); // by /msg
    if (where == nullptr || from_here) {
        who.note(who.state.here(), sentence, entry_kind::warning);
    }
    if (where == nullptr) {
        return;
    }
    std::uint32_t label = 0;
    const std::string said = wire::tag_value(line.tags, "label").value_or("");
    std::from_chars(said.data(), said.data() + said.size(), label);
    label != 0 ? not_accepted(who, label) : not_accepted_in(who, *where);
    if (!where->inside && where->kind == room_kind::channel) {
        where->wanted = false;
    }
}

void hear_inviting(client& who, const irc_line& line) {
    room* const where = who.state.find(line.parameters()[2]);
    who.note(where != nullptr ? *where : who.state.here(),
             who.say(text_key::chat_invited_other,
                     {who.state.nickname, base::harmless(line.parameters()[1])}));
}

void hear_nothing(client& /*who*/, const irc_line& /*line*/) {}

constexpr auto rows = std::to_array<heard_verb>({
    {"001", 1, hear_welcome},      {"002", 0, hear_nothing},      {"003", 0, hear_nothing},
    {"004", 0, hear_nothing},      {"005", 2, hear_supports},     {"042", 0, hear_nothing},
    {"250", 1, hear_count},        {"251", 1, hear_count},        {"252", 1, hear_count},
    {"253", 1, hear_count},        {"254", 1, hear_count},        {"255", 1, hear_count},
    {"265", 1, hear_count},        {"266", 1, hear_count},        {"305", 1, hear_back},
    {"306", 1, hear_now_away},     {"321", 0, hear_nothing},      {"322", 4, hear_listed},
    {"323", 0, hear_nothing},      {"324", 0, hear_nothing},      {"329", 0, hear_nothing},
    {"331", 2, hear_no_topic},     {"332", 3, hear_topic_is},     {"333", 0, hear_nothing},
    {"341", 3, hear_inviting},     {"353", 4, hear_names},        {"366", 0, hear_nothing},
    {"372", 1, hear_motd},         {"375", 1, hear_motd},         {"376", 0, hear_motd_end},
    {"401", 3, hear_room_refusal}, {"403", 3, hear_room_refusal}, {"404", 3, hear_room_refusal},
    {"405", 3, hear_room_refusal}, {"422", 0, hear_motd_end},     {"437", 3, hear_room_refusal},
    {"439", 3, hear_room_refusal}, {"471", 3, hear_room_refusal}, {"473", 3, hear_room_refusal},
    {"474", 3, hear_room_refusal}, {"475", 3, hear_room_refusal}, {"477", 3, hear_room_refusal},
    {"479", 3, hear_room_refusal}, {"687", 0, hear_nothing},
});

// Answers to what somebody asked, and so for where she is.
bool is_asked_for(int number) {
    const auto within = [number](int first, int last) { return number >= first && number <= last; };
    return within(301, 303) || within(307, 320) || within(330, 349) || within(351, 371) ||
           within(378, 379) || number == 276 || number == 671 || within(390, 999);
}

} // namespace

void hear_numeric(client& who, const irc_line& line) {
    int number = 0;
    std::from_chars(line.verb.data(), line.verb.data() + line.verb.size(), number);
    const bool error = number >= 400 && number < 600;
    std::string all;
    for (std::size_t i = 1; i < line.parameter_count; ++i) {
        const bool sentence = error && i + 1 == line.parameter_count; // about what is before
        all += all.empty() ? "" : sentence ? ": " : " ";
        all += line.parameters()[i];
    }
    who.note(is_asked_for(number) ? who.state.here() : who.state.server_room(), readable(all),
             error ? entry_kind::warning : entry_kind::note);
    if (error) {
        std::uint32_t label = 0;
        const std::string said = wire::tag_value(line.tags, "label").value_or("");
        std::from_chars(said.data(), said.data() + said.size(), label);
        not_accepted(who, label);
    }
}

std::span<const heard_verb> answer_verbs() { return rows; }

} // namespace tertulia::terminal
