// SPDX-License-Identifier: Apache-2.0
#include "log/alone.hpp"

#include "base/clocks.hpp"
#include "base/limits.hpp"
#include "base/thread_name.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <thread>
#include <utility>

namespace tertulia::log {
namespace limits = base::limits;

struct alone::state {
    state(chat::heart& heart, base::wall_time not_before, store::storage& disk,
          std::vector<batch_box*> to, alone_options options)
        : order(heart, not_before), storage(disk), boxes(std::move(to)), with(std::move(options)) {}

    sequencer order;
    store::storage& storage;
    const std::vector<batch_box*> boxes;
    const alone_options with;
    base::mailbox<chat::submission> line{limits::core_mailbox_max};
    base::mailbox<sequenced> to_commit{limits::batches_waiting_max};
    std::jthread core;
    std::jthread commits;

    void run_core();
    void run_commits();
    [[nodiscard]] base::result<bool> commit(std::span<const sequenced> batches);
    void hand_out(const sequenced& of) const;
};

alone::alone(chat::heart& heart, base::wall_time not_before, store::storage& storage,
             std::vector<batch_box*> boxes, alone_options options)
    : state_(std::make_unique<state>(heart, not_before, storage, std::move(boxes),
                                     std::move(options))) {
    state_->core = std::jthread([of = state_.get()] { of->run_core(); });
    state_->commits = std::jthread([of = state_.get()] { of->run_commits(); });
}

alone::~alone() {
    state_->line.close();
    state_->core.join();
    state_->commits.join();
}

base::mailbox<chat::submission>& alone::line() { return state_->line; }

void alone::state::run_core() {
    base::name_this_thread("core");
    std::vector<chat::submission> waiting;
    while (line.wait_take_all(waiting)) {
        std::span<chat::submission> rest = waiting;
        while (!rest.empty()) {
            const auto next = rest.first(std::min(rest.size(), limits::batch_size_max));
            rest = rest.subspan(next.size());
            const space left =
                storage.free_space() < with.space_reserve ? space::scarce : space::enough;
            to_commit.push(order.apply(next, base::wall_now(), left));
        }
        waiting.clear();
    }
    to_commit.close();
}

// Everything that waits becomes durable in one transaction and leaves in its order. What waits only
// for its turn, a question's answer say, costs no commit. Between commits the storage tidies up;
// when it has nothing to tidy, this thread sleeps until there is a batch.
void alone::state::run_commits() {
    base::name_this_thread("commit");
    std::vector<sequenced> batches;
    bool untidy = true;
    const auto wait = [&] {
        return untidy ? to_commit.wait_take_all(batches, std::chrono::milliseconds{0})
                      : to_commit.wait_take_all(batches);
    };
    while (wait()) {
        const base::result<bool> more = batches.empty() ? storage.tidy() : commit(batches);
        if (!more) {
            with.commit_failed(more.error());
            to_commit.close();
            line.close();
            return;
        }
        untidy = *more;
        std::ranges::for_each(batches, [this](const sequenced& one) {
            if (one.batch->words && with.words_changed) {
                with.words_changed(one.batch->words);
            }
            hand_out(one);
        });
        batches.clear();
    }
}

// True when something was written, which may have left something to tidy.
base::result<bool> alone::state::commit(std::span<const sequenced> batches) {
    std::vector<chat::batch_ref> lasting;
    std::vector<chat::batch_ref> others;
    for (const sequenced& one : batches) {
        (one.batch->lasting ? lasting : others).push_back(one.batch);
    }
    const bool noted = storage.note(others);
    if (lasting.empty()) {
        return noted;
    }
    const base::result<void> committed = storage.commit(lasting);
    if (!committed) {
        return std::unexpected(committed.error());
    }
    return true;
}

void alone::state::hand_out(const sequenced& of) const {
    for (std::size_t thread = 1; thread <= boxes.size(); ++thread) {
        if (of.hearers.test(thread)) {
            boxes[thread - 1]->push(of.batch);
        }
    }
    if (with.follower != nullptr) {
        with.follower->push(of.batch);
    }
}

} // namespace tertulia::log
