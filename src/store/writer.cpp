// SPDX-License-Identifier: Apache-2.0
#include "store/writer.hpp"

#include "base/journal.hpp"
#include "base/limits.hpp"
#include "store/name_columns.hpp"
#include "store/wal.hpp"

#include <initializer_list>
#include <sys/statvfs.h>
#include <utility>
#include <variant>

namespace tertulia::store {
namespace {

using base::result;

// 4 KiB pages: a passive checkpoint is asked for when the WAL has grown by 4 MiB, or in tidy() by
// 200 KiB; from 64 MiB on the writer starts the WAL over, which is quick behind the passive one.
constexpr int checkpoint_pages = 1'000;
constexpr int checkpoint_pages_in_tidy = 50;
constexpr int restart_pages = 16'000;
// A page in the WAL is 24 bytes longer, and 32 come before the first
// (https://sqlite.org/fileformat.html, 4.1).
constexpr std::int64_t page_size_in_wal = 4'096 + 24;
constexpr std::int64_t wal_header_size = 32;
// Messages of an ended conversation that go in one piece, and the free space without which they
// wait: to delete needs room in the WAL.
constexpr std::int64_t purge_slice = 500;
constexpr std::uint64_t purge_space_min = 8U << 20U;

std::int64_t milliseconds(base::wall_time of) { return of.time_since_epoch().count(); }

} // namespace

writer::writer(connection on, const database_options& options)
    : on_(std::move(on)), options_(options),
      folder_(options.path.substr(0, options.path.find_last_of('/') + 1) + ".") {}

result<std::unique_ptr<storage>> writer::start(connection on, const database_options& options) {
    std::unique_ptr<writer> made(new writer(std::move(on), options));
    const result<void> talk = made->prepare_talk();
    const result<void> people = talk ? made->prepare_people() : talk;
    if (result<void> ready = people ? made->prepare_order() : people; !ready) {
        return std::unexpected(std::move(ready.error()));
    }
    if (options.by == checkpoints::own_thread) {
        auto started = checkpointer::start(options.path, options.vfs);
        if (!started) {
            return std::unexpected(std::move(started.error()));
        }
        made->checkpointer_ = std::move(*started);
    }
    if (options.indexed) {
        auto started = indexer::start(options);
        if (!started) {
            return std::unexpected(std::move(started.error()));
        }
        made->indexer_ = std::move(*started);
    }
    sqlite3_wal_hook(
        made->on_.get(),
        [](void* pages, sqlite3*, const char*, int count) {
            *static_cast<int*>(pages) = count;
            return SQLITE_OK;
        },
        &made->wal_pages_);
    made->reserve_wal_ahead();
    return made;
}

result<void> writer::prepare(std::initializer_list<preparation> wanted) {
    for (const auto& [into, sql] : wanted) {
        result<statement> prepared = statement::prepare(on_.get(), sql);
        if (!prepared) {
            return std::unexpected(std::move(prepared.error()));
        }
        *into = std::move(*prepared);
    }
    return {};
}

result<void> writer::prepare_talk() {
    return prepare({
        preparation{&begin_, "BEGIN IMMEDIATE"},
        preparation{&commit_, "COMMIT"},
        preparation{&message_,
                    "INSERT INTO messages (conversation, number, time, kind, nickname, user, host, "
                    "recipient, text, tags, heard_from, author, about, bot) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
        preparation{&redact_,
                    "UPDATE messages SET text = '', tags = '', redacted = 1, changed = ?3 "
                    "WHERE conversation = ?1 AND number = ?2"},
        preparation{&edit_, "UPDATE messages SET text = ?4, changed = ?3 "
                            "WHERE conversation = ?1 AND number = ?2 AND redacted = 0"},
        preparation{&link_, "INSERT OR IGNORE INTO file_links VALUES (?, ?, ?, ?)"},
        preparation{&unlink_,
                    "DELETE FROM file_links WHERE file = ?1 AND (conversation, number) IN (SELECT "
                    "conversation, number FROM file_links WHERE file = ?1 LIMIT ?2)"},
        preparation{&room_,
                    "INSERT INTO rooms (id, display, key, skeleton, latin, made_at, topic, "
                    "topic_by, topic_at, flags, password, capacity, kept, empty_since, always, "
                    "slow, history_days) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
                    "?12, ?13, nullif(?14, -1), ?15, ?16, nullif(?17, -1)) ON CONFLICT (id) DO "
                    "UPDATE SET display = ?2, key = ?3, skeleton = ?4, latin = ?5, topic = ?7, "
                    "topic_by = ?8, topic_at = ?9, flags = ?10, password = ?11, capacity = ?12, "
                    "kept = ?13, empty_since = nullif(?14, -1), always = ?15, slow = ?16, "
                    "history_days = nullif(?17, -1)"},
        preparation{&drop_masks_, "DELETE FROM room_masks WHERE room = ?"},
        preparation{&mask_,
                    "INSERT INTO room_masks (room, list, place, mask, folded, set_by, set_at, "
                    "lasts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"},
        preparation{&drop_access_, "DELETE FROM room_access WHERE room = ?"},
        preparation{&access_, "INSERT INTO room_access VALUES (?, ?, ?)"},
        preparation{&drop_former_, "DELETE FROM former_names WHERE room = ?"},
        preparation{&former_, "INSERT INTO former_names VALUES (?, ?, ?, ?, ?, ?, ?)"},
        preparation{&open_, "INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
        preparation{&end_private_, "DELETE FROM conversations WHERE id = ?"},
        preparation{&end_room_, "DELETE FROM rooms WHERE id = ?"},
        preparation{&ended_, "INSERT INTO ended VALUES (?)"},
        preparation{&meta_,
                    "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2"},
        preparation{&next_ended_, "SELECT conversation FROM ended LIMIT 1"},
        preparation{&purge_,
                    "DELETE FROM messages WHERE conversation = ?1 AND number IN (SELECT number "
                    "FROM messages WHERE conversation = ?1 ORDER BY number LIMIT ?2)"},
        preparation{&trim_events_, "DELETE FROM room_events WHERE conversation = ?1 AND time < ?2"},
        preparation{&purge_events_, "DELETE FROM room_events WHERE conversation = ?"},
        preparation{&room_event_,
                    "INSERT OR IGNORE INTO room_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
        preparation{&trim_,
                    "DELETE FROM messages WHERE conversation = ?1 AND number IN (SELECT number "
                    "FROM (SELECT number, time FROM messages WHERE conversation = ?1 "
                    "ORDER BY number LIMIT ?3) WHERE time < ?2)"},
        preparation{&purged_, "DELETE FROM ended WHERE conversation = ?"},
    });
}

result<void> writer::commit(std::span<const chat::batch_ref> batches) {
    if (result<void> begun = begin_.run(); !begun) {
        return begun;
    }
    const chat::event* last = nullptr;
    for (const chat::batch_ref& batch : batches) {
        for (const chat::event& one : batch->events) {
            if (chat::lasts(one)) {
                if (result<void> stored = store(one); !stored) {
                    return stored;
                }
                last = &one;
            }
        }
    }
    events_.take(batches);
    if (result<void> stored = store_room_events(); !stored) {
        return stored;
    }
    if (last != nullptr) {
        if (result<void> stored = set_meta("time", milliseconds(last->time)); !stored) {
            return stored;
        }
    }
    if (result<void> committed = commit_.run(); !committed) {
        return committed;
    }
    if (indexer_) {
        indexer_->follow(batches);
    }
    return relieve_wal();
}

bool writer::note(std::span<const chat::batch_ref> batches) {
    events_.take(batches);
    return events_.worth_a_commit();
}

// What still waits when the server stops; a disk that takes nothing any more loses it.
writer::~writer() {
    if (!events_.waiting().empty()) {
        if (const base::result<void> kept = commit({}); !kept) {
            base::journal::warn("{}", kept.error().sentence);
        }
    }
}

result<void> writer::store(const chat::event& of) {
    return std::visit(
        [&](const auto& body) -> result<void> {
            if constexpr (requires { store_body(of, body); }) {
                return store_body(of, body);
            }
            return {};
        },
        of.what);
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::room_saved& what) {
    const std::int64_t empty_since = what.empty_since ? milliseconds(*what.empty_since) : -1;
    const std::int64_t history_days =
        what.history_days ? std::int64_t{*what.history_days} : std::int64_t{-1};
    const result<void> stored = bind_name(room_.bind(1, what.id.value), 2, what.name)
                                    .bind(6, milliseconds(what.made_at))
                                    .bind(7, std::string_view(what.topic))
                                    .bind(8, std::string_view(what.topic_by))
                                    .bind(9, milliseconds(what.topic_at))
                                    .bind(10, std::uint64_t{what.flags.to_ulong()})
                                    .bind(11, std::string_view(what.password))
                                    .bind(12, std::uint64_t{what.capacity})
                                    .bind(13, std::uint64_t{what.kept})
                                    .bind(14, empty_since)
                                    .bind(15, std::uint64_t{what.always})
                                    .bind(16, std::uint64_t{what.slow_s})
                                    .bind(17, history_days)
                                    .run();
    const result<void> with_masks = stored ? store_masks(what) : stored;
    const result<void> with_access = with_masks ? store_access(what) : with_masks;
    return with_access ? store_former_names(what) : with_access;
}

result<void> writer::store_former_names(const chat::room_saved& what) {
    result<void> stored = drop_former_.bind(1, what.id.value).run();
    for (std::size_t place = 0; stored && place < what.former.size(); ++place) {
        const chat::former_name& one = what.former[place];
        former_.bind(1, what.id.value).bind(2, std::uint64_t{place});
        stored = bind_name(former_, 3, one.name).bind(7, milliseconds(one.until)).run();
    }
    return stored;
}

result<void> writer::store_access(const chat::room_saved& what) {
    result<void> stored = drop_access_.bind(1, what.id.value).run();
    for (const auto& [account, rank] : what.access) {
        if (!stored) {
            break;
        }
        stored = access_.bind(1, what.id.value)
                     .bind(2, account.value)
                     .bind(3, std::uint64_t{static_cast<std::uint8_t>(rank)})
                     .run();
    }
    return stored;
}

result<void> writer::store_masks(const chat::room_saved& what) {
    result<void> stored = drop_masks_.bind(1, what.id.value).run();
    for (std::size_t list = 0; list < what.lists.size(); ++list) {
        for (std::size_t place = 0; stored && place < what.lists[list].size(); ++place) {
            const chat::mask_entry& one = what.lists[list][place];
            stored = mask_.bind(1, what.id.value)
                         .bind(2, std::uint64_t{list})
                         .bind(3, std::uint64_t{place})
                         .bind(4, std::string_view(one.mask))
                         .bind(5, std::string_view(one.folded))
                         .bind(6, std::string_view(one.set_by))
                         .bind(7, milliseconds(one.set_at))
                         .bind(8, std::int64_t{one.lasts.count()})
                         .run();
        }
    }
    return stored;
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::conversation_opened& what) {
    open_.bind(1, what.id.value);
    int position = 2;
    for (const chat::partner* const one :
         {&what.one, &what.other}) { // texts are bound by reference
        open_.bind(position, one->who.value);
        bind_name(open_, position + 1, one->as);
        position += 5;
    }
    return open_.run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::account_saved& what) {
    account_.bind(1, what.id.value);
    const result<void> saved = bind_name(account_, 2, what.name)
                                   .bind(6, milliseconds(what.made_at))
                                   .bind(7, std::uint64_t{what.version})
                                   .bind(8, std::uint64_t{what.suspended})
                                   .bind(9, std::string_view(what.language))
                                   .run();
    // Devices end with the credentials that they were registered by.
    return saved
               ? drop_old_pushes_.bind(1, what.id.value).bind(2, std::uint64_t{what.version}).run()
               : saved;
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::credentials_saved& what) {
    if (result<void> closed = close_logins_.bind(1, what.account.value).run(); !closed) {
        return closed;
    }
    return credentials_.bind(1, what.account.value)
        .bind(2, std::string_view(what.what.password))
        .bind(3, std::string_view(what.what.scram))
        .run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::membership_saved& what) {
    statement& change = what.in ? come_ : go_;
    return change.bind(1, what.account.value).bind(2, what.room.value).run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::invitation_saved& what) {
    statement& change = what.open ? invite_ : uninvite_;
    change.bind(1, what.account.value).bind(2, what.to.room.value);
    if (what.open) {
        change.bind(3, milliseconds(what.to.at));
    }
    return change.run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::account_ended& what) {
    return end_account_.bind(1, what.id.value).run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::marker_saved& what) {
    if (!what.read_to) {
        return unmark_.bind(1, what.account.value).bind(2, what.conversation.value).run();
    }
    return mark_.bind(1, what.account.value)
        .bind(2, what.conversation.value)
        .bind(3, milliseconds(*what.read_to))
        .run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::metadata_saved& what) {
    const std::uint64_t whose = what.room ? what.room.value : what.account.value;
    if (what.what.value.empty()) {
        return (what.room ? unsay_room_ : unsay_account_)
            .bind(1, whose)
            .bind(2, std::string_view(what.what.key))
            .run();
    }
    return (what.room ? say_room_ : say_account_)
        .bind(1, whose)
        .bind(2, std::string_view(what.what.key))
        .bind(3, std::string_view(what.what.value))
        .run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::certificate_saved& what) {
    return (what.kept ? certify_ : uncertify_)
        .bind(1, what.account.value)
        .bind(2, std::string_view(what.fingerprint))
        .run();
}

// Nobody can read it from here on; its messages go piece by piece (tidy).
result<void> writer::store_body(const chat::event& /*of*/, const chat::conversation_ended& what) {
    something_ended_ = true;
    for (statement* const one : {&end_private_, &end_room_, &ended_}) {
        if (result<void> stored = one->bind(1, what.id.value).run(); !stored) {
            return stored;
        }
    }
    return {};
}

// Piece by piece, too, and said again when the server has been down before it was done.
result<void> writer::store_body(const chat::event& /*of*/, const chat::history_limited& what) {
    trims_.push_back(what);
    return {};
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::numbers_reserved& what) {
    return set_meta("numbers_reserved", static_cast<std::int64_t>(what.up_to.value));
}

result<void> writer::set_meta(std::string_view key, std::int64_t value) {
    return meta_.bind(1, key).bind(2, value).run();
}

// By as much as is written between two passive checkpoints: where those keep up, once is enough.
void writer::reserve_wal_ahead() {
    const int step = checkpointer_ ? checkpoint_pages : checkpoint_pages_in_tidy;
    if (wal_pages_ + step / 4 > reserved_pages_) {
        reserved_pages_ = wal_pages_ + step + step / 4;
        reserve_wal(on_.get(), wal_header_size + reserved_pages_ * page_size_in_wal);
    }
}

result<void> writer::relieve_wal() {
    reserve_wal_ahead();
    if (wal_pages_ >= restart_pages) {
        return checkpoint(SQLITE_CHECKPOINT_RESTART);
    }
    if (wal_pages_ < checkpointed_at_) {
        checkpointed_at_ = 0; // it has started over
    }
    const int grown_by = wal_pages_ - checkpointed_at_;
    if (checkpointer_ && grown_by >= checkpoint_pages) {
        checkpointed_at_ = wal_pages_;
        checkpointer_->wake();
    } else if (!checkpointer_ && grown_by >= checkpoint_pages_in_tidy) {
        checkpoint_due_ = true;
    }
    return {};
}

// One that finds a reader or a full disk in its way leaves the WAL as it is, and nothing is lost.
result<void> writer::checkpoint(int mode) {
    const int code = sqlite3_wal_checkpoint_v2(on_.get(), nullptr, mode, nullptr, nullptr) & 0xFF;
    if (code != SQLITE_OK && code != SQLITE_BUSY && code != SQLITE_FULL) {
        return std::unexpected(failure_of(on_.get(), "checkpoint"));
    }
    return {};
}

result<bool> writer::tidy() {
    if (std::exchange(checkpoint_due_, false)) {
        checkpointed_at_ = wal_pages_;
        if (result<void> moved = checkpoint(SQLITE_CHECKPOINT_PASSIVE); !moved) {
            return std::unexpected(std::move(moved.error()));
        }
    }
    if (events_.worth_a_commit()) {
        if (result<void> stored = commit({}); !stored) {
            return std::unexpected(std::move(stored.error()));
        }
    }
    if (free_space() < purge_space_min) {
        return false;
    }
    if (result<bool> some = forget(); !some || *some) {
        return some;
    }
    return something_ended_ ? purge() : trims_.empty() ? false : trim();
}

result<bool> writer::purge() {
    const result<bool> row = next_ended_.step();
    if (!row) {
        return std::unexpected(row.error());
    }
    const std::int64_t ended = next_ended_.number(0);
    next_ended_.reset();
    if (!*row) {
        something_ended_ = false;
        return !trims_.empty();
    }
    if (result<void> gone = purge_.bind(1, ended).bind(2, purge_slice).run(); !gone) {
        return std::unexpected(std::move(gone.error()));
    }
    if (sqlite3_changes(on_.get()) < purge_slice) {
        if (result<void> gone = purge_events_.bind(1, ended).run(); !gone) {
            return std::unexpected(std::move(gone.error()));
        }
        if (result<void> over = purged_.bind(1, ended).run(); !over) {
            return std::unexpected(std::move(over.error()));
        }
    }
    if (result<void> relieved = relieve_wal(); !relieved) {
        return std::unexpected(std::move(relieved.error()));
    }
    return true;
}

// Time never runs back along a conversation's numbers: the old ones are the first.
result<bool> writer::trim() {
    const chat::history_limited& next = trims_.front();
    if (result<void> gone = trim_.bind(1, next.id.value)
                                .bind(2, milliseconds(next.until))
                                .bind(3, purge_slice)
                                .run();
        !gone) {
        return std::unexpected(std::move(gone.error()));
    }
    if (sqlite3_changes(on_.get()) < purge_slice) {
        result<void> rest =
            trim_events_.bind(1, next.id.value).bind(2, milliseconds(next.until)).run();
        if (!rest) {
            return std::unexpected(std::move(rest.error()));
        }
        trims_.pop_front();
    }
    if (result<void> relieved = relieve_wal(); !relieved) {
        return std::unexpected(std::move(relieved.error()));
    }
    return true;
}

std::uint64_t writer::free_space() const {
    if (options_.free_space) {
        return options_.free_space();
    }
    struct statvfs of{};
    if (statvfs(folder_.c_str(), &of) != 0 || (of.f_flag & ST_RDONLY) != 0) {
        return 0;
    }
    return std::uint64_t{of.f_bavail} * of.f_frsize;
}

} // namespace tertulia::store
