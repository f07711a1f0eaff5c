// SPDX-License-Identifier: Apache-2.0
// `tertulia chat`: chooses the face and puts the program together.
#include "base/base64.hpp"
#include "crypto/secret.hpp"
#include "terminal/line_face.hpp"
#include "terminal/options.hpp"
#include "terminal/program.hpp"
#include "terminal/screen_face.hpp"

#include <clocale>
#include <cstdlib>
#include <memory>
#include <unistd.h>

namespace tertulia::terminal {
namespace {

base::language language_of_environment() {
    for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* const value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            return base::language_of(value);
        }
    }
    return base::language::english;
}

std::string_view environment(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

constexpr std::size_t nonce_size = 18;
constexpr std::size_t history_on_screen = 100;

} // namespace

base::result<int> chat(const options& wish) {
    base::result<destination> to = parse_destination(wish.where, wish.port);
    if (!to) {
        return std::unexpected(to.error());
    }
    std::setlocale(LC_MESSAGES, ""); // what the C library says, such as "Connection refused"
    const base::language in = language_of_environment();
    const bool at_terminal = ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
    client_settings with;
    with.nickname = wish.nickname;
    with.account = wish.account;
    with.join = wish.join;
    if (!to->room.empty()) {
        with.join.insert(with.join.begin(), to->room);
    }
    if (with.join.empty()) {
        with.join.emplace_back("#lobby");
    }
    with.interactive = ::isatty(STDIN_FILENO) == 1;
    with.make_nonce = [] { return base::to_base64(crypto::random_bytes(nonce_size)); };
    const bool on_screen =
        wish.face == face_kind::screen || (wish.face == face_kind::automatic && at_terminal);
    with.reconnects = on_screen;
    with.history = on_screen ? history_on_screen : wish.history;
    if (on_screen) {
        screen_face screen(
            depth_of(environment("NO_COLOR"), environment("COLORTERM"), environment("TERM")));
        return program(wish, std::move(*to), std::move(with), in, screen).run();
    }
    const line_format format =
        wish.face == face_kind::json ? line_format::json : line_format::plain;
    line_face lines(format, with.interactive, in);
    return program(wish, std::move(*to), std::move(with), in, lines).run();
}

} // namespace tertulia::terminal
