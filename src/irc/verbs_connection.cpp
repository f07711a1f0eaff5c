// SPDX-License-Identifier: Apache-2.0
// CAP PASS NICK USER PING PONG QUIT ERROR: how a connection begins, proves that it lives, and ends.
// (IRCv3 capability negotiation; Modern IRC, "Connection Messages".)
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

using words = std::vector<std::string_view>;

bool secure(const session& by) {
    const greeting* const told = by.before_registration();
    return told != nullptr ? told->from.secure : by.self()->secure;
}

std::string value_of(const session& by, const capability_row& row) {
    switch (row.what) {
    case capability::sasl: return std::string(sasl_mechanisms(by.rules(), outside_of(by)));
    case capability::metadata_2:
    case capability::metadata_3: return metadata_limits();
    case capability::account_registration:
        return by.rules().registration == tertulia::session::registration::by_code
                   ? fmt::format("{},invitation-required", row.value)
                   : std::string(row.value);
    case capability::sts:
        return secure(by) ? fmt::format("duration={}", by.rules().sts_duration.count())
                          : fmt::format("port={}", by.rules().sts_port);
    default: return std::string(row.value);
    }
}

// As CAP LS lists it: with its value, for those who know of values, but not where it does not hold.
std::string shown(const session& by, const capability_row& row) {
    const std::string value = value_of(by, row);
    const bool with_value = !value.empty() && by.capabilities().has(capability::version_302);
    return with_value ? fmt::format("{}={}", row.name, value) : std::string(row.name);
}

bool offered(const session& by, const capability_row& row) {
    if (row.what == capability::sts) { // without its value it says nothing
        return by.capabilities().has(capability::version_302) && by.rules().sts_port > 0 &&
               by.rules().sts_duration > std::chrono::seconds{0};
    }
    if (row.what == capability::webpush || row.what == capability::soju_webpush) {
        return !by.rules().push_key.empty();
    }
    return row.what != capability::account_registration ||
           by.rules().registration != tertulia::session::registration::closed;
}

words split_words(std::string_view text) {
    words found;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) {
            found.push_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

// ":server CAP ana LS :a b c", in as many lines as needed; `more` marks all but the last.
void send_capabilities(session& to, std::string_view subcommand, const words& names,
                       std::string_view more) {
    const std::string start =
        fmt::format(":{} CAP {} {} ", to.rules().server_name, to.nickname(), subcommand);
    const std::size_t room = line_room_after(start) - more.size() - 1;
    std::string list;
    for (const std::string_view name : names) {
        if (!list.empty() && list.size() + 1 + name.size() > room) {
            to.line(fmt::format("{}{}:{}", start, more, list));
            list.clear();
        }
        list += list.empty() ? "" : " ";
        list += name;
    }
    to.line(fmt::format("{}:{}", start, list));
}

const capability_row* find_capability(std::string_view name) {
    const auto found = std::ranges::find(capabilities(), name, &capability_row::name);
    return found == capabilities().end() ? nullptr : &*found;
}

// All or nothing. Who speaks version 302 keeps cap-notify.
std::optional<capability_set> apply_wishes(capability_set to, const words& wishes) {
    for (const std::string_view wish : wishes) {
        const bool away_with = wish.starts_with('-');
        const capability_row* const row = find_capability(wish.substr(away_with ? 1 : 0));
        const bool stays = row != nullptr && row->what == capability::cap_notify &&
                           to.has(capability::version_302);
        const bool policy =
            row != nullptr && row->what == capability::sts; // is not to be asked for
        if (row == nullptr || policy || (away_with && stays)) {
            return std::nullopt;
        }
        if (away_with) {
            to.remove(row->what);
        } else {
            to.add(row->what);
        }
    }
    return to;
}

void negotiate(session& by, bool open) {
    if (greeting* const told = by.before_registration()) {
        told->negotiating = open;
    }
}

int read_version(std::string_view typed) {
    int version = 0;
    std::from_chars(typed.data(), typed.data() + typed.size(), version);
    return version;
}

// Who has not said that she knows of lists in several lines is not told that more follow.
std::string_view more_mark(const session& by) {
    return by.capabilities().has(capability::version_302) ? "* " : "";
}

void cap_ls(session& by, std::string_view version) {
    negotiate(by, true);
    if (read_version(version) >= 302) {
        capability_set with_notify = by.capabilities();
        with_notify.add(capability::version_302);
        with_notify.add(capability::cap_notify);
        by.set_capabilities(with_notify);
    }
    std::vector<std::string> texts;
    for (const capability_row& row : capabilities()) {
        if (offered(by, row)) {
            texts.push_back(shown(by, row));
        }
    }
    send_capabilities(by, "LS", {texts.begin(), texts.end()}, more_mark(by));
}

void cap_list(session& by, std::string_view /*none*/) {
    words names;
    for (const capability_row& row : capabilities()) {
        if (by.capabilities().has(row.what)) {
            names.push_back(row.name);
        }
    }
    send_capabilities(by, "LIST", names, more_mark(by));
}

void cap_req(session& by, std::string_view list) {
    negotiate(by, true);
    const words wishes = split_words(list);
    if (const auto wanted = apply_wishes(by.capabilities(), wishes)) {
        by.set_capabilities(*wanted);
        send_capabilities(by, "ACK", wishes, "");
    } else {
        send_capabilities(by, "NAK", wishes, "");
    }
}

void cap_end(session& by, std::string_view /*none*/) {
    negotiate(by, false);
    by.register_when_ready();
}

struct cap_row {
    std::string_view name;
    void (*handle)(session& by, std::string_view parameter);
};
constexpr auto cap_rows = std::to_array<cap_row>({
    {"LS", cap_ls},
    {"LIST", cap_list},
    {"REQ", cap_req},
    {"END", cap_end},
});

void cap(session& by, const irc_line& line) {
    const std::string subcommand = in_capitals(line.parameter[0]);
    const auto* const row = std::ranges::find(cap_rows, subcommand, &cap_row::name);
    if (row == cap_rows.end()) {
        by.reply(numeric::err_invalidcapcmd, {line.parameter[0]},
                 by.text(base::text_key::irc_bad_cap_command));
        return;
    }
    row->handle(by, line.parameter[1]);
}

void pass(session& by, const irc_line& line) {
    by.before_registration()->password = line.parameter[0];
}

// WEBIRC password gateway host address [:options]; the host is a name that nobody could check.
void webirc(session& by, const irc_line& line) {
    const greeting& told = *by.before_registration();
    const auto known = [&](const gateway& one) {
        return one.address == told.from.address &&
               crypto::equal_secrets(one.password, line.parameter[0]);
    };
    peer whence = told.from;
    whence.secure = line.parameter[4].find("secure") != std::string_view::npos;
    if (told.nickname || !told.user.empty() || told.relocated ||
        std::ranges::none_of(by.rules().gateways, known) ||
        !by.rules().relocate(whence, line.parameter[3])) {
        const std::string_view wrong = by.text(base::text_key::irc_wrong_password);
        by.close(wrong, std::string(wrong));
        return;
    }
    by.come_from(std::move(whence));
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
    {"CAP", 1, phase::both, cap},
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
