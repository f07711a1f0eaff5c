// SPDX-License-Identifier: Apache-2.0
#include "session/order_texts.hpp"

#include <array>
#include <chrono>
#include <cstdio>

namespace tertulia::session {
namespace {

using base::text_key;
using until_when = std::optional<base::wall_time>;

std::string with_reason(base::language in, text_key what, until_when until,
                        const std::string& why) {
    std::string made = base::say(in, what, {end_in_words(in, until), why});
    made.erase(made.find_last_not_of(' ') + 1);
    return made;
}

} // namespace

std::string end_in_words(base::language in, until_when until) {
    if (!until) {
        return std::string(base::text(in, text_key::order_for_good));
    }
    const auto minute = std::chrono::ceil<std::chrono::minutes>(*until);
    const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(minute);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(minute - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d UTC",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()));
    return base::say(in, text_key::order_until, {text.data()});
}

std::string in_words(base::language in, const chat::refused& what) {
    const bool muted = what.why == chat::reason::muted;
    return with_reason(in, muted ? text_key::order_muted : text_key::order_banned, what.until,
                       what.a);
}

std::string in_words(base::language in, const chat::evicted& what) {
    return what.why == chat::eviction::killed
               ? base::say(in, text_key::irc_killed, {what.text})
               : with_reason(in, text_key::order_banned, what.until, what.text);
}

std::string in_words(base::language in, const chat::sanction& what) {
    const bool mutes = what.kind == chat::sanction_kind::mute;
    return with_reason(in, mutes ? text_key::order_muted : text_key::order_banned, what.until,
                       what.why);
}

std::string in_words(base::language in, const chat::announced& what) {
    return base::say(in, text_key::order_announcement, {what.by, what.text});
}

} // namespace tertulia::session
