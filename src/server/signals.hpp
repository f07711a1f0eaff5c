// SPDX-License-Identifier: Apache-2.0
// The signals that steer a server: SIGTERM and SIGINT stop it, SIGHUP has it read its configuration
// again. Made before any other thread, which then inherits that they are blocked, so that only
// wait() hears them. SIGPIPE is ignored: a closed connection is an error code.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>

namespace tertulia::server {

class signals {
public:
    enum class wish : std::uint8_t { none, stop, reload };

    signals();
    ~signals();
    signals(const signals&) = delete;
    signals& operator=(const signals&) = delete;

    // Waits for a signal, at most for so long.
    [[nodiscard]] wish wait(std::chrono::milliseconds patience) const;

    // From now on SIGTERM and SIGINT end the process at once.
    void let_through() const;

private:
    sigset_t heard_{};
    sigset_t before_{};
};

} // namespace tertulia::server
