// SPDX-License-Identifier: Apache-2.0
// When a network thread sleeps and what wakes it: its sockets, a time, or another thread. With
// nothing to wait for it sleeps on without a timer.
#pragma once

#include "base/time.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <optional>

namespace tertulia::net {

class sleeper {
public:
    // For the sockets to wait with.
    [[nodiscard]] boost::asio::io_context& io() { return io_; }

    // From any thread: what it returns ends the sleep, or keeps the next one from beginning.
    [[nodiscard]] std::function<void()> waker();

    // From any thread: `what` runs on this one and ends the sleep.
    void call(std::function<void()> what);

    // Until something happens or the time comes; may be early.
    void wait(std::optional<base::steady_time> until);

    // Takes note of everything that has happened.
    void look_around() { io_.poll(); }

private:
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> stay_{
        io_.get_executor()};
    boost::asio::steady_timer alarm_{io_};
    std::optional<base::steady_time> alarm_at_;
};

} // namespace tertulia::net
