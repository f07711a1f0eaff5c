// SPDX-License-Identifier: Apache-2.0
// A small value that several threads look into and change, one at a time. Only for what takes a
// moment, such as counting: work goes from thread to thread through a mailbox.
//
//     guarded<counts> shared;
//     shared.with([](counts& of) { ++of.visits; });
#pragma once

#include <mutex>
#include <utility>

namespace tertulia::base {

template <class T>
class guarded {
public:
    guarded() = default;
    explicit guarded(T value) : value_(std::move(value)) {}

    // What `what` returns must not lead back into the value.
    template <class What>
    auto with(What&& what) {
        const std::lock_guard hold(mutex_);
        return std::forward<What>(what)(value_);
    }

private:
    std::mutex mutex_;
    T value_;
};

} // namespace tertulia::base
