// SPDX-License-Identifier: Apache-2.0
// Moves committed pages from the WAL into the database, on a connection and thread of its own: a
// passive checkpoint waits for nobody and nobody waits for it.
#pragma once

#include "base/mailbox.hpp"
#include "base/result.hpp"
#include "store/sqlite.hpp"

#include <memory>
#include <string>
#include <thread>

namespace tertulia::store {

class checkpointer {
public:
    [[nodiscard]] static base::result<std::unique_ptr<checkpointer>> start(const std::string& path,
                                                                           const std::string& vfs);
    ~checkpointer();
    checkpointer(const checkpointer&) = delete;
    checkpointer& operator=(const checkpointer&) = delete;

    // The WAL has grown. Returns at once; while a checkpoint runs, further calls ask for one more.
    void wake();

private:
    explicit checkpointer(connection on) : on_(std::move(on)) {}
    void run();

    connection on_;
    base::mailbox<int> wakes_{1};
    std::jthread thread_;
};

} // namespace tertulia::store
