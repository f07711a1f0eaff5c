// SPDX-License-Identifier: Apache-2.0
// Which network threads have a hearer of an event: follows joins and leaves and keeps, for each
// room, how many of its sessions are on each thread. So a batch is handed only to threads that need
// it.
#pragma once

#include "chat/event.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

namespace tertulia::log {

inline constexpr std::size_t threads_max = 64;
using thread_set = std::bitset<threads_max>;

class reach {
public:
    // The threads that hear this event; then takes note of what it changes.
    thread_set follow(const chat::event& of);

private:
    // Counts by thread, of one room; grown to the highest thread that has a member.
    using counts = std::vector<std::uint32_t>;

    void enter(chat::conversation_id room, std::span<const chat::session_id> of);
    void leave(chat::conversation_id room, std::span<const chat::session_id> of);
    void depart(const chat::event& of);
    [[nodiscard]] thread_set hearers(chat::conversation_id room) const;

    boost::unordered_flat_map<chat::conversation_id, counts> rooms_;
};

} // namespace tertulia::log
