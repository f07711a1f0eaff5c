// SPDX-License-Identifier: Apache-2.0
// How a browser becomes somebody: /api/login, /api/register, /api/logout, /api/session. Passwords
// are checked by the same clerks as everywhere; what stays in the browser is a cookie.
#pragma once

#include "session/manners.hpp"
#include "session/registration.hpp"
#include "web/routes.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tertulia::web {

// What the operator allows, as it is now; asked on the caller's thread.
struct login_policy {
    session::registration registration = {};
    bool guests = true;
    bool password_asked = false; // the server's own
    std::string network;
    const session::manners* manners = nullptr; // nullptr: names may be of any words
};
using policy_reader = std::function<login_policy(std::size_t thread)>;

[[nodiscard]] std::vector<route> login_routes(const policy_reader& policy);

} // namespace tertulia::web
