// SPDX-License-Identifier: Apache-2.0
#include "store/message_row.hpp"

#include <chrono>

namespace tertulia::store {

session::stored_message message_of(const statement& row) {
    return {{static_cast<std::uint64_t>(row.number(0))},
            base::wall_time{std::chrono::milliseconds{row.number(1)}},
            static_cast<session::stored_kind>(row.number(2)),
            row.text(3),
            row.text(4),
            row.text(5),
            row.text(6),
            row.text(7),
            row.text(8),
            {static_cast<std::uint64_t>(row.number(9))},
            row.number(10) != 0,
            {},
            row.text(11),
            row.number(12) != 0};
}

} // namespace tertulia::store
