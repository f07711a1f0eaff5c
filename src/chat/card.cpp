// SPDX-License-Identifier: Apache-2.0
#include "chat/card.hpp"

namespace tertulia::chat {

std::size_t hash_value(const session_id& of) {
    return std::hash<std::uint64_t>{}(std::uint64_t{of.node} << 48U |
                                      std::uint64_t{of.thread} << 32U | of.number);
}

} // namespace tertulia::chat
