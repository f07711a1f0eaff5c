// SPDX-License-Identifier: Apache-2.0
// GET /metrics, as Prometheus reads it: how many people and rooms there are, what is said, and what
// the process takes of memory, processor and disk. For named addresses; to others there is no such
// page, nor to whom a proxy passes on without saying for whom.
#pragma once

#include "session/files.hpp"
#include "web/proxies.hpp"
#include "web/routes.hpp"

#include <filesystem>
#include <string>

namespace tertulia::web {

struct metrics_options {
    proxies readers; // the addresses that may
    std::string version;
    base::wall_time started_at;
    std::filesystem::path database;
    session::file_keeper* files = nullptr; // none: nobody uploads
};

[[nodiscard]] route metrics_route(metrics_options with);

} // namespace tertulia::web
