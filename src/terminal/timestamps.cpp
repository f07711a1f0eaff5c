// SPDX-License-Identifier: Apache-2.0
#include "terminal/timestamps.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <ctime>

namespace tertulia::terminal {
namespace {

using namespace std::chrono;

std::tm local(base::wall_time at) {
    // A server may say any year: not all fit the nanoseconds of system_clock.
    const std::time_t seconds = floor<std::chrono::seconds>(at).time_since_epoch().count();
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
