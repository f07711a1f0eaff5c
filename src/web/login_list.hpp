// SPDX-License-Identifier: Apache-2.0
// The browsers that stay logged in as an account: seen and ended by its owner, apart from the
// sessions that are connected now. What such a browser has open ends as a session (NickServ
// LOGOUT).
#pragma once

#include "session/logins.hpp"
#include "web/routes.hpp"

#include <vector>

namespace tertulia::web {

// The reader outlives the routes.
[[nodiscard]] std::vector<route> login_list_routes(session::login_reader& kept);

} // namespace tertulia::web
