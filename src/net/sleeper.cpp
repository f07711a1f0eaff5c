// SPDX-License-Identifier: Apache-2.0
#include "net/sleeper.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace tertulia::net {

std::function<void()> sleeper::waker() {
    return [this] { boost::asio::post(io_, [] {}); };
}

void sleeper::call(std::function<void()> what) { boost::asio::post(io_, std::move(what)); }

// An alarm that is set too early is left to ring: moving it costs a system call, and most are moved
// to a later time.
void sleeper::wait(std::optional<base::steady_time> until) {
    if (until && (!alarm_at_ || *until < *alarm_at_)) {
        alarm_at_ = until;
        alarm_.expires_at(*until);
        alarm_.async_wait([this](boost::system::error_code moved) {
            if (!moved) {
                alarm_at_.reset();
            }
        });
    }
    io_.run_one();
}

} // namespace tertulia::net
