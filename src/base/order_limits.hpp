// SPDX-License-Identifier: Apache-2.0
// Bounds of what operators list and hand out on the whole server; the others are in limits.hpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tertulia::base::limits {

// Words that operators list, and bytes of one; more are refused, a longer one is no word.
inline constexpr std::size_t words_max = 500;
inline constexpr std::size_t word_size_max = 64;
// How long a word mutes who says it, where its operator says nothing.
inline constexpr std::chrono::seconds word_mutes_for = std::chrono::hours{1};
// Bans and mutes on the server's list beyond which words put no more there: room is left for what
// operators impose themselves.
inline constexpr std::size_t sanctions_by_words_max = 1'000;
// Open reports that words made; further ones are left out. And bytes of what was said in one.
inline constexpr std::size_t reports_by_words_max = 200;
inline constexpr std::size_t reported_text_size_max = 200;
// Codes by which accounts are made, and accounts that one makes; more are refused.
inline constexpr std::size_t codes_max = 1'000;
inline constexpr std::uint32_t code_uses_max = 10'000;
// How long a code opens the door, where nothing is said; and at most.
inline constexpr std::chrono::seconds code_lasts = std::chrono::days{30};
inline constexpr std::chrono::seconds code_lasts_max = std::chrono::days{3'650};
// Callers that one network thread tells in a second why they are not let in; further ones are
// closed without a word.
inline constexpr int explained_per_second_max = 20;

} // namespace tertulia::base::limits
