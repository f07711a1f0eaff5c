// SPDX-License-Identifier: Apache-2.0
// What happens in rooms besides messages (IRCv3 draft/event-playback), on its way to the disk: it
// waits for a commit that is made for something else, so that coming and going costs none.
#pragma once

#include "base/time.hpp"
#include "chat/batch.hpp"
#include "session/history.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::store {

struct room_event {
    chat::conversation_id conversation;
    chat::message_number number;
    base::wall_time time;
    session::stored_kind kind;
    chat::card_ref by;
    std::string target; // whom it is done to
    std::string text;   // a reason, a topic, a new nickname
};

class room_events {
public:
    // Beyond a bound further ones are not taken.
    void take(std::span<const chat::batch_ref> batches);
    [[nodiscard]] const std::vector<room_event>& waiting() const { return waiting_; }
    [[nodiscard]] bool worth_a_commit() const;
    [[nodiscard]] std::vector<room_event> hand_over() { return std::exchange(waiting_, {}); }

private:
    std::vector<room_event> waiting_;
};

} // namespace tertulia::store
