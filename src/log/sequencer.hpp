// SPDX-License-Identifier: Apache-2.0
// The order of things: gives submissions their time, applies them to the heart one after the other,
// and refuses what must last while the disk is nearly full. Sans I/O: the core thread drives it in
// the server (log/alone.hpp), a seed drives it in the simulation.
#pragma once

#include "base/time.hpp"
#include "chat/batch.hpp"
#include "chat/heart.hpp"
#include "log/reach.hpp"

#include <span>
#include <vector>

namespace tertulia::log {

// A batch and the network threads that have somebody who hears any of it.
struct sequenced {
    chat::batch_ref batch;
    thread_set hearers;
};

enum class space { enough, scarce };

class sequencer {
public:
    // The heart is the caller's and outlives the sequencer.
    sequencer(chat::heart& heart, base::wall_time not_before);

    // Applies all of them, in order, at `now`, or at the time of the last batch where the clock ran
    // back. An entry of a session that is gone has no effect.
    [[nodiscard]] sequenced apply(std::span<chat::submission> submissions, base::wall_time now,
                                  space left);

private:
    void apply_one(chat::submission& of, space left, std::vector<chat::event>& events);
    void refuse(const chat::submission& of, std::vector<chat::event>& events) const;

    chat::heart& heart_;
    base::wall_time time_;
    reach reach_;
};

} // namespace tertulia::log
