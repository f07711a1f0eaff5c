// SPDX-License-Identifier: Apache-2.0
// How often programs post: each account and each webhook has places that come back with time.
// Shared by all network threads behind base::guarded.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <deque>
#include <map>
#include <string>

namespace tertulia::web {

class post_rates {
public:
    // How long to wait before posting; zero: it may, and a place is taken.
    [[nodiscard]] std::chrono::milliseconds take(const std::string& who, base::steady_time now);

private:
    std::map<std::string, base::steady_time> paid_at_; // when all places will be back
    std::deque<std::string> order_;                    // by when they were first counted
};

} // namespace tertulia::web
