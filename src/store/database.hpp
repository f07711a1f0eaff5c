// SPDX-License-Identifier: Apache-2.0
// One SQLite file with everything that lasts: opened, checked, migrated, read and written here. WAL
// with synchronous=FULL: a commit that returned survives a power cut.
#pragma once

#include "base/result.hpp"
#include "chat/heart.hpp"
#include "session/history.hpp"
#include "store/storage.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace tertulia::store {

// Who moves committed pages from the WAL into the database.
enum class checkpoints {
    own_thread, // a thread and connection of their own, so that no commit waits for them
    in_tidy,    // storage::tidy(), for a world without threads
};

struct database_options {
    std::string path; // of the file; its folder exists and is locked by the caller
    std::string vfs;  // SQLite's VFS; empty: the system's
    checkpoints by = checkpoints::own_thread;
    std::function<std::uint64_t()> free_space; // empty: asks the file system
    bool indexed = false; // what is said can be searched: with an index beside the database
};

// What a start finds.
struct opened {
    std::unique_ptr<storage> writer;
    chat::restored heart;
    std::string message_key; // 16 random bytes made with the database: makes message tokens opaque
    std::string push_key;    // 32 likewise: whom push services know us as
};

// Opens the database, or makes it. A file that is damaged, not ours or of a newer version is
// refused with a sentence that says so, and left exactly as it is.
[[nodiscard]] base::result<opened> open_database(const database_options& options);

// A connection of its own for reading history, for one thread. The database is open already.
[[nodiscard]] base::result<std::unique_ptr<session::reader>>
open_reader(const database_options& options);

} // namespace tertulia::store
