// SPDX-License-Identifier: Apache-2.0
// The bounds of the classic dialects, apart from limits.hpp because few read them; as there, each
// with a sentence of what happens at it.
#pragma once

#include <cstddef>

namespace tertulia::base::limits {

// Bytes of one message of a classic client; a longer one is skipped.
inline constexpr std::size_t classic_message_size_max = 4'096;
// Messages that a classic client sent and that wait their turn; beyond, it is not read.
inline constexpr std::size_t classic_messages_waiting_max = 32;
// Bytes that wait for a classic client, which is written slowly. Beyond, or when it is a second
// behind, it misses messages and is told how many.
inline constexpr std::size_t classic_bytes_waiting_max = 64U << 10U;
// Messages that a classic dialect of one network thread remembers, to quote from; who replies to an
// older one is shown without a quotation.
inline constexpr std::size_t classic_words_remembered_max = 500;
// Members of a room beyond which its classic clients are not told who comes and goes.
inline constexpr std::size_t classic_company_max = 50;
// Nicknames tried for the one that a classic client wishes; then it stays who it is.
inline constexpr std::size_t classic_nicknames_tried_max = 12;

} // namespace tertulia::base::limits
