// SPDX-License-Identifier: Apache-2.0
// Rooms in which some members talk and all listen: the measure of fan-out, of what is made durable,
// and of the echo's delay, which differ only in their numbers.
#pragma once

#include "bench/crowd.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <sys/types.h>

namespace tertulia::bench {

struct talk_plan {
    std::size_t rooms = 1;
    std::size_t members = 1; // of each room, senders included
    std::size_t senders = 1; // of each room
    std::size_t window = 1;  // of its own messages, each sender keeps so many under way
    double rate = 0;         // messages a second of all senders together; 0: as the windows allow
    std::chrono::seconds lasting{5};
};

// A sender knows a message to be said by its echo; from a server without echo-message, by its
// neighbour who hears it. Returns the figures as one line of JSON.
[[nodiscard]] std::string measure_talk(const endpoint& server, pid_t process,
                                       const talk_plan& plan);

} // namespace tertulia::bench
