// SPDX-License-Identifier: Apache-2.0
// What SQLite leaves to us of its write-ahead log: the file beside the database, by SQLite's own
// handle of it. On the writer's thread.
#pragma once

#include "base/result.hpp"

#include <sqlite3.h>

#include <cstdint>

namespace tertulia::store {

// Writes all of it again, as it is, and syncs it. The process before us may have died of a failed
// sync: then the system shows us a WAL that its disk does not have, and that no later sync would
// write (https://lwn.net/Articles/752063/).
[[nodiscard]] base::result<void> write_wal_again(sqlite3* on);

// Makes the file so many bytes long, with zeros, which mean nothing in a WAL. A commit into space
// that the file has already needs no entry in the file system's own journal: its sync takes half
// the time. A disk that has no room for that is no failure.
void reserve_wal(sqlite3* on, std::int64_t size);

} // namespace tertulia::store
