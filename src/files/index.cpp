// SPDX-License-Identifier: Apache-2.0
#include "files/index.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace tertulia::files {
namespace {

using base::result;
using store::statement;

constexpr std::int64_t version = 1;
constexpr const char* schema = R"sql(
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
    return store::execute(on->get(), schema);
}

result<index> index::open(const std::string& path) {
    result<store::connection> on = connect(path, store::access::read_write);
    return on ? result<index>(index(std::move(*on))) : std::unexpected(on.error());
}

result<void> index::add(const kept_file& file) {
    result<statement> insert = statement::prepare(
        on_.get(), "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
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

result<std::uint64_t> index::used_by(chat::person_id owner, std::uint64_t address) {
    const result<std::int64_t> sum = store::query_number(
        on_.get(),
        fmt::format("SELECT coalesce(sum(size), 0) FROM files WHERE owner = {} AND "
                    "address = {}",
                    static_cast<std::int64_t>(owner.value), static_cast<std::int64_t>(address)));
    return sum ? result<std::uint64_t>(static_cast<std::uint64_t>(*sum))
               : std::unexpected(sum.error());
}

result<std::uint64_t> index::used() {
    const result<std::int64_t> sum =
        store::query_number(on_.get(), "SELECT coalesce(sum(size), 0) FROM files");
    return sum ? result<std::uint64_t>(static_cast<std::uint64_t>(*sum))
               : std::unexpected(sum.error());
}

result<void> index::remove(std::string_view id) {
    result<statement> remove = statement::prepare(on_.get(), "DELETE FROM files WHERE id = ?");
    return remove ? remove->bind(1, id).run() : std::unexpected(remove.error());
}

result<bool> index::has_content(std::string_view hash) {
    const result<std::vector<kept_file>> found = read("hash = ?", hash, 1);
    return found ? result<bool>(!found->empty()) : std::unexpected(found.error());
}

} // namespace tertulia::files
