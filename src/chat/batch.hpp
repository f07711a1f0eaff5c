// SPDX-License-Identifier: Apache-2.0
// What goes into the log and what comes out of it.
#pragma once

#include "chat/command.hpp"
#include "chat/event.hpp"
#include "chat/question.hpp"

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

namespace tertulia::chat {

// A command or a question with its author, as a network thread puts it in line.
struct submission {
    session_id session;
    std::uint32_t serial = 0;
    std::variant<command, question> what;
};

// What was applied together, in order: immutable once made, one block for all threads.
struct batch {
    std::vector<event> events;
    bool lasting = false; // something of it must reach the disk before any of it leaves
    word_list words;      // what operators do not want said, where that changed in it
};
using batch_ref = std::shared_ptr<const batch>;

} // namespace tertulia::chat
