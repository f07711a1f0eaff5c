// SPDX-License-Identifier: Apache-2.0
// The index on a thread of its own, behind the commits: it waits for nobody, and nobody waits for
// it. What it cannot follow it reads again later.
#pragma once

#include "base/limits.hpp"
#include "base/mailbox.hpp"
#include "base/result.hpp"
#include "store/search_index.hpp"

#include <memory>
#include <span>
#include <thread>

namespace tertulia::store {

class indexer {
public:
    [[nodiscard]] static base::result<std::unique_ptr<indexer>>
    start(const database_options& options);
    ~indexer();
    indexer(const indexer&) = delete;
    indexer& operator=(const indexer&) = delete;

    // From the thread that commits; returns at once.
    void follow(std::span<const chat::batch_ref> committed);

private:
    explicit indexer(std::unique_ptr<search_index> index) : index_(std::move(index)) {}
    void run();

    std::unique_ptr<search_index> index_;
    bool missed_ = false; // of the thread that commits: some did not get into the mailbox
    base::mailbox<chat::batch_ref> committed_{base::limits::batches_to_index_max};
    std::jthread thread_;
};

} // namespace tertulia::store
