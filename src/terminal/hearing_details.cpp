// SPDX-License-Identifier: Apache-2.0
// Who somebody is (WHOIS, WHOWAS, WHO), and the lists of a room, in words.
#include "base/width.hpp"
#include "terminal/hearing.hpp"
#include "terminal/timestamps.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;
using wire::irc_line;

std::string word(const irc_line& line, std::size_t at) {
    return at < line.parameter_count ? readable(line.parameters()[at]) : "";
}

void tell(client& who, text_key what, std::initializer_list<std::string_view> values) {
    who.note(who.state.here(), who.say(what, values));
}

std::optional<std::chrono::seconds> seconds_in(std::string_view text) {
    constexpr std::int64_t most = 100'000'000'000; // beyond it, times overflow
    std::int64_t number = 0;
    const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || number < 0 || number > most) {
        return std::nullopt;
    }
    return std::chrono::seconds(number);
}

std::string time_text(const client& who, base::wall_time at) {
    const bool today = day_number(at) == day_number(who.now.wall);
    return today ? clock_text(at)
                 : fmt::format("{}, {}", clock_text(at), day_text(at, who.state.language));
}

// 311 and 314: <who> <user> <host> * :<real name>
void hear_person(client& who, const irc_line& line) {
    const std::string address = fmt::format("{}@{}", word(line, 2), word(line, 3));
    tell(who, line.verb == "314" ? text_key::chat_whois_was : text_key::chat_whois_is,
         {word(line, 1), address, word(line, 5)});
}

void hear_server(client& who, const irc_line& line) {
    tell(who, text_key::chat_whois_server, {word(line, 1), word(line, 2), word(line, 3)});
}

// 317: <who> <seconds without a word> [<came at>] :<what these are>
void hear_idle(client& who, const irc_line& line) {
    if (const auto idle = seconds_in(line.parameters()[2])) {
        tell(who, text_key::chat_whois_active,
             {word(line, 1), time_text(who, who.now.wall - *idle)});
    }
    const auto since = line.parameter_count > 4 ? seconds_in(line.parameters()[3]) : std::nullopt;
    if (since) {
        tell(who, text_key::chat_whois_since,
             {word(line, 1), time_text(who, base::wall_time(*since))});
    }
}

void hear_rooms(client& who, const irc_line& line) {
    tell(who, text_key::chat_whois_rooms, {word(line, 1), word(line, 2)});
}

void hear_account(client& who, const irc_line& line) {
    tell(who, text_key::chat_whois_account, {word(line, 1), word(line, 2)});
}

void hear_away(client& who, const irc_line& line) {
    tell(who, text_key::chat_person_away, {word(line, 1), word(line, 2)});
}

// <who> [<what>…] :is something: reads as a sentence with the name before and the rest behind.
void hear_sentence(client& who, const irc_line& line) {
    std::string made = fmt::format("{} {}", word(line, 1), word(line, line.parameter_count - 1));
    for (std::size_t at = 2; at + 1 < line.parameter_count; ++at) {
        made += ' ' + word(line, at);
    }
    who.note(who.state.here(), std::move(made));
}

// 352: <room> <user> <host> <server> <who> <flags> :<hops> <real name>
void hear_found(client& who, const irc_line& line) {
    if (room* const where = who.state.find(line.parameters()[1])) {
        const auto found = where->members.find(who.state.key(line.parameters()[5]));
        if (found != where->members.end()) {
            found->second.away = line.parameters()[6].starts_with('G');
        }
    }
    const std::string last = word(line, line.parameter_count - 1);
    const std::size_t blank = last.find(' ');
    const std::string name = blank == std::string::npos ? last : last.substr(blank + 1);
    tell(who, text_key::chat_whois_is,
         {word(line, 5), fmt::format("{}@{}", word(line, 2), word(line, 3)), name});
}

void tell_listed(client& who, const irc_line& line, text_key what, std::size_t at) {
    ++who.listed;
    std::string made = who.say(what, {word(line, at)});
    if (at + 1 < line.parameter_count) {
        made += who.say(text_key::chat_listed_by,
                        {base::harmless(nickname_of(line.parameters()[at + 1]))});
    }
    room* const where = who.state.find(line.parameters()[1]);
    who.note(where != nullptr ? *where : who.state.here(), std::move(made));
}

// <room> <mask> [<by whom> <since when>]
void hear_ban(client& who, const irc_line& line) {
    tell_listed(who, line, text_key::chat_listed_ban, 2);
}
void hear_exception(client& who, const irc_line& line) {
    tell_listed(who, line, text_key::chat_listed_exception, 2);
}
void hear_invitation(client& who, const irc_line& line) {
    tell_listed(who, line, text_key::chat_listed_invitation, 2);
}
// Other servers' quiet list, with the mode before the mask.
void hear_mute(client& who, const irc_line& line) {
    tell_listed(who, line, text_key::chat_listed_mute, 3);
}

void hear_end_of_list(client& who, const irc_line& line) {
    if (std::exchange(who.listed, 0) == 0) {
        tell(who, text_key::chat_list_is_empty, {word(line, 1)});
    }
}

void hear_nothing(client& /*who*/, const irc_line& /*line*/) {}

constexpr auto rows = std::to_array<heard_verb>({
    {"276", 3, hear_sentence},  {"301", 3, hear_away},        {"307", 3, hear_sentence},
    {"310", 3, hear_sentence},  {"311", 6, hear_person},      {"312", 4, hear_server},
    {"313", 3, hear_sentence},  {"314", 6, hear_person},      {"315", 0, hear_nothing},
    {"317", 4, hear_idle},      {"318", 0, hear_nothing},     {"319", 3, hear_rooms},
    {"320", 3, hear_sentence},  {"330", 3, hear_account},     {"335", 3, hear_sentence},
    {"338", 3, hear_sentence},  {"346", 3, hear_invitation},  {"347", 2, hear_end_of_list},
    {"348", 3, hear_exception}, {"349", 2, hear_end_of_list}, {"352", 8, hear_found},
    {"367", 3, hear_ban},       {"368", 2, hear_end_of_list}, {"369", 0, hear_nothing},
    {"378", 3, hear_sentence},  {"379", 3, hear_sentence},    {"671", 3, hear_sentence},
    {"728", 4, hear_mute},      {"729", 2, hear_end_of_list},
});

} // namespace

std::span<const heard_verb> detail_verbs() { return rows; }

} // namespace tertulia::terminal
