// SPDX-License-Identifier: Apache-2.0
// The verbs of IRC, a row each. Checks common to all (known? registered? enough parameters?) live
// at the one place that looks a row up (session.cpp), and a handler is a small function in the file
// of its family: verbs_change, verbs_connection, verbs_keeping, verbs_message, verbs_room,
// verbs_people, verbs_server, verbs_history, verbs_order.
#pragma once

#include "irc/session.hpp"
#include "wire/irc_line.hpp"

#include <cstdint>
#include <string_view>

namespace tertulia::irc {

enum class phase : std::uint8_t {
    before, // only before registration is complete
    after,  // only then
    both,
};

using verb_handler = void (*)(session& by, const wire::irc_line& line);

struct verb {
    std::string_view name;
    std::uint8_t parameters_min;
    phase when;
    verb_handler handle;
};

// The row of a verb in any case of letters, or nothing.
[[nodiscard]] const verb* find_verb(std::string_view name);

} // namespace tertulia::irc
