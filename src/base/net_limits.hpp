// SPDX-License-Identifier: Apache-2.0
// Bounds of connections, whatever is spoken over them, apart from limits.hpp because few read them;
// as there, each with a sentence of what happens at it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tertulia::base::limits {

// Connections of one address on one network thread that are no session of the chat: pages, files,
// the API. Further ones are turned away (429).
inline constexpr std::uint32_t sessionless_per_address_max = 500;
// What one says whose answer has left already is read and thrown away, so that the answer is not
// lost with it: for so long after the last bytes, for so long in all, and so many bytes.
inline constexpr std::chrono::seconds drained_for{1};
inline constexpr std::chrono::seconds drained_for_max{10};
inline constexpr std::size_t drained_size_max = 64U << 20U;

} // namespace tertulia::base::limits
