// SPDX-License-Identifier: Apache-2.0
// One call into a session from outside: what it was given for the time being, so that an idle
// session does not carry it. For the files that implement the session.
#pragma once

#include "base/time.hpp"
#include "irc/session.hpp"
#include "session/protocol.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace tertulia::irc {

// Why the session says what it says: that decides where it goes.
enum class cause : std::uint8_t {
    line,   // the client's line that is being handled: behind the answers under way
    answer, // the core's word on this session's command: in its turn, with its label
    aside,  // everything else: at once
};

struct session::turn {
    turn(session& whose, base::moment at, tertulia::session::output& into);
    ~turn();
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;

    session& of;
    base::moment now;
    tertulia::session::output& out;
    cause why = cause::aside;
    std::string_view verb;                // of the line, in capitals
    std::optional<std::uint32_t> follows; // a check, whose serial the next command takes over
};

} // namespace tertulia::irc
