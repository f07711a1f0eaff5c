// SPDX-License-Identifier: Apache-2.0
// POST /api/rooms/ROOM/messages as an account, and POST /hooks/SECRET as a webhook: one message,
// plain or as JSON, confirmed when it is durable.
#pragma once

#include "web/program_desk.hpp"
#include "web/routes.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia::web {

// The desk outlives the routes.
[[nodiscard]] std::vector<route> post_routes(const program_desk& at);

// The text of a body: {"text":…} where it is JSON, else the body itself. Lines end in LF, what
// would break a line of IRC is left out; blank lines at the end too.
enum class text_fault : std::uint8_t { not_json, not_utf8, empty, too_long };
[[nodiscard]] std::variant<std::string, text_fault> posted_text(std::string_view body, bool json);

} // namespace tertulia::web
