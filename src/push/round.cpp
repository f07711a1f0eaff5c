// SPDX-License-Identifier: Apache-2.0
#include "push/round.hpp"

#include "base/push_limits.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::push {
namespace limits = base::limits;

namespace {

// 10 s, 40 s, 160 s.
std::chrono::seconds pause_after(int attempts) {
    std::chrono::seconds pause = limits::push_retry_after;
    for (int i = 1; i < attempts; ++i) {
        pause *= 4;
    }
    return pause;
}

} // namespace

std::string round::origin_of(const parcel& what) {
    const auto to = wire::read_push_endpoint(what.to.endpoint);
    return to ? to->origin() : std::string();
}

bool round::add(parcel what, base::steady_time now) {
    if (waiting_.size() >= limits::push_queue_max) {
        return false;
    }
    const auto silent = silent_.find(origin_of(what));
    waiting_.emplace(silent == silent_.end() ? now : std::max(now, silent->second),
                     std::move(what));
    return true;
}

std::optional<parcel> round::next(base::steady_time now) {
    std::erase_if(silent_, [now](const auto& one) { return one.second <= now; });
    std::erase_if(behind_, [now](const auto& one) { return one.second <= now; });
    auto found = waiting_.end();
    for (auto at = waiting_.begin(); at != waiting_.end() && at->first <= now;) {
        const auto here = at++;
        if (const auto silent = silent_.find(origin_of(here->second)); silent != silent_.end()) {
            auto moved = waiting_.extract(here);
            moved.key() = silent->second;
            waiting_.insert(std::move(moved));
        } else if (!behind_.contains(here->second.whose)) {
            found = here;
            break;
        } else if (found == waiting_.end()) {
            found = here; // where there is nothing for anybody else
        }
    }
    return found == waiting_.end() ? std::nullopt
                                   : std::optional(std::move(waiting_.extract(found).mapped()));
}

std::optional<base::steady_time> round::due() const {
    return waiting_.empty() ? std::nullopt : std::optional(waiting_.begin()->first);
}

bool round::done(parcel what, verdict how, base::steady_time now) {
    if (how == verdict::gone) {
        forget(what.to.endpoint);
        return true;
    }
    if (how == verdict::later) {
        ++what.attempts;
        const base::steady_time again = now + pause_after(what.attempts);
        silent_[origin_of(what)] = again;
        behind_[what.whose] = now + limits::push_behind;
        if (what.attempts < limits::push_attempts_max && waiting_.size() < limits::push_queue_max) {
            waiting_.emplace(again, std::move(what));
        }
    }
    return false;
}

void round::forget(const std::string& endpoint) {
    std::erase_if(waiting_, [&](const auto& one) { return one.second.to.endpoint == endpoint; });
}

void round::forget(chat::message_number message) {
    std::erase_if(waiting_, [&](const auto& one) { return one.second.about == message; });
}

} // namespace tertulia::push
