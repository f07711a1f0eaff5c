// SPDX-License-Identifier: Apache-2.0
// How often somebody does something that is counted (a program posts, anybody uploads): each has
// places that come back with time. Shared by all network threads behind base::guarded.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <map>
#include <string>

namespace tertulia::web {

class rates {
public:
    // So many at once, each of which comes back after that time.
    rates(int at_once_max, std::chrono::milliseconds each)
        : at_once_max_(at_once_max), each_(each) {}

    // How long to wait before; zero: it may be done, and a place is taken.
    [[nodiscard]] std::chrono::milliseconds take(const std::string& who, base::steady_time now);

private:
    void make_room(base::steady_time now);

    int at_once_max_;
    std::chrono::milliseconds each_;
    std::map<std::string, base::steady_time> paid_at_; // when all places will be back
};

} // namespace tertulia::web
