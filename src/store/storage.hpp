// SPDX-License-Identifier: Apache-2.0
// The data folder's database as the log sees it: batches become durable, all together or not at
// all. One writer; lives on the thread that commits, but for
// forget_files() and free_space().
#pragma once

#include "base/result.hpp"
#include "chat/batch.hpp"
#include "chat/heart.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tertulia::store {

class storage {
public:
    virtual ~storage() = default;

    // One transaction with fsync for what lasts of all these batches, in their order. After a
    // failure nobody can know what the disk holds: the process must end.
    [[nodiscard]] virtual base::result<void> commit(std::span<const chat::batch_ref> batches) = 0;

    // Batches of which nothing must last: who came and went goes to the disk with the next commit,
    // which nobody waits for on its account; a crash before may lose it. True: tidy() has work.
    [[nodiscard]] virtual bool note(std::span<const chat::batch_ref> /*batches*/) { return false; }

    // Work that can wait, a small piece at a time, called when nothing waits to be committed:
    // history of ended conversations goes, the WAL starts over. False: there is nothing to do now.
    [[nodiscard]] virtual base::result<bool> tidy() = 0;

    // Files that are gone for good: which messages had their links may be forgotten, in tidy(). Any
    // thread.
    virtual void forget_files(const std::vector<std::string>& /*ids*/) {}

    // Bytes that may still be written in the data folder; 0 when it cannot be written. Any thread.
    [[nodiscard]] virtual std::uint64_t free_space() const = 0;
};

} // namespace tertulia::store
