// SPDX-License-Identifier: Apache-2.0
#include "terminal/timestamps.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <ctime>

namespace tertulia::terminal {
namespace {

using namespace std::chrono;

bool read_number(std::string_view text, int& out) {
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
    return fault == std::errc() && end == text.data() + text.size() && out >= 0;
}

std::tm local(base::wall_time at) {
    const std::time_t seconds =
        system_clock::to_time_t(time_point_cast<system_clock::duration>(at));
    std::tm made{};
    ::localtime_r(&seconds, &made);
    return made;
}

constexpr std::array english_days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                  "Thursday", "Friday", "Saturday"};
constexpr std::array spanish_days{"domingo", "lunes",   "martes", "miércoles",
                                  "jueves",  "viernes", "sábado"};
constexpr std::array english_months{"January",   "February", "March",    "April",
                                    "May",       "June",     "July",     "August",
                                    "September", "October",  "November", "December"};
constexpr std::array spanish_months{"enero",      "febrero", "marzo",     "abril",
                                    "mayo",       "junio",   "julio",     "agosto",
                                    "septiembre", "octubre", "noviembre", "diciembre"};

} // namespace

std::optional<base::wall_time> read_timestamp(std::string_view text) {
    if (text.size() != 24 || text[4] != '-' || text[7] != '-' || text[10] != 'T' ||
        text[13] != ':' || text[16] != ':' || text[19] != '.' || text[23] != 'Z') {
        return std::nullopt;
    }
    std::array<int, 7> of{};
    constexpr std::array<std::pair<std::size_t, std::size_t>, 7> places{
        {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}, {20, 3}}};
    for (std::size_t i = 0; i < of.size(); ++i) {
        if (!read_number(text.substr(places[i].first, places[i].second), of[i])) {
            return std::nullopt;
        }
    }
    const year_month_day day{year(of[0]), month(static_cast<unsigned>(of[1])),
                             std::chrono::day(static_cast<unsigned>(of[2]))};
    if (!day.ok() || of[3] > 23 || of[4] > 59 || of[5] > 60) {
        return std::nullopt;
    }
    return sys_days(day) + hours(of[3]) + minutes(of[4]) + seconds(of[5]) + milliseconds(of[6]);
}

std::string write_timestamp(base::wall_time at) {
    const auto midnight = floor<days>(at);
    const year_month_day day(midnight);
    const hh_mm_ss time(at - midnight);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

std::string clock_text(base::wall_time at) {
    const std::tm when = local(at);
    return fmt::format("{:02}:{:02}", when.tm_hour, when.tm_min);
}

std::string day_text(base::wall_time at, base::language in) {
    const std::tm when = local(at);
    const auto weekday = static_cast<std::size_t>(when.tm_wday);
    const auto month_number = static_cast<std::size_t>(when.tm_mon);
    return in == base::language::spanish
               ? fmt::format("{}, {} de {} de {}", spanish_days.at(weekday), when.tm_mday,
                             spanish_months.at(month_number), when.tm_year + 1900)
               : fmt::format("{}, {} {} {}", english_days.at(weekday), when.tm_mday,
                             english_months.at(month_number), when.tm_year + 1900);
}

int day_number(base::wall_time at) {
    const std::tm when = local(at);
    return when.tm_year * 366 + when.tm_yday;
}

} // namespace tertulia::terminal
