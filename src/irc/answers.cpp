// SPDX-License-Identifier: Apache-2.0
#include "irc/answers.hpp"

#include "irc/answer_families.hpp"
#include "irc/keeping.hpp"
#include "irc/nickserv.hpp"

#include <string>
#include <type_traits>
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

// 381 again, with what an operator may do.
void list_rights(session& to, chat::rights held) {
    std::string names;
    for (std::size_t bit = 0; bit < chat::right_count; ++bit) {
        if (held.test(bit)) {
            names += (names.empty() ? "" : ", ");
            names += chat::name_of(static_cast<chat::right>(bit));
        }
    }
    to.reply(numeric::rpl_youreoper, {}, to.say(base::text_key::irc_your_rights, {names}));
}

} // namespace

void render_answer(session& to, const chat::answer& what, std::string_view verb) {
    const auto* const person = std::get_if<chat::whois_answer>(&what);
    if (person != nullptr && verb == "MODE") {
        refuse_modes(to, *person);
        return;
    }
    if (person != nullptr &&
        (say_about_person(to, *person, verb) || say_if_absent(to, *person, verb))) {
        return;
    }
    const auto* const own = std::get_if<chat::self_answer>(&what);
    if (own != nullptr && verb == "OPER") {
        list_rights(to, own->held);
        return;
    }
    std::visit(
        [&to, verb](const auto& one) {
            using kind = std::remove_cvref_t<decltype(one)>;
            if constexpr (std::is_same_v<kind, chat::access_answer>) {
                say_access(to, one, verb);
            } else if constexpr (std::is_same_v<kind, chat::invited_answer>) {
                say_invited(to, one, verb);
            } else if constexpr (std::is_same_v<kind, chat::keeping_answer>) {
                say_keeping(to, one);
            } else if constexpr (requires { render(to, one); }) {
                render(to, one);
            } else if constexpr (requires { send_lusers(to, one); }) {
                send_lusers(to, one);
            }
        },
        what);
}

} // namespace tertulia::irc
