// SPDX-License-Identifier: Apache-2.0
#include "net/occupancy.hpp"

#include <algorithm>
#include <numeric>

namespace tertulia::net {

std::optional<std::size_t> occupancy::place() {
    const std::size_t all = std::accumulate(counts_.begin(), counts_.end(), std::size_t{0});
    if (all >= connections_max_) {
        return {};
    }
    const std::size_t used = std::min(counts_.size(), 1 + all / per_thread_);
    const auto least = std::ranges::min_element(counts_.begin(),
                                                counts_.begin() + static_cast<std::ptrdiff_t>(used),
                                                {}, [](const auto& count) { return count.load(); });
    ++*least;
    return static_cast<std::size_t>(least - counts_.begin());
}

} // namespace tertulia::net
