// SPDX-License-Identifier: Apache-2.0
// GET /api/rooms/ROOM/export: a room's history for those who may read it, as JSON lines, text or a
// page; and GET /api/account/export: everything that is kept of whoever asks.
#pragma once

#include "session/files.hpp"
#include "web/program_desk.hpp"
#include "web/routes.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::web {

// The desk and the files outlive the routes; without files there are none.
[[nodiscard]] std::vector<route> export_routes(const program_desk& at, session::file_keeper* files);

// Nothing of a text is a tag, an entity or the end of an attribute; control characters go.
[[nodiscard]] std::string html_escaped(std::string_view text);

} // namespace tertulia::web
