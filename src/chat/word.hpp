// SPDX-License-Identifier: Apache-2.0
// Words that operators do not want said, and what happens to who says them. The heart keeps the
// list; that a text has such a word is seen at the doors, which know what a word is.
#pragma once

#include "base/id.hpp"
#include "base/time.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::chat {

using word_id = base::id<struct word_tag>;

// The later ones weigh more where a text has words of several.
enum class word_action : std::uint8_t {
    report, // it is said, and operators are told
    hide,   // "****" stands in its place
    refuse, // it is not said
    mute,   // nor is anything else for a while
};
[[nodiscard]] std::string_view name_of(word_action of);
[[nodiscard]] std::optional<word_action> word_action_of(std::string_view name);

struct listed_word {
    word_id id;
    std::string mask; // as it was typed: whole words are compared, with wildcards
    std::string folded;
    word_action action = word_action::refuse;
    std::chrono::seconds mutes_for{0};
    std::string by; // the operator's nickname
    base::wall_time since;
};
using word_list = std::shared_ptr<const std::vector<listed_word>>; // the oldest first

// Needs the right `words`, as do the others. Replaces one of the same mask.
struct add_word {
    std::string mask, folded;
    word_action action = word_action::refuse;
    std::chrono::seconds mutes_for{0};
};
struct remove_word {
    std::string mask, folded;
};
struct ask_words {};
struct words_answer {
    word_list all;
};

// A door found one of these in what somebody wanted to say.
struct word_met {
    word_id which;
    std::string where; // for operators' eyes, as is the text: a room, "NICK"…
    std::string text;  // empty: said in private
};
struct meet_word {
    word_met what;
};

// To the operator, the store and the doors.
struct words_changed {
    listed_word what;
    bool kept = true; // else it is no more
    word_list all;
};

} // namespace tertulia::chat
