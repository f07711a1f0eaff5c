// SPDX-License-Identifier: Apache-2.0
// A name as four columns: display, key, skeleton, latin.
#pragma once

#include "base/name.hpp"
#include "store/sqlite.hpp"

#include <cstdint>
#include <string_view>

namespace tertulia::store {

// By reference, like every text: the name stays as it is until the statement has run.
inline statement& bind_name(statement& to, int first, const base::name& what) {
    return to.bind(first, std::string_view(what.display))
        .bind(first + 1, std::string_view(what.key))
        .bind(first + 2, what.skeleton)
        .bind(first + 3, std::uint64_t{what.latin});
}

[[nodiscard]] inline base::name name_of(const statement& row, int first) {
    return {row.text(first), row.text(first + 1), static_cast<std::uint64_t>(row.number(first + 2)),
            row.number(first + 3) != 0};
}

} // namespace tertulia::store
