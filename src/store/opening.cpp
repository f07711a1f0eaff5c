// SPDX-License-Identifier: Apache-2.0
// The database's door: what is not ours, newer than ours or damaged is told so and left as it is.
#include "store/loading.hpp"
#include "store/schema.hpp"
#include "store/writer.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
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

// By the file's first bytes, before SQLite touches it (https://sqlite.org/fileformat.html, 1.3).
result<void> check_header(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return std::filesystem::exists(path)
                   ? base::failure(
                         fmt::format("{} cannot be read: {}.", path, std::strerror(errno)))
                   : result<void>{};
    }
    std::array<char, 100> header{};
    file.read(header.data(), header.size());
    if (file.gcount() == 0) {
        return {}; // empty: a database that was never begun
    }
    if (file.gcount() < 100 ||
        std::string_view(header.data(), 16) != std::string_view("SQLite format 3\0", 16)) {
        return std::unexpected(not_ours(path));
    }
    return check_versions(path, big_endian(&header[68]), big_endian(&header[60]));
}

// Reads every page on a connection that cannot write. What keeps such a connection from reading, a
// journal to be rolled back, is left to the one that can write.
result<void> check_pages(const database_options& options) {
    result<connection> on = open_connection(options.path, options.vfs, access::read_only);
    if (!on) {
        return {};
    }
    const result<std::int64_t> pages = query_number(on->get(), "PRAGMA page_count");
    const result<std::int64_t> size = query_number(on->get(), "PRAGMA page_size");
    if (!pages || !size) {
        const int code = sqlite3_errcode(on->get()) & 0xFF;
        const bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
        return damaged ? std::unexpected(pages ? size.error() : pages.error()) : result<void>{};
    }
    if (static_cast<std::uint64_t>(*pages * *size) > checked_size_max || *pages == 0) {
        return {};
    }
    result<statement> check = statement::prepare(on->get(), "PRAGMA quick_check(1)");
    const result<bool> row = check ? check->step() : std::unexpected(check.error());
    if (row && *row && check->text(0) == "ok") {
        return {};
    }
    return base::failure(fmt::format("The database {} is damaged ({}); nothing was changed in it. "
                                     "Restore it from a copy.",
                                     options.path,
                                     row && *row ? check->text(0) : "it cannot be read"));
}

// The tables are made with a rollback journal: so the file is empty or ours, whenever we are cut
// off.
result<void> prepare_database(sqlite3* on, const std::string& path) {
    result<std::int64_t> tables = query_number(on, "SELECT count(*) FROM sqlite_schema");
    if (!tables) {
        return std::unexpected(std::move(tables.error()));
    }
    if (*tables == 0) {
        if (result<void> set =
                execute(on, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA");
            !set) {
            return set;
        }
    } else {
        const auto application = query_number(on, "PRAGMA application_id");
        const auto version = query_number(on, "PRAGMA user_version");
        if (!application || !version) {
            return std::unexpected(application ? version.error() : application.error());
        }
        if (result<void> ours = check_versions(path, static_cast<std::uint32_t>(*application),
                                               static_cast<std::uint32_t>(*version));
            !ours) {
            return ours;
        }
    }
    if (result<void> newest = migrate(on); !newest) {
        return newest;
    }
    return execute(on, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                       "PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = 1; "
                       "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384");
}

} // namespace

result<opened> open_database(const database_options& options) {
    if (options.vfs.empty()) {
        if (result<void> ours = check_header(options.path); !ours) {
            return std::unexpected(std::move(ours.error()));
        }
    }
    if (result<void> whole = check_pages(options); !whole) {
        return std::unexpected(std::move(whole.error()));
    }
    result<connection> on = open_connection(options.path, options.vfs, access::create);
    if (!on) {
        return std::unexpected(std::move(on.error()));
    }
    if (result<void> ready = prepare_database(on->get(), options.path); !ready) {
        return std::unexpected(std::move(ready.error()));
    }
    result<std::string> key = load_message_key(on->get());
    if (!key) {
        return std::unexpected(std::move(key.error()));
    }
    result<chat::restored> heart = load(on->get());
    if (!heart) {
        return std::unexpected(std::move(heart.error()));
    }
    result<std::unique_ptr<storage>> started = writer::start(std::move(*on), options);
    if (!started) {
        return std::unexpected(std::move(started.error()));
    }
    return opened{std::move(*started), std::move(*heart), std::move(*key)};
}

} // namespace tertulia::store
