// SPDX-License-Identifier: Apache-2.0
// The one way from thread to thread: a bounded queue that hands over whole batches of values.
//
//     mailbox<int> box(1000, [&] { loop.wake(); });
//     box.try_push_all(values);     // producer: all or nothing, never waits
//     box.take_all(out);            // consumer: everything there is
//
// Any number of producers, one consumer. The bound is soft by one push: a batch is taken whole when
// there is room for its first value, so a batch larger than the bound still gets through.
#pragma once

#include "base/assert.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace tertulia::base {

template <class T>
class mailbox {
public:
    using waker = std::function<void()>;

    // `wake` runs on the producer's thread whenever an empty mailbox gets its first value; it may
    // be empty for a consumer that uses wait_take_all.
    explicit mailbox(std::size_t capacity, waker wake = {})
        : capacity_(capacity), wake_(std::move(wake)) {
        ASSERT(capacity > 0);
    }
    mailbox(const mailbox&) = delete;
    mailbox& operator=(const mailbox&) = delete;

    // Moves all of `values` in and clears it, or, when the mailbox is full or closed, leaves it as
    // it is and returns false. `when_space` is then called once, from the consumer's thread, when
    // there is room again.
    bool try_push_all(std::vector<T>& values, waker when_space = {}) {
        if (values.empty()) {
            return true;
        }
        bool was_empty = false;
        {
            const std::lock_guard hold(mutex_);
            if (closed_ || values_.size() >= capacity_) {
                if (when_space && !closed_) {
                    waiting_.push_back(std::move(when_space));
                }
                return false;
            }
            was_empty = values_.empty();
            append(values);
        }
        announce(was_empty);
        return true;
    }

    // Waits for room. Returns false, and drops the value, only when the mailbox is closed.
    bool push(T value) {
        bool was_empty = false;
        {
            std::unique_lock hold(mutex_);
            space_.wait(hold, [this] { return closed_ || values_.size() < capacity_; });
            if (closed_) {
                return false;
            }
            was_empty = values_.empty();
            values_.push_back(std::move(value));
        }
        announce(was_empty);
        return true;
    }

    // Appends everything there is to `out`; never waits.
    void take_all(std::vector<T>& out) {
        std::unique_lock hold(mutex_);
        take(out, hold);
    }

    // Waits until there is something, or the mailbox is closed and empty: then returns false.
    bool wait_take_all(std::vector<T>& out) {
        std::unique_lock hold(mutex_);
        filled_.wait(hold, [this] { return closed_ || !values_.empty(); });
        return take(out, hold);
    }

    // The same, but returns true with nothing in `out` when `patience` is over.
    template <class Rep, class Period>
    bool wait_take_all(std::vector<T>& out, std::chrono::duration<Rep, Period> patience) {
        std::unique_lock hold(mutex_);
        const bool woken =
            filled_.wait_for(hold, patience, [this] { return closed_ || !values_.empty(); });
        return take(out, hold) || !woken;
    }

    // Nothing more is taken in; what is inside can still be taken out.
    void close() {
        {
            const std::lock_guard hold(mutex_);
            closed_ = true;
        }
        filled_.notify_all();
        space_.notify_all();
    }

private:
    void append(std::vector<T>& values) {
        if (values_.empty()) {
            values_.swap(values);
        } else {
            values_.insert(values_.end(), std::make_move_iterator(values.begin()),
                           std::make_move_iterator(values.end()));
        }
        values.clear();
    }

    bool take(std::vector<T>& out, std::unique_lock<std::mutex>& hold) {
        if (values_.empty()) {
            return false;
        }
        if (out.empty()) {
            out.swap(values_);
        } else {
            out.insert(out.end(), std::make_move_iterator(values_.begin()),
                       std::make_move_iterator(values_.end()));
        }
        values_.clear();
        std::vector<waker> waiting;
        waiting.swap(waiting_);
        hold.unlock();
        space_.notify_all();
        for (const waker& resume : waiting) {
            resume();
        }
        return true;
    }

    void announce(bool was_empty) {
        if (!was_empty) {
            return;
        }
        filled_.notify_one();
        if (wake_) {
            wake_();
        }
    }

    const std::size_t capacity_;
    const waker wake_;
    std::mutex mutex_;
    std::condition_variable filled_;
    std::condition_variable space_;
    std::vector<T> values_;
    std::vector<waker> waiting_;
    bool closed_ = false;
};

} // namespace tertulia::base
