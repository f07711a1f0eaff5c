// SPDX-License-Identifier: Apache-2.0
// What an account keeps with the server and shows to nobody: metadata that only its own sessions
// read and hear of. So that all her devices agree, and that she is told of what she wants to know
// while she is away (push/desk.hpp).
#pragma once

#include <string_view>

namespace tertulia::chat {

// The words that count as a mention of her, with commas between them.
inline constexpr std::string_view own_words_key = "tertulia/highlights";

// Of which messages of a conversation she wants to be told: "*=mentions,#class=all,#noise=none".
inline constexpr std::string_view levels_key = "tertulia/levels";

[[nodiscard]] inline bool is_private(std::string_view key) {
    return key == own_words_key || key == levels_key;
}

} // namespace tertulia::chat
