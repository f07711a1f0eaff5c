// SPDX-License-Identifier: Apache-2.0
#include "server/signals.hpp"

#include <ctime>

namespace tertulia::server {

signals::signals() {
    sigemptyset(&heard_);
    sigaddset(&heard_, SIGTERM);
    sigaddset(&heard_, SIGINT);
    sigaddset(&heard_, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &heard_, &before_);
    std::signal(SIGPIPE, SIG_IGN);
}

signals::~signals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

signals::wish signals::wait(std::chrono::milliseconds patience) const {
    const auto whole = std::chrono::floor<std::chrono::seconds>(patience);
    const std::chrono::nanoseconds rest = patience - whole;
    const timespec time{.tv_sec = whole.count(), .tv_nsec = rest.count()};
    switch (sigtimedwait(&heard_, nullptr, &time)) {
    case SIGTERM:
    case SIGINT: return wish::stop;
    case SIGHUP: return wish::reload;
    default: return wish::none; // the time is over, or a debugger stepped in
    }
}

void signals::let_through() const {
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_UNBLOCK, &ending, nullptr);
}

} // namespace tertulia::server
