// SPDX-License-Identifier: Apache-2.0
// The log of a server on its own: one thread numbers and applies, one commits. While a batch is
// being committed the next one fills, so the delay is one fsync and the throughput the disk's.
#pragma once

#include "base/mailbox.hpp"
#include "base/result.hpp"
#include "chat/batch.hpp"
#include "chat/heart.hpp"
#include "log/sequencer.hpp"
#include "store/storage.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace tertulia::log {

// Where a network thread's batches go.
using batch_box = base::mailbox<chat::batch_ref>;

struct alone_options {
    std::uint64_t space_reserve = 0; // bytes of free space below which nothing lasting is taken
    // A commit failed: nobody can know what the disk holds. Called on the commit thread; must end
    // the process.
    std::function<void(const base::error&)> commit_failed;
    // Gets every batch once it is durable, whoever hears it; none: nobody does.
    batch_box* follower = nullptr;
    // Operators changed the words that are not wanted, for good; likewise there.
    std::function<void(const chat::word_list&)> words_changed = {};
};

class alone {
public:
    // Heart and storage are the caller's and outlive the log. Batches go to `boxes[i]` for sessions
    // with thread number i + 1 (0 is the server itself). A closed box loses its batches.
    alone(chat::heart& heart, base::wall_time not_before, store::storage& storage,
          std::vector<batch_box*> boxes, alone_options options);

    // Waits until everything submitted has been applied, committed and handed out, then ends both
    // threads.
    ~alone();
    alone(const alone&) = delete;
    alone& operator=(const alone&) = delete;

    // Where submissions go; safe from any thread.
    [[nodiscard]] base::mailbox<chat::submission>& line();

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace tertulia::log
