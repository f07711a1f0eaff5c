// SPDX-License-Identifier: Apache-2.0
// PASS NICK USER PING PONG QUIT ERROR: how a connection begins, proves that it lives, and ends.
// (Modern IRC, "Connection Messages".)
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/answers.hpp"
#include "irc/greeting.hpp"
#include "irc/lines.hpp"
#include "irc/metadata_lines.hpp"
#include "irc/particulars.hpp"
#include "irc/sasl.hpp"
#include "irc/sending.hpp"
#include "irc/services.hpp"
#include "irc/verbs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::irc {
namespace {

namespace limits = base::limits;
using wire::irc_line;

void pass(session& by, const irc_line& line) {
    by.before_registration()->password = line.parameter[0];
}

void refuse(session& by, std::string_view why) { by.close(why, std::string(why)); }

// WEBIRC password gateway host address [:options]; the host is a name that nobody could check.
void webirc(session& by, const irc_line& line) {
    const greeting& told = *by.before_registration();
    const auto is_there = [&](const gateway& one) { return one.address == told.from.address; };
    const auto known = [&](const gateway& one) {
        return is_there(one) && crypto::equal_secrets(one.password, line.parameter[0]);
    };
    const auto& gateways = by.rules().gateways;
    peer whence = told.from;
    whence.secure = line.parameter[4].find("secure") != std::string_view::npos;
    if (told.nickname || !told.user.empty() || told.relocated) {
        refuse(by, by.text(base::text_key::irc_gateway_late));
    } else if (std::ranges::none_of(gateways, is_there)) {
        refuse(by, by.text(base::text_key::irc_gateway_unknown));
    } else if (std::ranges::none_of(gateways, known)) {
        refuse(by, by.text(base::text_key::irc_wrong_password));
    } else if (!by.rules().relocate(whence, line.parameter[3])) {
        refuse(by, by.say(base::text_key::irc_gateway_address, {as_parameter(line.parameter[3])}));
    } else {
        by.come_from(std::move(whence));
    }
}

void nick(session& by, const irc_line& line) {
    const std::string_view typed = line.parameter[0];
    if (typed.empty()) {
        by.reply(numeric::err_nonicknamegiven, {}, by.text(base::text_key::irc_no_nickname_given));
        return;
    }
    auto made = base::make_nickname(typed);
    if (!made) {
        by.reply(numeric::err_erroneusnickname, {typed}, by.text(base::text_key::irc_bad_nickname));
    } else if (greeting* const told = by.before_registration()) {
        told->nickname = std::move(*made);
        by.register_when_ready();
    } else {
        by.submit(chat::rename{std::move(*made)});
    }
}

// '~' says that nobody has proved it; nothing in it can be mistaken for a part of a mask.
std::string clean_user_name(std::string_view typed) {
    const auto allowed = [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= '0' && byte <= '9') || byte == '.' || byte == '_' || byte == '-';
    };
    std::string clean = "~";
    std::ranges::copy_if(typed, std::back_inserter(clean), allowed);
    clean.resize(std::min(clean.size(), limits::user_name_size_max));
    return clean.size() == 1 ? "~user" : clean;
}

void user(session& by, const irc_line& line) {
    greeting& told = *by.before_registration();
    told.user = clean_user_name(line.parameter[0]);
    told.real_name = base::truncate_utf8(line.parameter[3], limits::real_name_size_max);
    by.register_when_ready();
}

void ping(session& by, const irc_line& line) {
    if (line.parameter[0].empty()) {
        by.reply(numeric::err_noorigin, {}, by.text(base::text_key::irc_no_origin));
        return;
    }
    const std::string& server = by.rules().server_name;
    by.line(fmt::format(":{} PONG {} :{}", server, server, line.parameter[0]));
}

void take_note(session& /*by*/, const irc_line& /*line*/) {}

// Modern IRC: "Quit: " stands before a reason that the client gave, also an empty one, so that it
// cannot be mistaken for one of the server's.
void quit(session& by, const irc_line& line) {
    const std::string_view reason = base::truncate_utf8(line.parameter[0], limits::reason_size_max);
    const auto read = tertulia::session::read_words(by.rules().manners, by.self(), reason);
    by.close(by.text(base::text_key::irc_closing), fmt::format("Quit: {}", read.censored));
}

// A browser that was led here sends its request's body too, which could be lines of IRC.
void refuse_browser(session& by, const irc_line& line) {
    if (by.registered()) {
        by.reply(numeric::err_unknowncommand, {line.verb},
                 by.text(base::text_key::irc_unknown_command));
        return;
    }
    const std::string_view reason = by.text(base::text_key::irc_not_irc);
    by.close(reason, std::string(reason));
}

constexpr auto rows = std::to_array<verb>({
    {"ERROR", 0, phase::both, take_note},
    {"GET", 0, phase::both, refuse_browser},
    {"NICK", 0, phase::both, nick},
    {"PASS", 1, phase::before, pass},
    {"PING", 0, phase::both, ping},
    {"PONG", 0, phase::both, take_note},
    {"POST", 0, phase::both, refuse_browser},
    {"QUIT", 0, phase::both, quit},
    {"USER", 4, phase::before, user},
    {"WEBIRC", 4, phase::before, webirc},
});

} // namespace

std::span<const verb> connection_verbs() { return rows; }

} // namespace tertulia::irc
