// SPDX-License-Identifier: Apache-2.0
// Times as people read them in their own zone.
#pragma once

#include "base/catalogue.hpp"
#include "base/time.hpp"

#include <string>

namespace tertulia::terminal {

// "20:15" where the machine is.
[[nodiscard]] std::string clock_text(base::wall_time at);
// "Saturday, 28 November 2026", "sábado, 28 de noviembre de 2026".
[[nodiscard]] std::string day_text(base::wall_time at, base::language in);
// The same for all times of one day.
[[nodiscard]] int day_number(base::wall_time at);

} // namespace tertulia::terminal
