// SPDX-License-Identifier: Apache-2.0
// What the answer to a check of a cookie means. One that is old makes nobody of its bearer; one
// that could not be looked up now says nothing of her: taken for old it would log her out.
#pragma once

#include "session/credentials.hpp"
#include "web/response.hpp"

#include <variant>

namespace tertulia::web {

[[nodiscard]] inline bool was_looked_up(const session::credential_answer& what) {
    const auto* const no = std::get_if<session::not_proved>(&what);
    return no == nullptr || no->why != session::doubt::failed;
}

[[nodiscard]] inline response not_looked_up() {
    return refusal(503, "busy", "Try again in a moment.");
}

} // namespace tertulia::web
