// SPDX-License-Identifier: Apache-2.0
#include "web/post_rates.hpp"

#include "base/web_limits.hpp"

#include <algorithm>

namespace tertulia::web {
namespace limits = base::limits;

std::chrono::milliseconds post_rates::take(const std::string& who, base::steady_time now) {
    const auto known = paid_at_.find(who);
    const base::steady_time paid = known == paid_at_.end() ? now : std::max(known->second, now);
    const auto all_places = limits::post_each * limits::posts_at_once_max;
    if (paid + limits::post_each > now + all_places) {
        return paid + limits::post_each - now - all_places;
    }
    if (known == paid_at_.end()) {
        if (order_.size() >= limits::posters_max) {
            paid_at_.erase(order_.front());
            order_.pop_front();
        }
        order_.push_back(who);
    }
    paid_at_[who] = paid + limits::post_each;
    return {};
}

} // namespace tertulia::web
