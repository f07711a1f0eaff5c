// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite.hpp"

#include <fmt/format.h>

namespace tertulia::store {

base::result<connection> open_connection(const std::string& path, const std::string& vfs,
                                         access how) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    flags |= how == access::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    flags |= how == access::create ? SQLITE_OPEN_CREATE : 0;
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
    connection opened(handle);
    if (code != SQLITE_OK) {
        return base::failure(
            fmt::format("The database {} cannot be opened: {}.", path, sqlite3_errstr(code)));
    }
    sqlite3_extended_result_codes(handle, 1);
    if (how == access::read_only) {
        // Else SQLite would move the WAL into the file that it was told not to write.
        sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    }
    sqlite3_busy_timeout(handle, 5'000);
    return opened;
}

base::result<connection> open_reading_connection(const std::string& path, const std::string& vfs) {
    base::result<connection> on = open_connection(path, vfs, access::read_write);
    if (on) {
        if (base::result<void> set = execute(on->get(), "PRAGMA query_only = 1"); !set) {
            return std::unexpected(std::move(set.error()));
        }
    }
    return on;
}

base::error failure_of(sqlite3* on, std::string_view doing) {
    const char* const path = sqlite3_db_filename(on, "main");
    const std::string_view file = path == nullptr ? "" : path;
    switch (sqlite3_errcode(on) & 0xFF) {
    case SQLITE_FULL:
        return {
            fmt::format("The disk of {} is full ({}). Make space and start again.", file, doing)};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {fmt::format("The database {} is damaged ({}: {}). Restore it from a copy.", file,
                            doing, sqlite3_errmsg(on))};
    default:
        return {fmt::format("The database {} failed ({}: {}, code {}).", file, doing,
                            sqlite3_errmsg(on), sqlite3_extended_errcode(on))};
    }
}

base::result<void> execute(sqlite3* on, const std::string& sql) {
    if (sqlite3_exec(on, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return std::unexpected(failure_of(on, sql.substr(0, sql.find('\n'))));
    }
    return {};
}

base::result<statement> statement::prepare(sqlite3* on, std::string_view sql) {
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(on, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    statement made;
    made.prepared_.reset(handle);
    if (code != SQLITE_OK) {
        return std::unexpected(failure_of(on, sql));
    }
    return made;
}

statement& statement::bind(int position, std::int64_t number) {
    sqlite3_bind_int64(prepared_.get(), position, number);
    return *this;
}

statement& statement::bind(int position, std::uint64_t number) {
    return bind(position, static_cast<std::int64_t>(number));
}

statement& statement::bind(int position, std::string_view text) {
    // An empty view may have no address, which SQLite would read as NULL.
    sqlite3_bind_text64(prepared_.get(), position, text.empty() ? "" : text.data(), text.size(),
                        SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

statement& statement::bind_bytes(int position, std::string_view bytes) {
    sqlite3_bind_blob64(prepared_.get(), position, bytes.data(), bytes.size(), SQLITE_STATIC);
    return *this;
}

base::result<bool> statement::step() {
    const int code = sqlite3_step(prepared_.get());
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        return code == SQLITE_ROW;
    }
    sqlite3* const on = sqlite3_db_handle(prepared_.get());
    base::error why = failure_of(on, sqlite3_sql(prepared_.get()));
    reset();
    return std::unexpected(std::move(why));
}

base::result<void> statement::run() {
    base::result<bool> row = step();
    while (row && *row) {
        row = step();
    }
    if (!row) {
        return std::unexpected(std::move(row.error()));
    }
    reset();
    return {};
}

void statement::reset() { sqlite3_reset(prepared_.get()); }

std::int64_t statement::number(int column) const {
    return sqlite3_column_int64(prepared_.get(), column);
}

std::string statement::text(int column) const {
    const auto* const bytes =
        reinterpret_cast<const char*>(sqlite3_column_text(prepared_.get(), column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared_.get(), column));
    return bytes == nullptr ? std::string{} : std::string(bytes, size);
}

base::result<std::int64_t> query_number(sqlite3* on, std::string_view sql) {
    base::result<statement> asked = statement::prepare(on, sql);
    if (!asked) {
        return std::unexpected(std::move(asked.error()));
    }
    const base::result<bool> row = asked->step();
    if (!row) {
        return std::unexpected(row.error());
    }
    return *row ? asked->number(0) : 0;
}

} // namespace tertulia::store
