// SPDX-License-Identifier: Apache-2.0
// The tables, and how they grow: a list of steps that is only ever appended to. The database's
// user_version is how many of them it has seen.
#pragma once

#include "base/result.hpp"
#include "store/sqlite.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace tertulia::store {

// Says in the file's header that it is ours ("TERT").
inline constexpr std::uint32_t application_id = 0x54455254;

[[nodiscard]] std::span<const std::string_view> migrations();
[[nodiscard]] inline std::uint32_t newest_version() {
    return static_cast<std::uint32_t>(migrations().size());
}

// Brings a database, empty or of any older version, to the newest one, a transaction a step.
[[nodiscard]] base::result<void> migrate(sqlite3* on);

} // namespace tertulia::store
