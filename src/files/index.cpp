// SPDX-License-Identifier: Apache-2.0
#include "files/index.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace tertulia::files {
namespace {

using base::result;
using store::statement;

constexpr std::int64_t version = 2;
constexpr const char* version_1 = R"sql(
BEGIN IMMEDIATE;
CREATE TABLE files (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    picture INTEGER NOT NULL,
    thumbnail INTEGER NOT NULL,
    owner INTEGER NOT NULL, -- an account; 0: a guest
    address INTEGER NOT NULL, -- what a guest is counted by
    made_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_by_hash ON files (hash);
CREATE INDEX files_by_owner ON files (owner, address, size);
PRAGMA user_version = 1;
COMMIT;
)sql";

// What each file counts for, and the sums of it by who handed it in, kept by the database itself.
// How large thumbnails are was not written down before: 24 KiB is what most have.
constexpr const char* version_2 = R"sql(
BEGIN IMMEDIATE;
ALTER TABLE files ADD COLUMN room INTEGER NOT NULL DEFAULT 0;
UPDATE files SET room = max(size, 4096) + thumbnail * 24576;
CREATE TABLE used (
    owner INTEGER NOT NULL,
    address INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (owner, address)
) WITHOUT ROWID;
CREATE TABLE used_by_all (
    guests INTEGER PRIMARY KEY, -- 1: the guests' part of it, 0: the accounts'
    bytes INTEGER NOT NULL
);
INSERT INTO used SELECT owner, address, sum(room) FROM files GROUP BY owner, address;
INSERT INTO used_by_all VALUES
    (0, (SELECT coalesce(sum(bytes), 0) FROM used WHERE owner <> 0)),
    (1, (SELECT coalesce(sum(bytes), 0) FROM used WHERE owner = 0));
CREATE TRIGGER file_added AFTER INSERT ON files BEGIN
    INSERT INTO used VALUES (new.owner, new.address, new.room)
        ON CONFLICT DO UPDATE SET bytes = bytes + new.room;
    UPDATE used_by_all SET bytes = bytes + new.room WHERE guests = (new.owner = 0);
END;
CREATE TRIGGER file_removed AFTER DELETE ON files BEGIN
    UPDATE used SET bytes = bytes - old.room WHERE owner = old.owner AND address = old.address;
    DELETE FROM used WHERE owner = old.owner AND address = old.address AND bytes <= 0;
    UPDATE used_by_all SET bytes = bytes - old.room WHERE guests = (old.owner = 0);
END;
PRAGMA user_version = 2;
COMMIT;
)sql";

result<store::connection> connect(const std::string& path, store::access how) {
    result<store::connection> on = store::open_connection(path, {}, how);
    if (on) {
        const result<void> set = store::execute(on->get(), "PRAGMA synchronous = FULL");
        if (!set) {
            return std::unexpected(set.error());
        }
    }
    return on;
}

// SQLite's numbers have a sign.
std::int64_t as_kept(std::uint64_t number) { return static_cast<std::int64_t>(number); }

kept_file file_of(const statement& row) {
    kept_file made;
    made.facts.id = row.text(0);
    made.facts.tag = row.text(1);
    made.facts.name = row.text(2);
    made.facts.type = row.text(3);
    made.facts.size = static_cast<std::uint64_t>(row.number(4));
    made.facts.width = static_cast<std::uint32_t>(row.number(5));
    made.facts.height = static_cast<std::uint32_t>(row.number(6));
    made.facts.picture = row.number(7) != 0;
    made.facts.thumbnail = row.number(8) != 0;
    made.owner = {static_cast<std::uint64_t>(row.number(9))};
    made.address = static_cast<std::uint64_t>(row.number(10));
    made.facts.made_at = base::wall_time{std::chrono::milliseconds{row.number(11)}};
    made.room = static_cast<std::uint64_t>(row.number(12));
    return made;
}

} // namespace

result<void> index::prepare(const std::string& path) {
    result<store::connection> on = connect(path, store::access::create);
    if (!on) {
        return std::unexpected(on.error());
    }
    if (result<void> set = store::execute(on->get(), "PRAGMA journal_mode = WAL"); !set) {
        return set;
    }
    const result<std::int64_t> has = store::query_number(on->get(), "PRAGMA user_version");
    if (!has || *has == version) {
        return has ? result<void>() : std::unexpected(has.error());
    }
    if (*has > version) {
        return base::failure(
            fmt::format("The database {} was made by a newer Tertulia. Use that one.", path));
    }
    result<void> made = *has < 1 ? store::execute(on->get(), version_1) : result<void>();
    return made ? store::execute(on->get(), version_2) : made;
}

result<index> index::open(const std::string& path) {
    result<store::connection> on = connect(path, store::access::read_write);
    return on ? result<index>(index(std::move(*on))) : std::unexpected(on.error());
}

result<void> index::add(const kept_file& file) {
    result<statement> insert = statement::prepare(
        on_.get(), "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return std::unexpected(insert.error());
    }
    const session::file_facts& of = file.facts;
    return insert->bind(1, std::string_view(of.id))
        .bind(2, std::string_view(of.tag))
        .bind(3, std::string_view(of.name))
        .bind(4, std::string_view(of.type))
        .bind(5, of.size)
        .bind(6, std::uint64_t{of.width})
        .bind(7, std::uint64_t{of.height})
        .bind(8, std::uint64_t{of.picture})
        .bind(9, std::uint64_t{of.thumbnail})
        .bind(10, file.owner.value)
        .bind(11, file.address)
        .bind(12, of.made_at.time_since_epoch().count())
        .bind(13, file.room)
        .run();
}

result<std::vector<kept_file>> index::read(std::string_view condition, std::string_view value,
                                           std::uint32_t count) {
    result<statement> select = statement::prepare(
        on_.get(),
        fmt::format("SELECT * FROM files WHERE {} ORDER BY id LIMIT {}", condition, count));
    if (!select) {
        return std::unexpected(select.error());
    }
    select->bind(1, value);
    std::vector<kept_file> found;
    for (result<bool> row = select->step();; row = select->step()) {
        if (!row) {
            return std::unexpected(row.error());
        }
        if (!*row) {
            return found;
        }
        found.push_back(file_of(*select));
    }
}

result<std::optional<kept_file>> index::find(std::string_view id) {
    result<std::vector<kept_file>> found = read("id = ?", id, 1);
    if (!found) {
        return std::unexpected(found.error());
    }
    return found->empty() ? std::nullopt : std::optional(std::move(found->front()));
}

result<std::vector<kept_file>> index::some_after(std::string_view after, std::uint32_t count) {
    return read("id > ?", after, count);
}

result<std::vector<kept_file>> index::of_owner(chat::person_id owner) {
    constexpr std::uint32_t files_told_max = 100'000;
    return read("owner = CAST(? AS INTEGER)", std::to_string(owner.value), files_told_max);
}

result<std::vector<kept_file>> index::some_of(chat::person_id owner, std::uint64_t address,
                                              std::uint32_t count) {
    return read(fmt::format("owner = {} AND address = CAST(? AS INTEGER)", as_kept(owner.value)),
                fmt::to_string(as_kept(address)), count);
}

result<std::uint64_t> index::sum(const std::string& query) {
    const result<std::int64_t> found = store::query_number(on_.get(), query.c_str());
    return found ? result<std::uint64_t>(static_cast<std::uint64_t>(*found))
                 : std::unexpected(found.error());
}

result<std::uint64_t> index::used_by(chat::person_id owner, std::uint64_t address) {
    return sum(fmt::format("SELECT coalesce(sum(bytes), 0) FROM used WHERE owner = {} AND "
                           "address = {}",
                           as_kept(owner.value), as_kept(address)));
}

result<std::uint64_t> index::used() { return sum("SELECT sum(bytes) FROM used_by_all"); }

result<std::uint64_t> index::used_behind(chat::person_id last) {
    return sum(fmt::format("SELECT (SELECT bytes FROM used_by_all WHERE guests = 1) + "
                           "(SELECT coalesce(sum(bytes), 0) FROM used WHERE owner > {})",
                           as_kept(last.value)));
}

result<void> index::remove(const std::vector<kept_file>& which) {
    result<statement> remove = statement::prepare(on_.get(), "DELETE FROM files WHERE id = ?");
    if (!remove) {
        return std::unexpected(remove.error());
    }
    result<void> done = store::execute(on_.get(), "BEGIN IMMEDIATE");
    for (std::size_t at = 0; done && at < which.size(); ++at) {
        done = remove->bind(1, std::string_view(which[at].facts.id)).run();
    }
    if (done) {
        done = store::execute(on_.get(), "COMMIT");
    }
    if (!done) {
        static_cast<void>(store::execute(on_.get(), "ROLLBACK"));
    }
    return done;
}

result<bool> index::has_content(std::string_view hash) {
    const result<std::vector<kept_file>> found = read("hash = ?", hash, 1);
    return found ? result<bool>(!found->empty()) : std::unexpected(found.error());
}

} // namespace tertulia::files
