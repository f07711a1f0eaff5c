// SPDX-License-Identifier: Apache-2.0
// How many connections each network thread has, and so which one the next caller goes to: few
// connections share a thread, since each thread that has to wake costs more than what it then
// writes; many are spread evenly over all of them.
#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <vector>

namespace tertulia::net {

class occupancy {
public:
    // One more thread is used for each further `per_thread` connections.
    occupancy(std::size_t threads, std::size_t per_thread, std::size_t connections_max)
        : per_thread_(per_thread), connections_max_(connections_max), counts_(threads) {}

    struct place {
        std::size_t thread;
        bool standing; // the server is full: for a word, and no longer
    };
    // For one more connection, which is counted from now on. A full server has a few standing
    // places. Called on one thread.
    [[nodiscard]] std::optional<place> take();

    // From any thread: so many connections that were placed there are no more.
    void leave(std::size_t thread, std::size_t count = 1) { counts_[thread] -= count; }

private:
    const std::size_t per_thread_;
    const std::size_t connections_max_;
    std::vector<std::atomic<std::size_t>> counts_;
};

} // namespace tertulia::net
