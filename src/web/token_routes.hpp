// SPDX-License-Identifier: Apache-2.0
// Tokens of one's account and webhooks of a room: made, listed and taken away by whose they are to
// keep. A secret is in the answer to its making and nowhere else.
#pragma once

#include "web/program_desk.hpp"
#include "web/routes.hpp"

#include <vector>

namespace tertulia::web {

// The desk outlives the routes.
[[nodiscard]] std::vector<route> token_routes(const program_desk& at);

} // namespace tertulia::web
