// SPDX-License-Identifier: Apache-2.0
#include "net/turns.hpp"

#include "base/assert.hpp"

#include <memory>
#include <utility>
#include <variant>

namespace tertulia::net {
namespace {

std::uint64_t asker_of(const question& what) {
    const auto* const chore = std::get_if<std::unique_ptr<session::chore>>(&what);
    return chore == nullptr ? 0 : (*chore)->asker();
}

} // namespace

void turns::add(std::vector<job>& some) {
    for (job& each : some) {
        const std::uint64_t asker = asker_of(each.what);
        std::deque<job>& hers = of_each_[asker];
        if (hers.empty() && asker != served_) {
            order_.push_back(asker);
        }
        hers.push_back(std::move(each));
    }
    some.clear();
}

job turns::take() {
    if (served_ && of_each_.contains(*served_)) {
        order_.push_back(*served_);
    }
    ASSERT(!order_.empty());
    const auto at = of_each_.find(order_.front());
    order_.pop_front();
    served_ = at->first;
    job next = std::move(at->second.front());
    at->second.pop_front();
    if (at->second.empty()) {
        of_each_.erase(at);
    }
    return next;
}

} // namespace tertulia::net
