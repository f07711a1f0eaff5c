// SPDX-License-Identifier: Apache-2.0
// Files over HTTP: handed in at /upload, as IRC's FILEHOST wants it too, and handed out below
// /files. Nothing that comes from there can run in the name of this site.
#pragma once

#include "session/files.hpp"
#include "web/routes.hpp"

#include <vector>

namespace tertulia::web {

// `files` outlives the routes.
[[nodiscard]] std::vector<route> file_routes(session::file_keeper& files);

} // namespace tertulia::web
