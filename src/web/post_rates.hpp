// SPDX-License-Identifier: Apache-2.0
// How often programs post: each account and each webhook has places that come back with time.
// Shared by all network threads behind base::guarded.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <map>
#include <string>

namespace tertulia::web {

class post_rates {
public:
    // How long to wait before posting; zero: it may, and a place is taken.
    [[nodiscard]] std::chrono::milliseconds take(const std::string& who, base::steady_time now);

private:
    void make_room(base::steady_time now);

    std::map<std::string, base::steady_time> paid_at_; // when all places will be back
};

} // namespace tertulia::web
