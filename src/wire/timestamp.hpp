// SPDX-License-Identifier: Apache-2.0
// Times as IRCv3's server-time and the HTTP API write them: ISO 8601 in UTC, to the millisecond.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::wire {

// "2026-03-01T12:30:00.000Z"; years 0 to 9999.
[[nodiscard]] std::string timestamp(base::wall_time of);
void append_timestamp(base::wall_time of, std::string& out);

// The milliseconds may be missing; a leap second is the next second.
[[nodiscard]] std::optional<base::wall_time> read_timestamp(std::string_view text);

} // namespace tertulia::wire
