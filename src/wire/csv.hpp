// SPDX-License-Identifier: Apache-2.0
// Tables as spreadsheets write them (RFC 4180), in UTF-8: fields between commas, or semicolons as
// Spanish spreadsheets have it, quoted where a field holds one or a line break.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::wire {

using csv_row = std::vector<std::string>;

// Nothing where a quote is not closed or has something behind it. Empty lines are no rows. A
// byte-order mark is passed over.
[[nodiscard]] std::optional<std::vector<csv_row>> parse_csv(std::string_view text);

[[nodiscard]] std::string to_csv_line(const csv_row& row);

} // namespace tertulia::wire
