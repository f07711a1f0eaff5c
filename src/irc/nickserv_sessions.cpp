// SPDX-License-Identifier: Apache-2.0
// /msg NickServ SESSIONS and CERT: one's own sessions, and the certificates that open the account.
#include "irc/answer_families.hpp"
#include "irc/lines.hpp"
#include "irc/nickserv.hpp"
#include "irc/particulars.hpp"
#include "irc/services.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>

namespace tertulia::irc {
namespace {

using base::text_key;

constexpr std::size_t fingerprint_size = 64;

void say(session& by, text_key what) { notice_from(by, service_name, by.text(what)); }

// "1-23": the thread and the number of a session. Those of other machines have no name yet.
std::string name_of(const chat::session_id& of) {
    return fmt::format("{}-{}", of.thread, of.number);
}

template <class Number>
bool read_number(std::string_view typed, Number& into) {
    const auto [end, fault] = std::from_chars(typed.data(), typed.data() + typed.size(), into);
    return fault == std::errc{} && end == typed.data() + typed.size();
}

std::optional<chat::session_id> read_session(std::string_view typed, std::uint16_t node) {
    const std::size_t dash = typed.find('-');
    chat::session_id named;
    named.node = node;
    if (dash == std::string_view::npos || !read_number(typed.substr(0, dash), named.thread) ||
        !read_number(typed.substr(dash + 1), named.number)) {
        return std::nullopt;
    }
    return named;
}

// With or without colons, in either case of letters; empty: it is none.
std::string read_fingerprint(std::string_view typed) {
    std::string digits;
    for (const char one : typed) {
        const char low = one >= 'A' && one <= 'F' ? static_cast<char>(one - 'A' + 'a') : one;
        const bool digit = (low >= '0' && low <= '9') || (low >= 'a' && low <= 'f');
        if (!digit && one != ':') {
            return {};
        }
        if (digit) {
            digits += low;
        }
    }
    return digits.size() == fingerprint_size ? digits : std::string();
}

void change_certificate(session& by, std::string_view typed, bool add) {
    const std::string own = by.rare() == nullptr ? std::string() : by.rare()->certificate;
    const std::string fingerprint = typed.empty() && add ? own : read_fingerprint(typed);
    if (typed.empty() && add && own.empty()) {
        say(by, text_key::nickserv_no_certificate);
    } else if (fingerprint.empty()) {
        say(by, text_key::nickserv_cert_usage);
    } else {
        by.submit_as(chat::change_certificate{fingerprint, add}, face::nickserv_certificate);
    }
}

} // namespace

void do_sessions(session& by, std::string_view /*none*/) {
    if (!by.self()->registered) {
        say(by, text_key::irc_not_logged_in);
    } else {
        by.submit(chat::question{chat::ask_sessions{}});
    }
}

void do_logout_of(session& by, std::string_view typed) {
    if (const auto which = read_session(typed, by.id().node); which == by.id()) {
        say(by, text_key::nickserv_own_session);
    } else if (which) {
        by.submit_as(chat::end_session{*which}, face::nickserv_logout);
    } else {
        say(by, text_key::nickserv_logout_usage);
    }
}

void do_certificates(session& by, std::string_view parameters) {
    const std::size_t end = std::min(parameters.find(' '), parameters.size());
    const std::string how = in_capitals(parameters.substr(0, end));
    std::string_view typed = parameters.substr(end);
    typed.remove_prefix(std::min(typed.find_first_not_of(' '), typed.size()));
    if (!by.self()->registered) {
        say(by, text_key::irc_not_logged_in);
    } else if (how == "LIST") {
        by.submit(chat::question{chat::ask_certificates{}});
    } else if (how == "ADD" || how == "DEL") {
        change_certificate(by, typed, how == "ADD");
    } else {
        say(by, text_key::nickserv_cert_usage);
    }
}

void render(session& to, const chat::sessions_answer& what) {
    for (const chat::sessions_answer::entry& one : what.sessions) {
        std::string since;
        wire::append_timestamp(one.what.since, since);
        const auto idle = std::max(to.now().wall - one.what.spoke_at, std::chrono::milliseconds{0});
        std::string text = to.say(
            text_key::nickserv_session,
            {name_of(one.what.session), one.what.door.empty() ? "?" : one.what.door, one.address,
             since, fmt::to_string(std::chrono::floor<std::chrono::seconds>(idle).count())});
        if (one.own) {
            text += ' ';
            text += to.text(text_key::nickserv_this_session);
        }
        notice_from(to, service_name, text);
    }
}

void render(session& to, const chat::certificates_answer& what) {
    if (what.changed) {
        say(to, text_key::nickserv_certificates_changed);
    }
    if (what.fingerprints.empty()) {
        say(to, text_key::nickserv_no_certificates);
    }
    for (const std::string& one : what.fingerprints) {
        notice_from(to, service_name, one);
    }
}

} // namespace tertulia::irc
