// SPDX-License-Identifier: Apache-2.0
#include "net/throttle.hpp"

#include "base/limits.hpp"
#include "base/net_limits.hpp"
#include "base/order_limits.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tertulia::net {

std::optional<turned_away> throttle::admit(std::uint64_t address_key, base::steady_time now,
                                           who comes) {
    auto found = visitors_.find(address_key);
    if (found == visitors_.end()) {
        if (visitors_.size() >= base::limits::throttled_addresses_max) {
            sweep(now);
        }
        if (visitors_.size() >= base::limits::throttled_addresses_max) {
            return turned_away{turned_away::reason::full};
        }
        const visitor_count fresh{static_cast<double>(with_.connections_per_second_max), now, 0, 0};
        found = visitors_.emplace(address_key, fresh).first;
    }
    visitor_count& visitor = found->second;
    refill(visitor, now);
    if (comes == who::caller) {
        if (visitor.tokens < 1) {
            return turned_away{turned_away::reason::too_fast, std::chrono::seconds{1}};
        }
        if (visitor.unregistered >= with_.unregistered_per_address_max ||
            visitor.sessionless >= base::limits::sessionless_per_address_max) {
            return turned_away{turned_away::reason::too_many};
        }
        visitor.tokens -= 1;
    }
    ++visitor.unregistered;
    ++visitor.sessionless;
    return std::nullopt;
}

bool throttle::may_explain(base::steady_time now) {
    using namespace std::chrono_literals;
    constexpr auto each = std::chrono::duration_cast<base::steady_time::duration>(1s) /
                          base::limits::explained_per_second_max;
    const base::steady_time paid = std::max(explained_until_, now);
    if (paid + each > now + 1s) {
        return false;
    }
    explained_until_ = paid + each;
    return true;
}

void throttle::recognise(std::uint64_t address_key) { --visitors_.at(address_key).unregistered; }

void throttle::release(std::uint64_t address_key) { --visitors_.at(address_key).sessionless; }

throttle::stay::stay(stay&& other) noexcept
    : at_(std::exchange(other.at_, nullptr)), address_key_(other.address_key_),
      stranger_(other.stranger_) {}

throttle::stay& throttle::stay::operator=(stay&& other) noexcept {
    release();
    at_ = std::exchange(other.at_, nullptr);
    address_key_ = other.address_key_;
    stranger_ = other.stranger_;
    return *this;
}

void throttle::stay::recognise() {
    if (at_ != nullptr && std::exchange(stranger_, false)) {
        at_->recognise(address_key_);
    }
}

void throttle::stay::release() {
    recognise();
    if (throttle* const at = std::exchange(at_, nullptr)) {
        at->release(address_key_);
    }
}

void throttle::refill(visitor_count& of, base::steady_time now) const {
    const double full = with_.connections_per_second_max;
    const std::chrono::duration<double> passed = now - of.filled_at;
    of.tokens = std::min(full, of.tokens + passed.count() * full);
    of.filled_at = now;
}

// Forgets the addresses that a newcomer could not be told from.
void throttle::sweep(base::steady_time now) {
    boost::unordered::erase_if(visitors_, [&](auto& each) {
        refill(each.second, now);
        return each.second.sessionless == 0 &&
               each.second.tokens >= with_.connections_per_second_max;
    });
}

} // namespace tertulia::net
