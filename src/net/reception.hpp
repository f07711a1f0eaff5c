// SPDX-License-Identifier: Apache-2.0
// Where callers come in: accepts them in turn, and pauses when the system has no more sockets to
// give. Lives on the first network thread; the others have one without doors.
#pragma once

#include "net/options.hpp"
#include "net/waitable.hpp"
#include "transport/socket.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace tertulia::net {

class reception {
public:
    // What becomes of a caller at the door of a listener, given by its place in `listeners`.
    using host = std::function<void(std::size_t door, transport::caller who)>;

    // One listening socket for each listener, or none at all. Listeners outlive the reception.
    reception(boost::asio::io_context& io, const std::vector<listener_options>& listeners,
              std::vector<transport::descriptor> sockets);

    // Is somebody at a door?
    [[nodiscard]] bool busy() const;
    // When a pause ends.
    [[nodiscard]] std::optional<base::steady_time> wakes_at() const { return accept_again_; }

    void serve(base::steady_time now, const host& welcome);

    void close() { entrances_.clear(); }

private:
    struct entrance {
        waitable socket;
        bool ready = true; // somebody may be there
        bool waits = false;
    };
    void accept(std::size_t door, base::steady_time now, const host& welcome);
    void wait(std::size_t door);
    void pause(const listener_options& at, base::steady_time now, int error);

    const std::vector<listener_options>& listeners_;
    std::vector<entrance> entrances_;
    std::optional<base::steady_time> accept_again_;
    base::steady_time warn_again_;
};

} // namespace tertulia::net
