// SPDX-License-Identifier: Apache-2.0
// GET /api/account/export: what the server keeps of an account, for itself, as one JSON document:
// its profile and settings, its rooms, its sessions, its files and everything it has said.
#pragma once

#include "session/files.hpp"
#include "web/program_desk.hpp"
#include "web/routes.hpp"

namespace tertulia::web {

[[nodiscard]] route own_export_route(const program_desk& at, session::file_keeper* files);

} // namespace tertulia::web
