// SPDX-License-Identifier: Apache-2.0
// The list of a room's people, as `roster` shows it. All its clients of a network thread share one
// for each room, which one of them asks the core for, so that many changes cost one question and
// each client one text of a kilobyte, at most ten times a second and less often the larger the
// room.
#pragma once

#include "base/time.hpp"
#include "chat/question.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::classic {

// Without what the protocol would take for its own marks.
[[nodiscard]] std::string without_marks(std::string_view text);
// Likewise a nickname: a mark follows it, so a '|' at its end is written as one that is no part of
// any. ("Rosa|" is another person than "Rosa".)
[[nodiscard]] std::string shown_name(const std::string& nickname);

class user_list {
public:
    // Something changed; the list that is there is not true any more.
    void note_change() { ++changes_; }
    [[nodiscard]] std::uint64_t changes() const { return changes_; } // how many were noted

    // May it be asked for? Once at a time, and not too often; an answer that was lost is waited for
    // no longer than half a second.
    [[nodiscard]] base::steady_time may_ask_at() const { return may_ask_at_; }
    // Returns what the answer will know of.
    [[nodiscard]] std::uint64_t ask(base::steady_time now);
    void fill(const chat::names_answer& answer, std::uint64_t knows, base::steady_time now);

    // Does it know of so many changes?
    [[nodiscard]] bool knows(std::uint64_t changes) const { return filled_ && known_ >= changes; }

    // "USERS:0||Luis&&7||Ana": everybody, or as many as a client can take, `own` first.
    [[nodiscard]] std::string text_for(const chat::card& own) const;

private:
    struct entry {
        std::uint32_t arrival;
        std::string text;
    };
    std::vector<entry> entries_;
    std::string whole_; // where it fits
    std::uint64_t changes_ = 0;
    std::uint64_t known_ = 0; // of these
    base::steady_time may_ask_at_{};
    bool filled_ = false;
};

} // namespace tertulia::classic
