// SPDX-License-Identifier: Apache-2.0
// ISUPPORT and PERSISTENCE: what this session can know of the server and of its own stay (IRCv3
// draft/extended-isupport, draft/persistence).
#include "irc/answers.hpp"
#include "irc/lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace tertulia::irc {
namespace {

using base::text_key;
using wire::irc_line;

void isupport(session& by, const irc_line& /*line*/) {
    if (by.registered() || by.capabilities().has(capability::extended_isupport)) {
        send_isupport(by);
    } else {
        by.reply(numeric::err_notregistered, {}, by.text(text_key::irc_not_registered));
    }
}

constexpr std::array<std::string_view, 3> settings{"ON", "OFF", "DEFAULT"};

// An account's rooms and conversations always stay, whatever a client would rather have.
void persistence(session& by, const irc_line& line) {
    const std::string subcommand = in_capitals(line.parameter[0]);
    if (subcommand != "GET" && subcommand != "SET") {
        return; // "SHOULD ignore unrecognized subcommands"
    }
    const std::string wish = subcommand == "GET" ? "DEFAULT" : in_capitals(line.parameter[1]);
    if (!by.self()->registered) {
        by.fail("PERSISTENCE", "ACCOUNT_REQUIRED", {}, by.text(text_key::irc_not_logged_in));
    } else if (std::ranges::find(settings, wish) == settings.end()) {
        by.fail("PERSISTENCE", "INVALID_PARAMETERS", {}, by.text(text_key::irc_history_parameters));
    } else {
        send_persistence(by, wish);
    }
}

constexpr auto rows = std::to_array<verb>({
    {"ISUPPORT", 0, phase::both, isupport},
    {"PERSISTENCE", 1, phase::after, persistence},
});

} // namespace

std::span<const verb> session_verbs() { return rows; }

void send_persistence(session& to, std::string_view wish) {
    to.line(fmt::format(":{} PERSISTENCE STATUS {} ON", to.rules().server_name, wish));
}

} // namespace tertulia::irc
