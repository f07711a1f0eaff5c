// SPDX-License-Identifier: Apache-2.0
// What a start finds in the tables, as the heart takes it.
#pragma once

#include "base/result.hpp"
#include "chat/heart.hpp"
#include "store/sqlite.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace tertulia::store {

[[nodiscard]] base::result<chat::restored> load(sqlite3* from);

// Random bytes that were made when they were first wanted; found again ever after.
[[nodiscard]] base::result<std::string> load_key(sqlite3* from, std::string_view named,
                                                 std::size_t size);

} // namespace tertulia::store
