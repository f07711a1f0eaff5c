// SPDX-License-Identifier: Apache-2.0
#include "irc/answers.hpp"

#include "irc/answer_families.hpp"

#include <variant>

namespace tertulia::irc {

namespace {

// Modern IRC, "MODE message", of a target that is somebody else or nobody.
void refuse_modes(session& to, const chat::whois_answer& of) {
    if (of.who) {
        to.reply(numeric::err_usersdontmatch, {}, to.text(base::text_key::irc_other_persons_modes));
    } else {
        to.reply(numeric::err_nosuchnick, {of.asked.display},
                 to.text(base::text_key::irc_no_such_nickname));
    }
}

} // namespace

void render_answer(session& to, const chat::answer& what, std::string_view verb) {
    const auto* const person = std::get_if<chat::whois_answer>(&what);
    if (person != nullptr && verb == "MODE") {
        refuse_modes(to, *person);
        return;
    }
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
