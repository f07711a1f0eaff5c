// SPDX-License-Identifier: Apache-2.0
#include "store/checkpoint.hpp"

#include "base/journal.hpp"
#include "base/thread_name.hpp"

#include <utility>
#include <vector>

namespace tertulia::store {

base::result<std::unique_ptr<checkpointer>> checkpointer::start(const std::string& path,
                                                                const std::string& vfs) {
    base::result<connection> on = open_connection(path, vfs, access::read_write);
    if (!on) {
        return std::unexpected(std::move(on.error()));
    }
    std::unique_ptr<checkpointer> made(new checkpointer(std::move(*on)));
    made->thread_ = std::jthread([of = made.get()] { of->run(); });
    return made;
}

checkpointer::~checkpointer() { wakes_.close(); }

void checkpointer::wake() {
    std::vector<int> one{1};
    wakes_.try_push_all(one); // full: a wake waits already
}

void checkpointer::run() {
    base::name_this_thread("checkpoint");
    std::vector<int> wakes;
    while (wakes_.wait_take_all(wakes)) {
        wakes.clear();
        const int code = sqlite3_wal_checkpoint_v2(on_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                                   nullptr, nullptr);
        if (code != SQLITE_OK && code != SQLITE_BUSY) {
            // Nothing is lost: the WAL stays, and the commits will say if the disk is broken.
            base::journal::warn("{}", failure_of(on_.get(), "checkpoint").sentence);
        }
    }
}

} // namespace tertulia::store
