// SPDX-License-Identifier: Apache-2.0
// Where callers come in, on one network thread: accepts them in turn, turns away those beyond the
// limits, and pauses when the system has no more sockets to give.
#pragma once

#include "net/loop.hpp"
#include "net/throttle.hpp"
#include "net/waitable.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace tertulia::net {

class reception {
public:
    using host = std::function<void(const door& at, transport::caller who)>;

    reception(boost::asio::io_context& io, const loop_options& with, std::vector<door> doors);

    // Is somebody at a door?
    [[nodiscard]] bool busy() const;
    // When a pause ends.
    [[nodiscard]] std::optional<base::steady_time> wakes_at() const { return accept_again_; }

    void serve(base::steady_time now, const host& welcome);

    // A welcomed caller registered; one left, registered or not.
    void registered(std::uint64_t address_key);
    void left(std::uint64_t address_key, bool was_registered);

    void change(const limits& bounds, std::vector<tls_ref> of_doors);
    void close() { entrances_.clear(); }

private:
    struct entrance {
        door what;
        waitable socket;
        bool ready = true; // somebody may be there
        bool waits = false;
    };
    void accept(std::size_t index, base::steady_time now, const host& welcome);
    void wait(std::size_t index);
    void pause(const listener_options& at, base::steady_time now, int error);
    [[nodiscard]] bool admit(std::uint64_t address_key, base::steady_time now);

    const loop_options& with_;
    throttle throttle_;
    std::vector<entrance> entrances_;
    std::optional<base::steady_time> accept_again_;
    base::steady_time warn_again_;
};

} // namespace tertulia::net
