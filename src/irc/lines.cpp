// SPDX-License-Identifier: Apache-2.0
#include "irc/lines.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>

namespace tertulia::irc {
namespace {

constexpr std::string_view line_break = "\r\n";
constexpr std::size_t text_size_max = base::limits::line_size_max - line_break.size();

// Takes a number of exactly `digits` digits and the character behind it off the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits, char behind) {
    if (text.size() <= digits || text[digits] != behind) {
        return std::nullopt;
    }
    const std::string_view word = text.substr(0, digits);
    unsigned number = 0; // has no sign, not even before a zero
    const auto [end, fault] = std::from_chars(word.begin(), word.end(), number);
    if (fault != std::errc{} || end != word.end()) {
        return std::nullopt;
    }
    text.remove_prefix(digits + 1);
    return static_cast<int>(number);
}

} // namespace

void line_end::close() {
    const std::string_view line = std::string_view(out_).substr(begin_);
    if (line.size() > text_size_max) {
        out_.resize(begin_ + base::truncate_utf8(line, text_size_max).size());
    }
    out_ += line_break;
}

std::size_t line_room_after(std::string_view start) {
    return text_size_max - std::min(start.size(), text_size_max);
}

void append_tags(const line_tags& of, const crypto::message_tokens& tokens, capability_set as,
                 std::string& out) {
    char before = '@';
    const auto next = [&](std::string_view tag) {
        out += before;
        out += tag;
        before = ';';
    };
    if (!of.batch.empty()) {
        next("batch=");
        out += of.batch;
    }
    if (of.number && as.has(capability::message_tags)) {
        next("msgid=");
        tokens.append(of.number.value, out);
    }
    if (as.has(capability::server_time)) {
        next("time=");
        append_time(of.time, out);
    }
    if (!of.account.empty() && as.has(capability::account_tag)) {
        next("account=");
        out += of.account;
    }
    if (!of.operating.empty() && as.has(capability::oper_tag)) {
        next("draft/oper=");
        out += of.operating;
    }
    if (of.bot && as.has(capability::message_tags)) {
        next("bot");
    }
    if (!of.also.empty() && as.has(capability::message_tags)) {
        next(of.also);
    }
    if (!of.client_only.empty() && as.has(capability::message_tags)) {
        next(of.client_only);
    }
    if (before == ';') {
        out += ' ';
    }
}

void append_source(std::string_view nickname, std::string_view user, std::string_view host,
                   std::string& out) {
    out += ':';
    out += nickname;
    out += '!';
    out += user;
    out += '@';
    out += host;
    out += ' ';
}

void append_source(const chat::card& of, std::string& out) {
    append_source(of.nickname.display, of.user, of.host, out);
}

std::string_view as_parameter(std::string_view typed) {
    const bool is_one = !typed.empty() && !typed.starts_with(':') && !typed.contains(' ');
    return is_one ? typed : "*";
}

std::string_view verb_of(chat::message_kind kind) {
    switch (kind) {
    case chat::message_kind::message: return "PRIVMSG";
    case chat::message_kind::notice: return "NOTICE";
    case chat::message_kind::tags: return "TAGMSG";
    }
    return {};
}

void append_tagged(std::string_view lines, std::string_view tag, std::string& out) {
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n') + 1);
        lines.remove_prefix(line.size());
        if (line.starts_with("@batch=")) {
            out += line;
        } else if (line.starts_with('@')) {
            fmt::format_to(std::back_inserter(out), "@{};{}", tag, line.substr(1));
        } else {
            fmt::format_to(std::back_inserter(out), "@{} {}", tag, line);
        }
    }
}

std::string in_capitals(std::string_view word) {
    std::string capitals(word);
    std::ranges::transform(capitals, capitals.begin(), [](char byte) {
        return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
    });
    return capitals;
}

void append_time(base::wall_time time, std::string& out) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                   static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                   static_cast<unsigned>(date.day()), clock.hours().count(),
                   clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::optional<base::wall_time> read_time(std::string_view text) {
    const auto year = take_number(text, 4, '-');
    const auto month = take_number(text, 2, '-');
    const auto day = take_number(text, 2, 'T');
    const auto hour = take_number(text, 2, ':');
    const auto minute = take_number(text, 2, ':');
    const auto second = take_number(text, 2, text.contains('.') ? '.' : 'Z');
    const auto milliseconds = text.empty() ? std::optional(0) : take_number(text, 3, 'Z');
    if (!year || !month || !day || !hour || !minute || !second || !milliseconds || !text.empty()) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date(std::chrono::year{*year},
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) { // 60: a leap second
        return std::nullopt;
    }
    return base::wall_time(std::chrono::sys_days(date)) + std::chrono::hours(*hour) +
           std::chrono::minutes(*minute) + std::chrono::seconds(*second) +
           std::chrono::milliseconds(*milliseconds);
}

} // namespace tertulia::irc
