// SPDX-License-Identifier: Apache-2.0
// ANNOUNCE REPORT REPORTS MODLOG: what operators tell everybody, what people tell them, and what
// they did. WALLOPS is ANNOUNCE: whoever is there hears it.
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/answer_families.hpp"
#include "irc/answers.hpp"
#include "irc/lines.hpp"
#include "irc/verbs.hpp"
#include "irc/words.hpp"
#include "session/order_texts.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::irc {
namespace {

using base::text_key;
using wire::irc_line;

void tell(session& to, std::string_view text) {
    to.line(fmt::format(":{} NOTICE {} :{}", to.rules().server_name, to.nickname(), text));
}

std::string reason_from(const irc_line& line, std::size_t first) {
    return std::string(base::truncate_utf8(words_from(line, first), base::limits::reason_size_max));
}

std::optional<std::uint64_t> read_number(std::string_view typed) {
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    const bool whole = fault == std::errc{} && end == typed.data() + typed.size();
    return whole ? std::optional(number) : std::nullopt;
}

std::string time_of(base::wall_time when) {
    std::string made;
    wire::append_timestamp(when, made);
    return made;
}

void announce(session& by, const irc_line& line) {
    by.submit(chat::command{chat::announce{reason_from(line, 0)}});
}

// "nickname [msgid] reason", or "msgid reason".
void report(session& by, const irc_line& line) {
    chat::file_report wish;
    std::size_t next = 0;
    if (!by.door().tokens().number(line.parameter[0])) {
        wish.whom = name_to_find(line.parameter[0]);
        next = 1;
    }
    if (const auto about = by.door().tokens().number(line.parameter[next])) {
        wish.about = {*about};
        ++next;
    }
    wish.why = reason_from(line, next);
    by.submit(chat::command{std::move(wish)});
}

void reports(session& by, const irc_line& line) {
    if (line.parameter_count == 0) {
        by.submit(chat::question{chat::ask_reports{}});
        return;
    }
    const auto which =
        line.parameter_count > 1 ? read_number(line.parameter[1]) : std::optional<std::uint64_t>{};
    if (in_capitals(line.parameter[0]) == "CLOSE" && which) {
        by.submit(chat::command{chat::close_report{{*which}, reason_from(line, 2)}});
    } else {
        by.fail("REPORTS", "INVALID_PARAMS", {}, by.text(text_key::order_reports_usage));
    }
}

void modlog(session& by, const irc_line& line) {
    constexpr std::uint64_t usual = 20;
    const auto number_at = [&](std::size_t at, std::uint64_t otherwise) {
        return at < line.parameter_count ? read_number(line.parameter[at]).value_or(otherwise)
                                         : otherwise;
    };
    const std::uint64_t count =
        std::min<std::uint64_t>(number_at(0, usual), base::limits::moderation_page_max);
    by.submit(
        chat::question{chat::ask_moderation{static_cast<std::uint32_t>(count), {number_at(1, 0)}}});
}

std::string entry_of(const session& to, const chat::report& what) {
    std::string whom = what.whom;
    if (what.about) {
        whom += whom.empty() ? "msgid " : " msgid ";
        to.door().tokens().append(what.about.value, whom);
    }
    return to.say(text_key::order_report_entry, {std::to_string(what.id.value), time_of(what.at),
                                                 what.by, whom, what.why.empty() ? "-" : what.why});
}

// Of a message that was taken back the log has room, author and number: "#room berta msgid 9f2c".
std::string whom_of(const session& to, const chat::moderated& what) {
    const std::size_t last = what.whom.rfind(' ');
    const auto number = what.what == chat::measure::redacted && last != std::string::npos
                            ? read_number(std::string_view(what.whom).substr(last + 1))
                            : std::optional<std::uint64_t>{};
    if (!number) {
        return what.whom;
    }
    std::string made = what.whom.substr(0, last) + " msgid ";
    to.door().tokens().append(*number, made);
    return made;
}

// "17 2026-03-01T12:30:00.000Z ana ban 192.0.2.0/24 (until 2026-03-02 12:30 UTC): spam"
std::string entry_of(const session& to, const chat::measure_taken& one) {
    const chat::moderated& what = one.what;
    std::string made = fmt::format("{} {} {} {}", what.number.value, time_of(one.at),
                                   what.by.empty() ? "*" : what.by, name_of(what.what));
    if (!what.whom.empty()) {
        made += " " + whom_of(to, what);
    }
    if (what.until) {
        made += fmt::format(" ({})", tertulia::session::end_in_words(to.language(), what.until));
    }
    return what.why.empty() ? made : fmt::format("{}: {}", made, what.why);
}

constexpr std::array verbs{
    verb{"ANNOUNCE", 1, phase::after, announce}, verb{"MODLOG", 0, phase::after, modlog},
    verb{"REPORT", 2, phase::after, report},     verb{"REPORTS", 0, phase::after, reports},
    verb{"WALLOPS", 1, phase::after, announce},
};

} // namespace

void say_announcement(session& to, const chat::announced& what) {
    tell(to, tertulia::session::in_words(to.language(), what));
}

void say_report(session& to, const chat::reported& what) {
    const std::string number = std::to_string(what.what.id.value);
    switch (what.heard_as) {
    case chat::reported_as::receipt:
        tell(to, to.say(text_key::order_report_taken, {number}));
        return;
    case chat::reported_as::news: tell(to, entry_of(to, what.what)); return;
    case chat::reported_as::closed:
        tell(to, to.say(text_key::order_report_closed, {number}));
        return;
    }
}

void render(session& to, const chat::reports_answer& what) {
    std::vector<std::string> texts;
    for (const chat::report& one : what.open) {
        texts.push_back(entry_of(to, one));
    }
    texts.emplace_back(to.text(text_key::order_end_of_list));
    list_notices(to, std::move(texts));
}

void render(session& to, const chat::moderation_answer& what) {
    std::vector<std::string> texts;
    for (const chat::measure_taken& one : what.entries) {
        texts.push_back(entry_of(to, one));
    }
    texts.emplace_back(to.text(text_key::order_end_of_list));
    list_notices(to, std::move(texts));
}

std::span<const verb> report_verbs() { return verbs; }

} // namespace tertulia::irc
