// SPDX-License-Identifier: Apache-2.0
// How a stored message is selected and read: one way for pages of history and for hits of a search.
// A statement names `messages` m and, joined by its author, `accounts` a.
#pragma once

#include "session/history.hpp"
#include "store/sqlite.hpp"

#include <string_view>

namespace tertulia::store {

inline constexpr std::string_view message_columns =
    "m.number, m.time, m.kind, m.nickname, m.user, m.host, m.recipient, m.text, m.tags, m.about, "
    "m.redacted, a.display, m.bot, m.changed";
inline constexpr int changed_column = 13;
inline constexpr int column_behind = 14; // the first of the statement's own

// Without what was done to it: `changed_column` has the number of that.
[[nodiscard]] session::stored_message message_of(const statement& row);

} // namespace tertulia::store
