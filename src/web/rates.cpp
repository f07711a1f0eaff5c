// SPDX-License-Identifier: Apache-2.0
#include "web/rates.hpp"

#include "base/web_limits.hpp"

#include <algorithm>

namespace tertulia::web {
namespace limits = base::limits;

std::chrono::milliseconds rates::take(const std::string& who, base::steady_time now) {
    const auto known = paid_at_.find(who);
    const base::steady_time paid = known == paid_at_.end() ? now : std::max(known->second, now);
    const auto all_places = each_ * at_once_max_;
    if (paid + each_ > now + all_places) {
        return paid + each_ - now - all_places;
    }
    if (known == paid_at_.end() && paid_at_.size() >= limits::posters_max) {
        make_room(now);
    }
    paid_at_[who] = paid + each_;
    return {};
}

// Those go that have all their places back, else who will have them first: nobody is let off.
void rates::make_room(base::steady_time now) {
    std::erase_if(paid_at_, [&](const auto& one) { return one.second <= now; });
    if (paid_at_.size() >= limits::posters_max) {
        paid_at_.erase(
            std::ranges::min_element(paid_at_, {}, [](const auto& one) { return one.second; }));
    }
}

} // namespace tertulia::web
