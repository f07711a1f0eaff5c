// SPDX-License-Identifier: Apache-2.0
// GET /metrics, as Prometheus reads it: how many people and rooms there are, and what the process
// takes. For named addresses; to others there is no such page, nor to whom a proxy passes on
// without saying for whom.
#pragma once

#include "web/proxies.hpp"
#include "web/routes.hpp"

#include <string>

namespace tertulia::web {

struct metrics_options {
    proxies readers; // the addresses that may
    std::string version;
    base::wall_time started_at;
};

// `with` outlives the route.
[[nodiscard]] route metrics_route(const metrics_options& with);

} // namespace tertulia::web
