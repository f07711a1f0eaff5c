// SPDX-License-Identifier: Apache-2.0
// Times as IRCv3 writes them, and as people read them in their own zone.
#pragma once

#include "base/catalogue.hpp"
#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::terminal {

// "2026-11-28T20:15:00.123Z", and nothing else.
[[nodiscard]] std::optional<base::wall_time> read_timestamp(std::string_view text);
[[nodiscard]] std::string write_timestamp(base::wall_time at);

// "20:15" where the machine is.
[[nodiscard]] std::string clock_text(base::wall_time at);
// "Saturday, 28 November 2026", "sábado, 28 de noviembre de 2026".
[[nodiscard]] std::string day_text(base::wall_time at, base::language in);
// The same for all times of one day.
[[nodiscard]] int day_number(base::wall_time at);

} // namespace tertulia::terminal
