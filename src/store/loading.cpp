// SPDX-License-Identifier: Apache-2.0
#include "store/loading.hpp"

#include "base/limits.hpp"
#include "base/network.hpp"
#include "base/text.hpp"
#include "crypto/secret.hpp"
#include "store/name_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace tertulia::store {
namespace {

using base::result;

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

template <class Id>
Id id_of(const statement& row, int column) {
    return Id{static_cast<std::uint64_t>(row.number(column))};
}

chat::room_saved room_of(const statement& row) {
    chat::room_saved made;
    made.id = id_of<chat::conversation_id>(row, 0);
    made.name = name_of(row, 1);
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
    made.always = row.number(14) != 0;
    made.slow_s = static_cast<std::uint32_t>(row.number(15));
    if (const std::int64_t days = row.number(16); days >= 0) {
        made.history_days = static_cast<std::uint32_t>(days);
    }
    return made;
}

result<void> load_masks(sqlite3* from, std::vector<chat::room_saved>& rooms) {
    return for_each_row(
        from,
        "SELECT room, list, place, mask, folded, set_by, set_at, lasts FROM room_masks "
        "ORDER BY room, list, place",
        [&](const statement& row) {
            const chat::conversation_id id{static_cast<std::uint64_t>(row.number(0))};
            const auto of = std::ranges::lower_bound(rooms, id, {}, &chat::room_saved::id);
            const auto list = static_cast<std::size_t>(row.number(1));
            if (of != rooms.end() && of->id == id && list < of->lists.size()) {
                of->lists[list].push_back({row.text(3), row.text(4), row.text(5),
                                           time_of(row.number(6)),
                                           std::chrono::seconds{row.number(7)}});
            }
        });
}

result<void> load_access(sqlite3* from, std::vector<chat::room_saved>& rooms) {
    return for_each_row(
        from, "SELECT * FROM room_access ORDER BY room, account", [&](const statement& row) {
            const auto id = id_of<chat::conversation_id>(row, 0);
            const auto of = std::ranges::lower_bound(rooms, id, {}, &chat::room_saved::id);
            if (of != rooms.end() && of->id == id) {
                of->access.emplace_back(id_of<chat::person_id>(row, 1),
                                        static_cast<chat::role>(row.number(2)));
            }
        });
}

result<void> load_former_names(sqlite3* from, std::vector<chat::room_saved>& rooms) {
    return for_each_row(
        from,
        "SELECT room, display, key, skeleton, latin, until FROM former_names ORDER BY room, place",
        [&](const statement& row) {
            const auto id = id_of<chat::conversation_id>(row, 0);
            const auto of = std::ranges::lower_bound(rooms, id, {}, &chat::room_saved::id);
            if (of != rooms.end() && of->id == id) {
                of->former.push_back({name_of(row, 1), time_of(row.number(5))});
            }
        });
}

result<void> load_rooms(sqlite3* from, std::vector<chat::room_saved>& rooms) {
    result<void> read = for_each_row(
        from,
        "SELECT id, display, key, skeleton, latin, made_at, topic, topic_by, topic_at, flags, "
        "password, capacity, kept, ifnull(empty_since, -1), always, slow, ifnull(history_days, -1) "
        "FROM rooms ORDER BY id",
        [&](const statement& row) { rooms.push_back(room_of(row)); });
    read = read ? load_masks(from, rooms) : read;
    read = read ? load_access(from, rooms) : read;
    return read ? load_former_names(from, rooms) : read;
}

result<void> load_accounts(sqlite3* from, chat::restored& found) {
    const result<void> read =
        for_each_row(from, "SELECT * FROM accounts ORDER BY id", [&](const statement& row) {
            found.accounts.push_back(
                {id_of<chat::person_id>(row, 0), name_of(row, 1), time_of(row.number(5)),
                 static_cast<std::uint32_t>(row.number(6)), row.number(7) != 0, row.text(8)});
        });
    const result<void> with_places =
        read ? for_each_row(from, "SELECT account, room FROM memberships ORDER BY account, place",
                            [&](const statement& row) {
                                found.memberships.push_back({id_of<chat::person_id>(row, 0),
                                                             id_of<chat::conversation_id>(row, 1),
                                                             true});
                            })
             : read;
    return with_places ? for_each_row(from,
                                      "SELECT account, room, made_at FROM invitations "
                                      "ORDER BY account, place",
                                      [&](const statement& row) {
                                          found.invitations.push_back(
                                              {id_of<chat::person_id>(row, 0),
                                               {id_of<chat::conversation_id>(row, 1),
                                                time_of(row.number(2))},
                                               true});
                                      })
                       : with_places;
}

result<void> load_rights(sqlite3* from, std::vector<chat::rights_saved>& found) {
    return for_each_row(
        from, "SELECT account, held FROM account_rights WHERE held != 0 ORDER BY account",
        [&](const statement& row) {
            found.push_back({id_of<chat::person_id>(row, 0),
                             chat::rights(static_cast<unsigned long long>(row.number(1)))});
        });
}

result<void> load_markers(sqlite3* from, std::vector<chat::marker_saved>& found) {
    return for_each_row(
        from, "SELECT * FROM markers ORDER BY account, conversation", [&](const statement& row) {
            found.push_back({id_of<chat::person_id>(row, 0), id_of<chat::conversation_id>(row, 1),
                             time_of(row.number(2))});
        });
}

result<void> load_metadata(sqlite3* from, std::vector<chat::metadata_saved>& found) {
    const result<void> read = for_each_row(
        from, "SELECT * FROM account_metadata ORDER BY account, key", [&](const statement& row) {
            found.push_back({id_of<chat::person_id>(row, 0), {}, {row.text(1), row.text(2)}});
        });
    return read ? for_each_row(from, "SELECT * FROM room_metadata ORDER BY room, key",
                               [&](const statement& row) {
                                   found.push_back({{},
                                                    id_of<chat::conversation_id>(row, 0),
                                                    {row.text(1), row.text(2)}});
                               })
                : read;
}

result<void> load_certificates(sqlite3* from, std::vector<chat::certificate_saved>& found) {
    return for_each_row(from,
                        "SELECT account, fingerprint FROM certificates ORDER BY account, place",
                        [&](const statement& row) {
                            found.push_back({id_of<chat::person_id>(row, 0), row.text(1), true});
                        });
}

std::optional<base::wall_time> end_of(const statement& row, int column) {
    const std::int64_t until = row.number(column);
    return until < 0 ? std::nullopt : std::optional(time_of(until));
}

chat::sanctioned sanctioned_of(const statement& row) {
    switch (row.number(2)) {
    case 0: return chat::by_account{id_of<chat::person_id>(row, 3), row.text(4)};
    case 1: return chat::by_nickname{row.text(4)};
    default: return chat::by_network{base::parse_network(row.text(4)).value_or(base::network{})};
    }
}

result<void> load_sanctions(sqlite3* from, std::vector<chat::sanction>& found) {
    return for_each_row(from,
                        "SELECT id, kind, meets, account, whom, by, since, ifnull(until, -1), why "
                        "FROM sanctions ORDER BY id",
                        [&](const statement& row) {
                            found.push_back({id_of<chat::sanction_id>(row, 0),
                                             static_cast<chat::sanction_kind>(row.number(1)),
                                             sanctioned_of(row), row.text(5),
                                             time_of(row.number(6)), end_of(row, 7), row.text(8)});
                        });
}

result<void> load_reports(sqlite3* from, std::vector<chat::report>& found) {
    return for_each_row(from, "SELECT * FROM reports ORDER BY id", [&](const statement& row) {
        found.push_back({id_of<chat::report_id>(row, 0), row.text(1), row.text(2),
                         id_of<chat::message_number>(row, 3), row.text(4), time_of(row.number(5))});
    });
}

// The newest, the oldest of these first.
result<void> load_moderation(sqlite3* from, std::vector<chat::measure_taken>& found) {
    const result<void> read =
        for_each_row(from,
                     fmt::format("SELECT number, time, measure, by, whom, why, ifnull(until, -1) "
                                 "FROM moderation ORDER BY number DESC LIMIT {}",
                                 base::limits::moderation_read_max),
                     [&](const statement& row) {
                         found.push_back({{id_of<chat::message_number>(row, 0),
                                           static_cast<chat::measure>(row.number(2)), row.text(3),
                                           row.text(4), row.text(5), end_of(row, 6)},
                                          time_of(row.number(1))});
                     });
    std::ranges::reverse(found);
    return read;
}

result<void> load_silences(sqlite3* from, std::vector<chat::silence_saved>& found) {
    return for_each_row(
        from, "SELECT account, mask, folded, set_at, lasts FROM silences ORDER BY account, place",
        [&](const statement& row) {
            found.push_back({id_of<chat::person_id>(row, 0),
                             {row.text(1),
                              row.text(2),
                              {},
                              time_of(row.number(3)),
                              std::chrono::seconds{row.number(4)}},
                             true});
        });
}

result<void> load_codes_and_words(sqlite3* from, chat::restored& found) {
    const result<void> read = for_each_row(
        from,
        "SELECT digest, start, uses, used, made_at, ifnull(until, -1) FROM account_codes "
        "ORDER BY place",
        [&](const statement& row) {
            found.codes.push_back({row.text(0), row.text(1),
                                   static_cast<std::uint32_t>(row.number(2)),
                                   static_cast<std::uint32_t>(row.number(3)),
                                   time_of(row.number(4)), end_of(row, 5)});
        });
    return read ? for_each_row(from, "SELECT * FROM words ORDER BY id",
                               [&](const statement& row) {
                                   found.words.push_back(
                                       {id_of<chat::word_id>(row, 0), row.text(1), row.text(2),
                                        static_cast<chat::word_action>(row.number(3)),
                                        std::chrono::seconds{row.number(4)}, row.text(5),
                                        time_of(row.number(6))});
                               })
                : read;
}

result<void> load_programs(sqlite3* from, chat::restored& found) {
    const result<void> read =
        for_each_row(from, "SELECT account, name, key, made_at FROM tokens ORDER BY account, place",
                     [&](const statement& row) {
                         found.tokens.push_back({id_of<chat::person_id>(row, 0),
                                                 {row.text(1), row.text(2), time_of(row.number(3))},
                                                 true});
                     });
    return read ? for_each_row(from, "SELECT * FROM webhooks ORDER BY room, id",
                               [&](const statement& row) {
                                   found.webhooks.push_back(
                                       {id_of<chat::conversation_id>(row, 2),
                                        {id_of<chat::person_id>(row, 0), name_of(row, 3),
                                         row.text(1), row.text(7), time_of(row.number(8))},
                                        true});
                               })
                : read;
}

result<void> load_conversations(sqlite3* from, std::vector<chat::conversation_opened>& found) {
    return for_each_row(from, "SELECT * FROM conversations ORDER BY id", [&](const statement& row) {
        found.push_back({id_of<chat::conversation_id>(row, 0),
                         {id_of<chat::person_id>(row, 1), name_of(row, 2)},
                         {id_of<chat::person_id>(row, 6), name_of(row, 7)}});
    });
}

// The names of one table, and how they are made.
template <class Saved, class Maker>
struct named_table {
    std::string_view table;
    std::vector<Saved>& rows;
    Maker make;

    // Keys were made with other tables of Unicode than today's: they are made again from what is
    // shown. Where that is no name any more or would be another's, the old one stays, so that
    // nothing is lost.
    result<void> fold_again(sqlite3* on) const {
        result<statement> update = statement::prepare(
            on, fmt::format("UPDATE {} SET display = ?2, key = ?3, skeleton = ?4, latin = ?5 "
                            "WHERE id = ?1",
                            table));
        result<void> kept = update ? result<void>{} : std::unexpected(update.error());
        std::set<std::string> keys;
        for (const Saved& one : rows) {
            keys.insert(one.name.key);
        }
        for (Saved& one : rows) {
            if (!kept) {
                break;
            }
            one.name = with_todays_tables(one.name, keys);
            kept = bind_name(update->bind(1, one.id.value), 2, one.name).run();
        }
        return kept;
    }

    base::name with_todays_tables(const base::name& before, std::set<std::string>& keys) const {
        const auto made = make(before.display);
        if (!made || (made->key != before.key && keys.contains(made->key))) {
            return before;
        }
        keys.erase(before.key);
        keys.insert(made->key);
        return *made;
    }
};

result<void> fold_again(sqlite3* on, chat::restored& found) {
    result<void> kept = execute(on, "BEGIN IMMEDIATE");
    kept = kept ? named_table{"rooms", found.rooms, base::make_room_name}.fold_again(on) : kept;
    kept =
        kept ? named_table{"accounts", found.accounts, base::make_nickname}.fold_again(on) : kept;
    return kept ? execute(on, fmt::format("INSERT OR REPLACE INTO meta VALUES ('folding_version', "
                                          "'{}'); COMMIT",
                                          base::folding_version()))
                : kept;
}

// The folding version that the keys were made with.
result<std::string> load_meta(sqlite3* from, chat::restored& found) {
    std::string folding_version;
    const result<void> read =
        for_each_row(from, "SELECT key, value FROM meta", [&](const statement& row) {
            const std::string key = row.text(0);
            if (key == "numbers_reserved") {
                found.numbers_reserved = id_of<chat::message_number>(row, 1);
            } else if (key == "time") {
                found.time = time_of(row.number(1));
            } else if (key == "folding_version") {
                folding_version = row.text(1);
            }
        });
    return read ? result<std::string>(folding_version) : std::unexpected(read.error());
}

} // namespace

result<chat::restored> load(sqlite3* from) {
    chat::restored found;
    result<void> read = load_rooms(from, found.rooms);
    read = read ? load_accounts(from, found) : read;
    read = read ? load_rights(from, found.rights) : read;
    read = read ? load_conversations(from, found.conversations) : read;
    read = read ? load_markers(from, found.markers) : read;
    read = read ? load_metadata(from, found.about) : read;
    read = read ? load_certificates(from, found.certificates) : read;
    read = read ? load_sanctions(from, found.sanctions) : read;
    read = read ? load_reports(from, found.reports) : read;
    read = read ? load_moderation(from, found.moderation) : read;
    read = read ? load_silences(from, found.silences) : read;
    read = read ? load_codes_and_words(from, found) : read;
    read = read ? load_programs(from, found) : read;
    const result<std::string> folding =
        read ? load_meta(from, found) : std::unexpected(read.error());
    if (!folding) {
        return std::unexpected(folding.error());
    }
    if (*folding != base::folding_version()) {
        if (result<void> kept = fold_again(from, found); !kept) {
            return std::unexpected(std::move(kept.error()));
        }
    }
    return found;
}

result<std::string> load_key(sqlite3* from, std::string_view named, std::size_t size) {
    result<statement> insert = statement::prepare(from, "INSERT OR IGNORE INTO meta VALUES (?, ?)");
    if (!insert) {
        return std::unexpected(std::move(insert.error()));
    }
    const std::string fresh = crypto::random_bytes(size);
    if (result<void> made = insert->bind(1, named).bind_bytes(2, fresh).run(); !made) {
        return std::unexpected(std::move(made.error()));
    }
    std::string key;
    const result<void> read =
        for_each_row(from, fmt::format("SELECT value FROM meta WHERE key = '{}'", named),
                     [&](const statement& row) { key = row.text(0); });
    if (!read) {
        return std::unexpected(read.error());
    }
    if (key.size() != size) {
        return base::failure(
            fmt::format("The database's {} is damaged. Restore it from a copy.", named));
    }
    return key;
}

} // namespace tertulia::store
