// SPDX-License-Identifier: Apache-2.0
// What all connections of the web's listeners share: the table of routes and what the operator
// set. Immutable while the server runs.
#pragma once

#include "base/catalogue.hpp"
#include "base/guarded.hpp"
#include "web/proxies.hpp"
#include "web/rates.hpp"
#include "web/routes.hpp"
#include "web/silent_dialect.hpp"

#include <memory>
#include <vector>

namespace tertulia::web {

struct site {
    std::vector<route> routes;
    proxies trusted; // whose word of where a request comes from is taken
    // How often addresses behind these ask; null: nobody counts.
    std::shared_ptr<base::guarded<rates>> relayed = {};
    base::language language = base::language::english;
    silent_dialect speech = {};
};

} // namespace tertulia::web
