// SPDX-License-Identifier: Apache-2.0
#include "store/indexer.hpp"

#include "base/journal.hpp"
#include "base/thread_name.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tertulia::store {

base::result<std::unique_ptr<indexer>> indexer::start(const database_options& options) {
    auto index = search_index::open(options);
    if (!index) {
        return std::unexpected(std::move(index.error()));
    }
    std::unique_ptr<indexer> made(new indexer(std::move(*index)));
    made->thread_ = std::jthread([of = made.get()] { of->run(); });
    return made;
}

indexer::~indexer() { committed_.close(); }

// An empty batch says that some are missing before it.
void indexer::follow(std::span<const chat::batch_ref> committed) {
    std::vector<chat::batch_ref> all;
    if (missed_) {
        all.emplace_back();
    }
    all.insert(all.end(), committed.begin(), committed.end());
    missed_ = !committed_.try_push_all(all);
}

void indexer::run() {
    base::name_this_thread("index");
    bool behind = true;
    std::vector<chat::batch_ref> taken;
    do {
        behind = behind || std::ranges::find(taken, nullptr) != taken.end();
        std::erase(taken, nullptr);
        base::result<void> done = behind ? index_->catch_up() : base::result<void>{};
        done = done ? index_->follow(taken) : done;
        if (!done && !behind) {
            // Nothing is lost: it is read again when there is more.
            base::journal::warn("{}", done.error().sentence);
        }
        behind = !done;
        taken.clear();
    } while (committed_.wait_take_all(taken));
}

} // namespace tertulia::store
