// SPDX-License-Identifier: Apache-2.0
#include "net/occupancy.hpp"

#include <algorithm>
#include <numeric>

namespace tertulia::net {
namespace {

constexpr std::size_t standing_max = 16;

} // namespace

std::optional<occupancy::place> occupancy::take() {
    const std::size_t all = std::accumulate(counts_.begin(), counts_.end(), std::size_t{0});
    if (all >= connections_max_ + standing_max) {
        return {};
    }
    const std::size_t used = std::min(counts_.size(), 1 + all / per_thread_);
    const auto least = std::ranges::min_element(counts_.begin(),
                                                counts_.begin() + static_cast<std::ptrdiff_t>(used),
                                                {}, [](const auto& count) { return count.load(); });
    ++*least;
    return place{static_cast<std::size_t>(least - counts_.begin()), all >= connections_max_};
}

} // namespace tertulia::net
