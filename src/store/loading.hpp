// SPDX-License-Identifier: Apache-2.0
// What a start finds in the tables, as the heart takes it.
#pragma once

#include "base/result.hpp"
#include "chat/heart.hpp"
#include "store/sqlite.hpp"

#include <string>

namespace tertulia::store {

[[nodiscard]] base::result<chat::restored> load(sqlite3* from);

// Made with the database; found again ever after.
[[nodiscard]] base::result<std::string> load_message_key(sqlite3* from);

} // namespace tertulia::store
