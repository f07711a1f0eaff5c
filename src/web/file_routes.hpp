// SPDX-License-Identifier: Apache-2.0
// Files over HTTP: handed in at /upload, as IRC's FILEHOST wants it too, and handed out below
// /files. Nothing that comes from there can run in the name of this site.
#pragma once

#include "session/files.hpp"
#include "session/service_passes.hpp"
#include "web/routes.hpp"

#include <cstdint>
#include <vector>

namespace tertulia::web {

// Is it counted how often somebody uploads?
enum class upload_rates : std::uint8_t { counted, free };

// `files` and `passes` outlive the routes.
[[nodiscard]] std::vector<route> file_routes(session::file_keeper& files,
                                             const session::service_passes& passes,
                                             upload_rates how = upload_rates::counted);

} // namespace tertulia::web
