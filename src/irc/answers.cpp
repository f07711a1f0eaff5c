// SPDX-License-Identifier: Apache-2.0
#include "irc/answers.hpp"

#include "irc/answer_families.hpp"

#include <variant>

namespace tertulia::irc {

void render_answer(session& to, const chat::answer& what) {
    std::visit(
        [&to](const auto& one) {
            if constexpr (requires { render(to, one); }) {
                render(to, one);
            } else if constexpr (requires { send_lusers(to, one); }) {
                send_lusers(to, one);
            }
        },
        what);
}

} // namespace tertulia::irc
