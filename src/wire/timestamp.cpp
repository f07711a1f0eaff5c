// SPDX-License-Identifier: Apache-2.0
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstddef>
#include <iterator>

namespace tertulia::wire {
namespace {

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

void append_timestamp(base::wall_time of, std::string& out) {
    const auto day = std::chrono::floor<std::chrono::days>(of);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(of - day);
    fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                   static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                   static_cast<unsigned>(date.day()), clock.hours().count(),
                   clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::string timestamp(base::wall_time of) {
    std::string made;
    append_timestamp(of, made);
    return made;
}

std::optional<base::wall_time> read_timestamp(std::string_view text) {
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

} // namespace tertulia::wire
