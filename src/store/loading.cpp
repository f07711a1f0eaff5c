// SPDX-License-Identifier: Apache-2.0
#include "store/loading.hpp"

#include "base/text.hpp"
#include "crypto/secret.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace tertulia::store {
namespace {

using base::result;

constexpr std::size_t message_key_size = 16;

base::wall_time time_of(std::int64_t milliseconds) {
    return base::wall_time{std::chrono::milliseconds{milliseconds}};
}

// Runs `each` on every row.
template <class Each>
result<void> for_each_row(sqlite3* from, std::string_view sql, Each each) {
    result<statement> asked = statement::prepare(from, sql);
    if (!asked) {
        return std::unexpected(std::move(asked.error()));
    }
    result<bool> row = asked->step();
    for (; row && *row; row = asked->step()) {
        each(*asked);
    }
    return row ? result<void>{} : std::unexpected(std::move(row.error()));
}

chat::room_saved room_of(const statement& row) {
    chat::room_saved made;
    made.id = {static_cast<std::uint64_t>(row.number(0))};
    made.name = {row.text(1), row.text(2), static_cast<std::uint64_t>(row.number(3)),
                 row.number(4) != 0};
    made.made_at = time_of(row.number(5));
    made.topic = row.text(6);
    made.topic_by = row.text(7);
    made.topic_at = time_of(row.number(8));
    made.flags = static_cast<unsigned long long>(row.number(9));
    made.password = row.text(10);
    made.capacity = static_cast<std::uint32_t>(row.number(11));
    made.kept = row.number(12) != 0;
    if (const std::int64_t empty_since = row.number(13); empty_since >= 0) {
        made.empty_since = time_of(empty_since);
    }
    return made;
}

result<void> load_masks(sqlite3* from, std::vector<chat::room_saved>& rooms) {
    return for_each_row(
        from, "SELECT * FROM room_masks ORDER BY room, list, place", [&](const statement& row) {
            const chat::conversation_id id{static_cast<std::uint64_t>(row.number(0))};
            const auto of = std::ranges::lower_bound(rooms, id, {}, &chat::room_saved::id);
            const auto list = static_cast<std::size_t>(row.number(1));
            if (of != rooms.end() && of->id == id && list < of->lists.size()) {
                of->lists[list].push_back(
                    {row.text(3), row.text(4), row.text(5), time_of(row.number(6))});
            }
        });
}

// The name with today's tables; as it is, where that is none any more or would be another's, so
// that no room is lost.
base::name folded_again(const base::name& before, std::set<std::string>& keys) {
    const auto made = base::make_room_name(before.display);
    if (!made || (made->key != before.key && keys.contains(made->key))) {
        return before;
    }
    keys.erase(before.key);
    keys.insert(made->key);
    return *made;
}

// Keys were made with other tables than today's: they are made again from what is shown, and kept.
result<void> fold_again(sqlite3* on, std::vector<chat::room_saved>& rooms) {
    result<statement> update = statement::prepare(
        on, "UPDATE rooms SET display = ?2, key = ?3, skeleton = ?4, latin = ?5 WHERE id = ?1");
    if (!update) {
        return std::unexpected(std::move(update.error()));
    }
    std::set<std::string> keys;
    for (const chat::room_saved& one : rooms) {
        keys.insert(one.name.key);
    }
    result<void> kept = execute(on, "BEGIN IMMEDIATE");
    for (chat::room_saved& one : rooms) {
        if (!kept) {
            return kept;
        }
        one.name = folded_again(one.name, keys);
        kept = update->bind(1, one.id.value)
                   .bind(2, std::string_view(one.name.display))
                   .bind(3, std::string_view(one.name.key))
                   .bind(4, one.name.skeleton)
                   .bind(5, std::uint64_t{one.name.latin})
                   .run();
    }
    return kept ? execute(on, "INSERT OR REPLACE INTO meta VALUES ('folding_version', '" +
                                  std::string(base::folding_version()) + "'); COMMIT")
                : kept;
}

} // namespace

result<chat::restored> load(sqlite3* from) {
    chat::restored found;
    result<void> read = for_each_row(
        from,
        "SELECT id, display, key, skeleton, latin, made_at, topic, topic_by, topic_at, flags, "
        "password, capacity, kept, ifnull(empty_since, -1) FROM rooms ORDER BY id",
        [&](const statement& row) { found.rooms.push_back(room_of(row)); });
    if (read) {
        read = load_masks(from, found.rooms);
    }
    if (read) {
        read = for_each_row(
            from, "SELECT id FROM private_conversations ORDER BY id", [&](const statement& row) {
                found.private_conversations.push_back({static_cast<std::uint64_t>(row.number(0))});
            });
    }
    std::string folding_version;
    if (read) {
        read = for_each_row(from, "SELECT key, value FROM meta", [&](const statement& row) {
            const std::string key = row.text(0);
            if (key == "numbers_reserved") {
                found.numbers_reserved = {static_cast<std::uint64_t>(row.number(1))};
            } else if (key == "time") {
                found.time = time_of(row.number(1));
            } else if (key == "folding_version") {
                folding_version = row.text(1);
            }
        });
    }
    if (!read) {
        return std::unexpected(std::move(read.error()));
    }
    if (folding_version != base::folding_version()) {
        if (result<void> kept = fold_again(from, found.rooms); !kept) {
            return std::unexpected(std::move(kept.error()));
        }
    }
    return found;
}

result<std::string> load_message_key(sqlite3* from) {
    result<statement> insert =
        statement::prepare(from, "INSERT OR IGNORE INTO meta VALUES ('message_key', ?)");
    if (!insert) {
        return std::unexpected(std::move(insert.error()));
    }
    const std::string fresh = crypto::random_bytes(message_key_size);
    if (result<void> made = insert->bind_bytes(1, fresh).run(); !made) {
        return std::unexpected(std::move(made.error()));
    }
    std::string key;
    const result<void> read = for_each_row(from, "SELECT value FROM meta WHERE key = 'message_key'",
                                           [&](const statement& row) { key = row.text(0); });
    if (!read) {
        return std::unexpected(read.error());
    }
    if (key.size() != message_key_size) {
        return base::failure("The database's message key is damaged. Restore it from a copy.");
    }
    return key;
}

} // namespace tertulia::store
