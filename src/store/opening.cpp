// SPDX-License-Identifier: Apache-2.0
// The database's door: what is not ours, newer than ours or damaged is told so and left as it is.
#include "store/loading.hpp"
#include "store/schema.hpp"
#include "store/wal.hpp"
#include "store/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace tertulia::store {
namespace {

using base::result;

// Up to this size every page is read at a start; larger files are checked as they are used.
constexpr std::uint64_t checked_size_max = 256U << 20U;

std::uint32_t big_endian(const char* bytes) {
    std::uint32_t made = 0;
    for (int i = 0; i < 4; ++i) {
        made = made << 8U | static_cast<unsigned char>(bytes[i]);
    }
    return made;
}

base::error not_ours(const std::string& path) {
    return {fmt::format("{} is not a Tertulia database; nothing was changed in it. Choose another "
                        "data folder, or move the file away.",
                        path)};
}

result<void> check_versions(const std::string& path, std::uint32_t application,
                            std::uint32_t version) {
    if (application != application_id) {
        return std::unexpected(not_ours(path));
    }
    if (version > newest_version()) {
        return base::failure(fmt::format(
            "{} was written by a newer Tertulia (database version {}, this program knows "
            "{}). Install that version again.",
            path, version, newest_version()));
    }
    return {};
}

// The first bytes of a file, by SQLite's VFS but before SQLite itself looks at them; none where it
// is empty or not there.
std::string first_bytes(const database_options& options, const std::string& path,
                        std::size_t count) {
    const result<connection> on = open_connection(path, options.vfs, access::read_only);
    sqlite3_file* file = nullptr;
    sqlite3_int64 size = 0;
    if (!on ||
        sqlite3_file_control(on->get(), "main", SQLITE_FCNTL_FILE_POINTER,
                             static_cast<void*>(&file)) != SQLITE_OK ||
        file->pMethods == nullptr || file->pMethods->xFileSize(file, &size) != SQLITE_OK) {
        return {};
    }
    std::string bytes(std::min(count, static_cast<std::size_t>(size)), '\0');
    const int code = file->pMethods->xRead(file, bytes.data(), static_cast<int>(bytes.size()), 0);
    return code == SQLITE_OK ? bytes : std::string{};
}

std::string rollback_journal(const database_options& options) {
    return first_bytes(options, options.path + "-journal", 20);
}

// A journal that says that the file was empty before: somebody was cut off while making a database,
// and SQLite will empty it again (https://sqlite.org/fileformat.html, 3).
bool making_was_cut_off(const database_options& options) {
    const std::string journal = rollback_journal(options);
    return journal.starts_with("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7") && journal.size() == 20 &&
           big_endian(&journal[16]) == 0;
}

// By the file's first bytes, before SQLite touches it (https://sqlite.org/fileformat.html, 1.3).
result<void> check_header(const database_options& options) {
    const std::string header = first_bytes(options, options.path, 100);
    if (header.empty() || making_was_cut_off(options)) {
        return {};
    }
    if (header.size() < 100 || !header.starts_with(std::string("SQLite format 3\0", 16))) {
        return std::unexpected(not_ours(options.path));
    }
    return check_versions(options.path, big_endian(&header[68]), big_endian(&header[60]));
}

// A journal that a crash left: reading on a connection that can write rolls it back.
result<void> roll_back(const database_options& options) {
    if (rollback_journal(options).empty()) {
        return {};
    }
    result<connection> on = open_connection(options.path, options.vfs, access::create);
    if (!on) {
        return std::unexpected(std::move(on.error()));
    }
    const auto read = query_number(on->get(), "SELECT count(*) FROM sqlite_schema");
    return read ? result<void>{} : std::unexpected(read.error());
}

// On a connection that cannot write: reads the versions again, which the WAL may tell otherwise,
// and every page.
result<void> check_content(const database_options& options) {
    if (first_bytes(options, options.path, 1).empty()) {
        return {}; // a database that was never begun
    }
    result<connection> on = open_connection(options.path, options.vfs, access::read_only);
    if (!on) {
        return std::unexpected(std::move(on.error()));
    }
    std::array<std::int64_t, 4> values{};
    constexpr std::array asked{"PRAGMA application_id", "PRAGMA user_version", "PRAGMA page_count",
                               "PRAGMA page_size"};
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const result<std::int64_t> value = query_number(on->get(), asked[i]);
        if (!value) {
            return std::unexpected(value.error());
        }
        values[i] = *value;
    }
    const auto [application, version, pages, page_size] = values;
    if (result<void> ours = check_versions(options.path, static_cast<std::uint32_t>(application),
                                           static_cast<std::uint32_t>(version));
        !ours) {
        return ours;
    }
    if (static_cast<std::uint64_t>(pages * page_size) > checked_size_max) {
        return {};
    }
    result<statement> check = statement::prepare(on->get(), "PRAGMA quick_check(1)");
    const result<bool> row = check ? check->step() : std::unexpected(check.error());
    if (row && *row && check->text(0) == "ok") {
        return {};
    }
    std::string fault = row && *row ? check->text(0) : "it cannot be read";
    std::ranges::replace(fault, '\n', ' ');
    return base::failure(fmt::format("The database {} is damaged ({}); nothing was changed in it. "
                                     "Restore it from a copy.",
                                     options.path, fault));
}

// Before anything writes.
result<void> check(const database_options& options) {
    result<void> fine = check_header(options);
    fine = fine ? roll_back(options) : fine;
    return fine ? check_content(options) : fine;
}

// The tables are made with a rollback journal, whose end is synced too: so the file is empty or
// ours, whenever we are cut off.
result<void> prepare_database(sqlite3* on, const std::string& path) {
    if (sqlite3_db_readonly(on, "main") != 0) {
        return base::failure(
            fmt::format("The database {} cannot be written: make it and its folder "
                        "writable for the server's user.",
                        path));
    }
    const result<std::int64_t> tables = query_number(on, "SELECT count(*) FROM sqlite_schema");
    if (!tables) {
        return std::unexpected(tables.error());
    }
    if (*tables == 0) {
        if (result<void> set =
                execute(on, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA");
            !set) {
            return set;
        }
    }
    result<void> newest = write_wal_again(on); // before anything of it is shown or appended to it
    newest = newest ? migrate(on) : newest;
    if (!newest) {
        return newest;
    }
    // Nobody makes the writer wait but a reader while the WAL starts over, and that can wait.
    if (result<void> set = execute(on, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                                       "PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = 1; "
                                       "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; "
                                       "PRAGMA busy_timeout = 50");
        !set) {
        return set;
    }
    result<statement> mode = statement::prepare(on, "PRAGMA journal_mode");
    const result<bool> row = mode ? mode->step() : std::unexpected(mode.error());
    if (!row || mode->text(0) != "wal") {
        return base::failure(fmt::format("The database {} cannot keep a write-ahead log there: its "
                                         "folder has to be on a disk of this machine.",
                                         path));
    }
    return {};
}

} // namespace

result<opened> open_database(const database_options& options) {
    if (result<void> fine = check(options); !fine) {
        return std::unexpected(std::move(fine.error()));
    }
    result<connection> on = open_connection(options.path, options.vfs, access::create);
    if (!on) {
        return std::unexpected(std::move(on.error()));
    }
    if (result<void> ready = prepare_database(on->get(), options.path); !ready) {
        return std::unexpected(std::move(ready.error()));
    }
    constexpr std::size_t message_key_size = 16;
    constexpr std::size_t push_key_size = 32;
    result<std::string> key = load_key(on->get(), "message_key", message_key_size);
    if (!key) {
        return std::unexpected(std::move(key.error()));
    }
    result<std::string> push_key = load_key(on->get(), "push_key", push_key_size);
    if (!push_key) {
        return std::unexpected(std::move(push_key.error()));
    }
    result<chat::restored> heart = load(on->get());
    if (!heart) {
        return std::unexpected(std::move(heart.error()));
    }
    result<std::unique_ptr<storage>> started = writer::start(std::move(*on), options);
    if (!started) {
        return std::unexpected(std::move(started.error()));
    }
    return opened{std::move(*started), std::move(*heart), std::move(*key), std::move(*push_key)};
}

} // namespace tertulia::store
