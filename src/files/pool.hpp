// SPDX-License-Identifier: Apache-2.0
// What is dear to open and used by one thread at a time, such as a connection to a database: lent
// from those that are idle, opened where none is, and taken back for the next who asks. Any thread.
//
//     auto lent = indexes.lend();
//     if (lent) (*lent)->find(id);
#pragma once

#include "base/file_limits.hpp"
#include "base/guarded.hpp"
#include "base/result.hpp"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace tertulia::files {

template <class T>
class pool {
public:
    using opener = std::function<base::result<T>()>;

    explicit pool(opener open) : open_(std::move(open)) {}

    // Outlived by the pool; goes back to it at its end.
    class loan {
    public:
        loan(pool& from, std::unique_ptr<T> what) : from_(&from), what_(std::move(what)) {}
        loan(loan&&) noexcept = default;
        loan& operator=(loan&&) = delete;
        loan(const loan&) = delete;
        loan& operator=(const loan&) = delete;
        ~loan() {
            if (what_ != nullptr) {
                from_->take_back(std::move(what_));
            }
        }

        T* operator->() { return what_.get(); }
        T& operator*() { return *what_; }

    private:
        pool* from_;
        std::unique_ptr<T> what_;
    };

    [[nodiscard]] base::result<loan> lend() {
        std::unique_ptr<T> idle = idle_.with([](std::vector<std::unique_ptr<T>>& all) {
            std::unique_ptr<T> one;
            if (!all.empty()) {
                one = std::move(all.back());
                all.pop_back();
            }
            return one;
        });
        if (idle == nullptr) {
            base::result<T> made = open_();
            if (!made) {
                return std::unexpected(std::move(made.error()));
            }
            idle = std::make_unique<T>(std::move(*made));
        }
        return loan(*this, std::move(idle));
    }

private:
    // One too many is closed, outside of the lock.
    void take_back(std::unique_ptr<T> one) {
        idle_.with([&one](std::vector<std::unique_ptr<T>>& all) {
            if (all.size() < base::limits::idle_file_connections_max) {
                all.push_back(std::move(one));
            }
        });
    }

    opener open_;
    base::guarded<std::vector<std::unique_ptr<T>>> idle_;
};

} // namespace tertulia::files
