// SPDX-License-Identifier: Apache-2.0
#include "store/search_index.hpp"

#include "session/history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

namespace tertulia::store {
namespace {

using base::result;
using session::stored_kind;

// Emoji are words, too. The conversation is one as well ("c17"), so that a search among millions of
// messages looks at those alone that its asker may read.
constexpr const char* schema = R"sql(
PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    text, author, place, conversation UNINDEXED, time UNINDEXED,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So'"
);
CREATE TABLE IF NOT EXISTS places (conversation INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
PRAGMA user_version = 1;
)sql";
constexpr std::int64_t rows_per_commit = 5'000;

std::int64_t milliseconds(base::wall_time of) { return of.time_since_epoch().count(); }
std::int64_t signed_of(std::uint64_t number) { return static_cast<std::int64_t>(number); }

} // namespace

std::string search_path(const std::string& path) {
    return path.substr(0, path.find_last_of('/') + 1) + "search.db";
}

result<std::unique_ptr<search_index>> search_index::open(const database_options& options) {
    std::unique_ptr<search_index> made(new search_index);
    if (result<void> ready = made->prepare(options); !ready) {
        return std::unexpected(std::move(ready.error()));
    }
    return made;
}

result<void> search_index::prepare(const database_options& options) {
    result<connection> on = open_connection(search_path(options.path), options.vfs, access::create);
    result<connection> messages = open_reading_connection(options.path, options.vfs);
    if (!on || !messages) {
        return std::unexpected(on ? messages.error() : on.error());
    }
    on_ = std::move(*on);
    messages_ = std::move(*messages);
    if (result<void> made = execute(on_.get(), schema); !made) {
        return made;
    }
    const std::vector<std::pair<statement*, std::string>> own{
        {&put_, "INSERT OR REPLACE INTO words (rowid, text, author, place, conversation, time) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
        {&take_, "DELETE FROM words WHERE rowid = ?1"},
        {&change_, "UPDATE words SET text = ?2 WHERE rowid = ?1"},
        {&end_, "DELETE FROM words WHERE rowid IN (SELECT rowid FROM words WHERE words MATCH ?1)"},
        {&note_place_, "INSERT OR IGNORE INTO places VALUES (?1)"},
        {&forget_place_, "DELETE FROM places WHERE conversation = ?1"},
        {&meta_, "INSERT OR REPLACE INTO meta VALUES ('indexed_to', ?1)"}};
    for (const auto& [into, sql] : own) {
        result<statement> prepared = statement::prepare(on_.get(), sql);
        if (!prepared) {
            return std::unexpected(std::move(prepared.error()));
        }
        *into = std::move(*prepared);
    }
    result<statement> unread = statement::prepare(
        messages_.get(), "SELECT number, time, kind, nickname, text, about, heard_from, redacted "
                         "FROM messages WHERE conversation = ?1 AND number > ?2 AND number <= ?3 "
                         "ORDER BY number LIMIT ?4");
    result<statement> text = statement::prepare(
        messages_.get(), "SELECT text FROM messages WHERE conversation = ?1 AND number = ?2");
    const result<std::int64_t> from =
        query_number(on_.get(), "SELECT value FROM meta WHERE key = 'indexed_to'");
    if (!unread || !text || !from) {
        return base::failure("The index of search.db cannot be used. Delete it, and start again.");
    }
    unread_ = std::move(*unread);
    text_ = std::move(*text);
    indexed_to_ = *from;
    return {};
}

result<void> search_index::follow(std::span<const chat::batch_ref> batches) {
    result<void> done = execute(on_.get(), "BEGIN IMMEDIATE");
    for (const chat::batch_ref& batch : batches) {
        for (const chat::event& one : batch->events) {
            done = done ? apply(one) : done;
        }
    }
    done = done ? set_indexed(std::max(last_, indexed_to_)) : done;
    done = done ? execute(on_.get(), "COMMIT") : done;
    if (!done) {
        static_cast<void>(execute(on_.get(), "ROLLBACK"));
    }
    return done;
}

result<void> search_index::apply(const chat::event& of) {
    if (const auto* const said = std::get_if<chat::spoke>(&of.what)) {
        last_ = signed_of(said->number.value);
        return index(*said, of.time);
    }
    if (const auto* const taken = std::get_if<chat::redacted>(&of.what)) {
        last_ = signed_of(taken->number.value);
        return take_.bind(1, taken->message.value).run();
    }
    if (const auto* const changed = std::get_if<chat::edited>(&of.what)) {
        last_ = signed_of(changed->number.value);
        return change_.bind(1, changed->message.value)
            .bind(2, std::string_view(changed->text))
            .run();
    }
    if (const auto* const ended = std::get_if<chat::conversation_ended>(&of.what)) {
        return end(ended->id);
    }
    return {};
}

// What only some roles heard is in nobody's history, nor is what a room does not keep.
result<void> search_index::index(const chat::spoke& what, base::wall_time time) {
    if (!what.kept || what.kind == chat::message_kind::tags ||
        what.heard_from != chat::role::member) {
        return {};
    }
    const std::string place = fmt::format("c{}", what.conversation.value);
    result<void> done = put_.bind(1, what.number.value)
                            .bind(2, std::string_view(what.text))
                            .bind(3, std::string_view(what.by->nickname.display))
                            .bind(4, std::string_view(place))
                            .bind(5, what.conversation.value)
                            .bind(6, milliseconds(time))
                            .run();
    return done ? note_place_.bind(1, what.conversation.value).run() : done;
}

result<void> search_index::end(chat::conversation_id ended) {
    const std::string all = fmt::format("place : c{}", ended.value);
    const result<void> done = end_.bind(1, std::string_view(all)).run();
    return done ? forget_place_.bind(1, ended.value).run() : done;
}

result<void> search_index::set_indexed(std::int64_t up_to) {
    indexed_to_ = up_to;
    return meta_.bind(1, up_to).run();
}

// In short reads, so that the WAL may start over between them. What is committed meanwhile comes by
// follow(), which may do the same again: each message is indexed as it is then.
result<void> search_index::catch_up() {
    const result<std::int64_t> newest = newest_message();
    result<statement> open = statement::prepare(
        messages_.get(), "SELECT id FROM rooms UNION ALL SELECT id FROM conversations ORDER BY id");
    if (!newest || !open) {
        return std::unexpected(newest ? open.error() : newest.error());
    }
    std::vector<std::int64_t> conversations;
    result<bool> row = open->step();
    for (; row && *row; row = open->step()) {
        conversations.push_back(open->number(0));
    }
    if (!row) {
        return std::unexpected(row.error());
    }
    open->reset();
    result<void> done = drop_the_ended();
    for (const std::int64_t one : conversations) {
        done = done ? read_on(one, *newest) : done;
    }
    return done ? set_indexed(*newest) : done;
}

result<std::int64_t> search_index::newest_message() {
    return query_number(messages_.get(),
                        "SELECT ifnull(max(newest), 0) FROM (SELECT (SELECT max(number) FROM "
                        "messages WHERE conversation = id) AS newest FROM (SELECT id FROM rooms "
                        "UNION ALL SELECT id FROM conversations))");
}

// Those that are in the index and are no more.
result<void> search_index::drop_the_ended() {
    result<statement> indexed =
        statement::prepare(on_.get(), "SELECT conversation FROM places ORDER BY conversation");
    result<statement> is_open = statement::prepare(
        messages_.get(), "SELECT EXISTS (SELECT 1 FROM rooms WHERE id = ?1) OR EXISTS (SELECT 1 "
                         "FROM conversations WHERE id = ?1)");
    if (!indexed || !is_open) {
        return std::unexpected(indexed ? is_open.error() : indexed.error());
    }
    std::vector<std::int64_t> gone;
    result<bool> row = indexed->step();
    for (; row && *row; row = indexed->step()) {
        const result<bool> asked = is_open->bind(1, indexed->number(0)).step();
        if (!asked) {
            return std::unexpected(asked.error());
        }
        if (is_open->number(0) == 0) {
            gone.push_back(indexed->number(0));
        }
        is_open->reset();
    }
    indexed->reset();
    result<void> done = row ? result<void>{} : std::unexpected(row.error());
    for (const std::int64_t one : gone) {
        done = done ? end({static_cast<std::uint64_t>(one)}) : done;
    }
    return done;
}

// One conversation, so many rows in one transaction.
result<void> search_index::read_on(std::int64_t conversation, std::int64_t up_to) {
    std::int64_t after = indexed_to_;
    std::int64_t read = rows_per_commit;
    result<void> done;
    while (done && read == rows_per_commit) {
        read = 0;
        done = execute(on_.get(), "BEGIN IMMEDIATE");
        unread_.bind(1, conversation).bind(2, after).bind(3, up_to).bind(4, rows_per_commit);
        result<bool> row = unread_.step();
        for (; done && row && *row; row = unread_.step()) {
            ++read;
            after = unread_.number(0);
            done = take_row(conversation);
        }
        unread_.reset();
        done = row ? done : std::unexpected(row.error());
        done = done ? execute(on_.get(), "COMMIT") : done;
    }
    if (!done) {
        static_cast<void>(execute(on_.get(), "ROLLBACK"));
    }
    return done;
}

// A redaction or an edit is about a message that was indexed before.
result<void> search_index::take_row(std::int64_t conversation) {
    const auto kind = static_cast<stored_kind>(unread_.number(2));
    const std::int64_t about = unread_.number(5);
    if (kind == stored_kind::redaction) {
        return take_.bind(1, about).run();
    }
    if (kind == stored_kind::edit) {
        const result<bool> row = text_.bind(1, conversation).bind(2, about).step();
        const std::string now = row && *row ? text_.text(0) : std::string();
        text_.reset();
        return row ? change_.bind(1, about).bind(2, std::string_view(now)).run()
                   : std::unexpected(row.error());
    }
    const bool has_text = kind == stored_kind::message || kind == stored_kind::notice;
    if (!has_text || unread_.number(6) != 0 || unread_.number(7) != 0) {
        return {};
    }
    const std::string text = unread_.text(4);
    const std::string author = unread_.text(3);
    const std::string place = fmt::format("c{}", conversation);
    const result<void> done = put_.bind(1, unread_.number(0))
                                  .bind(2, std::string_view(text))
                                  .bind(3, std::string_view(author))
                                  .bind(4, std::string_view(place))
                                  .bind(5, conversation)
                                  .bind(6, unread_.number(1))
                                  .run();
    return done ? note_place_.bind(1, conversation).run() : done;
}

} // namespace tertulia::store
