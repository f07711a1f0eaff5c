// SPDX-License-Identifier: Apache-2.0
#include "store/wal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>

namespace tertulia::store {
namespace {

constexpr sqlite3_int64 transfer_max = 64 << 10; // SQLite's Unix VFS takes less than 128 KiB

// Nothing where the database is not in WAL mode yet.
sqlite3_file* wal_of(sqlite3* on) {
    sqlite3_file* wal = nullptr;
    sqlite3_file_control(on, "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&wal));
    return wal == nullptr || wal->pMethods == nullptr ? nullptr : wal;
}

} // namespace

base::result<void> write_wal_again(sqlite3* on) {
    sqlite3_file* const wal = wal_of(on);
    if (wal == nullptr) {
        return {};
    }
    sqlite3_int64 size = 0;
    int code = wal->pMethods->xFileSize(wal, &size);
    std::string piece;
    for (sqlite3_int64 at = 0; code == SQLITE_OK && at < size; at += std::ssize(piece)) {
        piece.resize(static_cast<std::size_t>(std::min(size - at, transfer_max)));
        const int count = static_cast<int>(piece.size());
        code = wal->pMethods->xRead(wal, piece.data(), count, at);
        code = code == SQLITE_OK ? wal->pMethods->xWrite(wal, piece.data(), count, at) : code;
    }
    code = code == SQLITE_OK ? wal->pMethods->xSync(wal, SQLITE_SYNC_NORMAL) : code;
    return code == SQLITE_OK
               ? base::result<void>{}
               : base::failure(fmt::format("The database {} cannot be written: {}.",
                                           sqlite3_db_filename(on, "main"), sqlite3_errstr(code)));
}

void reserve_wal(sqlite3* on, std::int64_t size) {
    sqlite3_file* const wal = wal_of(on);
    sqlite3_int64 at = 0;
    if (wal == nullptr || wal->pMethods->xFileSize(wal, &at) != SQLITE_OK) {
        return;
    }
    const std::string zeros(static_cast<std::size_t>(transfer_max), '\0');
    for (int code = SQLITE_OK; code == SQLITE_OK && at < size; at += transfer_max) {
        code = wal->pMethods->xWrite(wal, zeros.data(),
                                     static_cast<int>(std::min(size - at, transfer_max)), at);
    }
}

} // namespace tertulia::store
