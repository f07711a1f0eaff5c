// SPDX-License-Identifier: Apache-2.0
// Three people and a room, for the tests of what is done in rooms: Ana made #sala and keeps order
// there, Luis is in it, Eva is not. Nobody negotiated anything.
#pragma once

#include "irc/conversation.hpp"

#include <string>
#include <string_view>

namespace tertulia::tests {

struct room_scene {
    room_scene() {
        ana.sends("JOIN #sala");
        luis.sends("JOIN #sala");
        server.nobody_hears();
    }

    // Ana does something, and nobody hears it.
    void prepares(std::string_view line) {
        ana.sends(line);
        server.nobody_hears();
    }
    // What one hears of her own line.
    std::string answer(client& to, std::string_view line) {
        server.nobody_hears();
        to.sends(line);
        return to.hears();
    }

    conversation server;
    client& ana = server.registers("ana");
    client& luis = server.registers("luis");
    client& eva = server.registers("eva");
};

} // namespace tertulia::tests
