// SPDX-License-Identifier: Apache-2.0
// Pages of history by key, never by offset: what a page costs does not depend on how far back it
// is.
#include "base/journal.hpp"
#include "base/web_limits.hpp"
#include "store/database.hpp"
#include "store/message_row.hpp"
#include "store/searcher.hpp"
#include "store/sqlite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::store {
namespace {

using base::result;

std::int64_t milliseconds(base::wall_time of) { return of.time_since_epoch().count(); }

enum class direction { oldest_first, newest_first };

// Numbers from `from` on, below `to`.
struct range {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};

// Where a point lies among a conversation's numbers.
struct place {
    std::uint64_t at_or_after;
    std::uint64_t after;
};

// The number behind this one; SQLite's integers have a sign.
std::uint64_t next_after(chat::message_number of) {
    constexpr std::uint64_t number_max = std::numeric_limits<std::int64_t>::max() - 1;
    return std::min(of.value, number_max) + 1;
}

// What only some roles heard (IRC: STATUSMSG) is nobody's history. ?4 has a bit for each kind; a
// reaction that was taken back leaves nothing to show.
constexpr std::string_view said =
    " FROM messages AS m LEFT JOIN accounts AS a ON a.id = m.author WHERE ";
constexpr std::string_view of_page =
    "m.conversation = ?1 AND m.number >= ?2 AND m.number < ?3 AND ?4 >> m.kind & 1 AND "
    "m.redacted <= (?6 AND m.kind != 2) AND m.heard_from = 0 ORDER BY m.number ";

constexpr std::string_view own_messages =
    "(m.conversation, m.number) > (?1, ?2) AND (m.conversation, m.number) <= (?3, ?4) AND "
    "m.author = ?5 AND m.kind < 2 AND m.redacted = 0 ORDER BY m.conversation, m.number";

std::string selected(std::string_view columns, std::string_view which, std::string_view end) {
    return fmt::format("SELECT {}{}{}{}", columns, said, which, end);
}

constexpr std::string_view events =
    "SELECT number, time, kind, nickname, user, host, target, text FROM room_events "
    "WHERE conversation = ?1 AND number >= ?2 AND number < ?3 ORDER BY number ";

std::uint64_t kinds_of(const session::history_extras& besides) {
    using session::stored_kind;
    const auto bit = [](stored_kind kind) {
        return std::uint64_t{1} << static_cast<std::uint8_t>(kind);
    };
    return bit(stored_kind::message) | bit(stored_kind::notice) |
           (besides.tags ? bit(stored_kind::tags) : 0) |
           (besides.changes ? bit(stored_kind::redaction) | bit(stored_kind::edit) : 0);
}

class sqlite_reader final : public session::reader {
public:
    static result<std::unique_ptr<session::reader>> open(const database_options& options);

    session::read_answer read(const session::read_query& what) override {
        result<session::read_answer> found =
            std::visit([this](const auto& query) { return answer(query); }, what);
        if (!found) {
            base::journal::warn("{}", found.error().sentence);
            return session::read_failed{};
        }
        return std::move(*found);
    }

private:
    result<session::read_answer> answer(const session::history_query& query);
    result<session::read_answer> answer(const session::activity_query& query);
    result<session::read_answer> answer(const session::message_query& query);
    result<session::read_answer> answer(const session::search_query& query);
    result<session::read_answer> answer(const session::own_query& query);
    result<session::history_page> around(const session::history_query& query,
                                         session::history_point point);
    result<session::history_page> page(const session::history_query& query, range of,
                                       direction order, std::uint32_t limit);
    result<void> add_events(const session::history_query& query, range of, direction order,
                            std::uint32_t limit, session::history_page& to);
    result<void> complete(chat::conversation_id in, session::stored_message& what,
                          chat::message_number changed);
    result<std::optional<session::stored_message>> one(chat::conversation_id in,
                                                       chat::message_number number);
    result<place> find(const session::history_query& query, session::history_point point);
    result<std::uint64_t> first_not_before(const session::history_query& query, std::int64_t time);

    connection on_;
    std::unique_ptr<searcher> searches_; // none: nothing is indexed
    statement ascending_, descending_, events_up_, events_down_, one_, facts_, probe_, newest_,
        own_, own_end_;
};

result<std::unique_ptr<session::reader>> sqlite_reader::open(const database_options& options) {
    auto made = std::make_unique<sqlite_reader>();
    result<connection> opened = open_reading_connection(options.path, options.vfs);
    if (!opened) {
        return std::unexpected(std::move(opened.error()));
    }
    made->on_ = std::move(*opened);
    if (result<void> set = execute(made->on_.get(), "PRAGMA cache_size = -8192;"); !set) {
        return std::unexpected(std::move(set.error()));
    }
    if (options.indexed) {
        result<std::unique_ptr<searcher>> searches = searcher::open(options);
        if (!searches) {
            return std::unexpected(std::move(searches.error()));
        }
        made->searches_ = std::move(*searches);
    }
    const std::array wanted{
        std::pair{&made->ascending_, selected(message_columns, of_page, "LIMIT ?5")},
        std::pair{&made->descending_, selected(message_columns, of_page, "DESC LIMIT ?5")},
        std::pair{&made->events_up_, fmt::format("{}LIMIT ?4", events)},
        std::pair{&made->events_down_, fmt::format("{}DESC LIMIT ?4", events)},
        std::pair{&made->one_,
                  selected(message_columns, "m.conversation = ?1 AND m.number = ?2", "")},
        std::pair{&made->facts_,
                  std::string("SELECT author, kind, heard_from FROM messages WHERE conversation = "
                              "?1 AND number = ?2 AND kind < 3 AND redacted = 0")},
        std::pair{&made->probe_, std::string("SELECT number, time FROM messages WHERE "
                                             "conversation = ?1 AND number >= ?2 "
                                             "ORDER BY number LIMIT 1")},
        std::pair{&made->newest_, std::string("SELECT time FROM messages WHERE conversation = ?1 "
                                              "AND kind < 2 AND redacted = 0 AND heard_from = 0 "
                                              "ORDER BY number DESC LIMIT 1")},
        std::pair{&made->own_end_, std::string("SELECT conversation, number FROM messages WHERE "
                                               "(conversation, number) > (?1, ?2) "
                                               "ORDER BY conversation, number LIMIT 1 OFFSET ?3")},
        std::pair{&made->own_,
                  selected(fmt::format("{}, m.conversation", message_columns), own_messages, "")}};
    for (const auto& [into, sql] : wanted) {
        result<statement> prepared = statement::prepare(made->on_.get(), sql);
        if (!prepared) {
            return std::unexpected(std::move(prepared.error()));
        }
        *into = std::move(*prepared);
    }
    return made;
}

result<session::read_answer> sqlite_reader::answer(const session::history_query& query) {
    const range all{0, next_after(query.up_to)};
    const auto visit = [&](const auto& which) -> result<session::history_page> {
        using selector = std::decay_t<decltype(which)>;
        if constexpr (std::is_same_v<selector, session::read_latest>) {
            if (!which.after) {
                return page(query, all, direction::newest_first, query.limit);
            }
            const result<place> from = find(query, *which.after);
            return from ? page(query, {from->after, all.to}, direction::newest_first, query.limit)
                        : std::unexpected(from.error());
        } else if constexpr (std::is_same_v<selector, session::read_before>) {
            const result<place> to = find(query, which.point);
            return to ? page(query, {0, std::min(to->at_or_after, all.to)}, direction::newest_first,
                             query.limit)
                      : std::unexpected(to.error());
        } else if constexpr (std::is_same_v<selector, session::read_after>) {
            const result<place> from = find(query, which.point);
            return from ? page(query, {from->after, all.to}, direction::oldest_first, query.limit)
                        : std::unexpected(from.error());
        } else if constexpr (std::is_same_v<selector, session::read_around>) {
            return around(query, which.point);
        } else {
            const result<place> from = find(query, which.from);
            const result<place> to = find(query, which.to);
            if (!from || !to) {
                return std::unexpected(from ? to.error() : from.error());
            }
            const bool forwards = from->at_or_after <= to->at_or_after;
            const range between = forwards ? range{from->after, std::min(to->at_or_after, all.to)}
                                           : range{to->after, std::min(from->at_or_after, all.to)};
            return page(query, between,
                        forwards ? direction::oldest_first : direction::newest_first, query.limit);
        }
    };
    result<session::history_page> found = std::visit(visit, query.which);
    if (!found) {
        return std::unexpected(std::move(found.error()));
    }
    return session::read_answer{std::move(*found)};
}

// Half before the point, the rest from it on.
result<session::history_page> sqlite_reader::around(const session::history_query& query,
                                                    session::history_point point) {
    const result<place> at = find(query, point);
    if (!at) {
        return std::unexpected(at.error());
    }
    const std::uint64_t end = next_after(query.up_to);
    result<session::history_page> found =
        page(query, {0, std::min(at->at_or_after, end)}, direction::newest_first, query.limit / 2);
    if (!found) {
        return found;
    }
    const auto rest = query.limit - static_cast<std::uint32_t>(found->messages.size());
    result<session::history_page> behind =
        page(query, {at->at_or_after, end}, direction::oldest_first, rest);
    if (!behind) {
        return behind;
    }
    std::ranges::move(behind->messages, std::back_inserter(found->messages));
    found->at_end = found->at_end && behind->at_end;
    return found;
}

result<session::history_page> sqlite_reader::page(const session::history_query& query, range of,
                                                  direction order, std::uint32_t limit) {
    statement& asked = order == direction::oldest_first ? ascending_ : descending_;
    asked.bind(1, query.conversation.value)
        .bind(2, of.from)
        .bind(3, of.to)
        .bind(4, kinds_of(query.besides))
        .bind(5, std::uint64_t{limit})
        .bind(6, std::uint64_t{query.besides.redacted});
    session::history_page found;
    std::vector<chat::message_number> changes;
    result<bool> row = asked.step();
    for (; row && *row; row = asked.step()) {
        found.messages.push_back(message_of(asked));
        changes.push_back({static_cast<std::uint64_t>(asked.number(changed_column))});
    }
    if (!row) {
        return std::unexpected(std::move(row.error()));
    }
    asked.reset();
    found.at_end = found.messages.size() < limit;
    for (std::size_t at = 0; at < changes.size(); ++at) {
        result<void> done = complete(query.conversation, found.messages[at], changes[at]);
        if (!done) {
            return std::unexpected(std::move(done.error()));
        }
    }
    if (query.besides.events) {
        if (result<void> added = add_events(query, of, order, limit, found); !added) {
            return std::unexpected(std::move(added.error()));
        }
    }
    if (order == direction::newest_first) {
        std::ranges::reverse(found.messages);
    }
    return found;
}

// As many as there is room for, among the messages in their order.
result<void> sqlite_reader::add_events(const session::history_query& query, range of,
                                       direction order, std::uint32_t limit,
                                       session::history_page& to) {
    statement& asked = order == direction::oldest_first ? events_up_ : events_down_;
    asked.bind(1, query.conversation.value)
        .bind(2, of.from)
        .bind(3, of.to)
        .bind(4, std::uint64_t{limit});
    result<bool> row = asked.step();
    for (; row && *row; row = asked.step()) {
        to.messages.push_back({{static_cast<std::uint64_t>(asked.number(0))},
                               base::wall_time{std::chrono::milliseconds{asked.number(1)}},
                               static_cast<session::stored_kind>(asked.number(2)),
                               asked.text(3),
                               asked.text(4),
                               asked.text(5),
                               asked.text(6),
                               asked.text(7),
                               {}});
    }
    asked.reset();
    if (!row) {
        return std::unexpected(std::move(row.error()));
    }
    std::ranges::sort(to.messages, [order](const auto& a, const auto& b) {
        return order == direction::oldest_first ? a.number < b.number : b.number < a.number;
    });
    to.at_end = to.at_end && to.messages.size() < limit;
    to.messages.resize(std::min<std::size_t>(to.messages.size(), limit));
    return {};
}

// A message comes with what was last done to it, and an edit with the text that its message has.
result<void> sqlite_reader::complete(chat::conversation_id in, session::stored_message& what,
                                     chat::message_number changed) {
    const bool edits = what.kind == session::stored_kind::edit;
    if (!edits && !changed) {
        return {};
    }
    auto other = one(in, edits ? what.about : changed);
    if (!other) {
        return std::unexpected(std::move(other.error()));
    }
    if (edits) {
        what.redacted = !*other || (*other)->redacted;
        what.text = *other ? (*other)->text : std::string();
    } else if (*other) {
        (*other)->text = (*other)->kind == session::stored_kind::edit ? what.text : (*other)->text;
        what.change = std::make_shared<const session::stored_message>(std::move(**other));
    }
    return {};
}

result<std::optional<session::stored_message>> sqlite_reader::one(chat::conversation_id in,
                                                                  chat::message_number number) {
    one_.bind(1, in.value).bind(2, number.value);
    const result<bool> row = one_.step();
    if (!row) {
        return std::unexpected(row.error());
    }
    std::optional<session::stored_message> found;
    if (*row) {
        found = message_of(one_);
    }
    one_.reset();
    return found;
}

result<session::read_answer> sqlite_reader::answer(const session::search_query& query) {
    if (!searches_) {
        return session::read_answer{session::read_failed{}};
    }
    result<session::search_page> found = searches_->search(query);
    return found ? result<session::read_answer>(session::read_answer{std::move(*found)})
                 : std::unexpected(std::move(found.error()));
}

result<session::read_answer> sqlite_reader::answer(const session::message_query& query) {
    facts_.bind(1, query.conversation.value).bind(2, query.number.value);
    const result<bool> row = facts_.step();
    if (!row) {
        return std::unexpected(row.error());
    }
    session::message_answer made;
    if (*row) {
        made.found = {query.conversation,
                      query.number,
                      {static_cast<std::uint64_t>(facts_.number(0))},
                      static_cast<chat::message_kind>(facts_.number(1)),
                      static_cast<chat::role>(facts_.number(2))};
    }
    facts_.reset();
    return session::read_answer{made};
}

result<place> sqlite_reader::find(const session::history_query& query,
                                  session::history_point point) {
    if (const auto* const number = std::get_if<chat::message_number>(&point)) {
        const std::uint64_t after = next_after(*number);
        return place{after - 1, after};
    }
    const std::int64_t time = milliseconds(std::get<base::wall_time>(point));
    const result<std::uint64_t> at = first_not_before(query, time);
    const result<std::uint64_t> after = first_not_before(query, time + 1);
    if (!at || !after) {
        return std::unexpected(at ? after.error() : at.error());
    }
    return place{*at, *after};
}

// A bisection: time never runs back along a conversation's numbers.
result<std::uint64_t> sqlite_reader::first_not_before(const session::history_query& query,
                                                      std::int64_t time) {
    std::uint64_t low = 0;
    std::uint64_t high = next_after(query.up_to);
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        probe_.bind(1, query.conversation.value).bind(2, middle);
        const result<bool> row = probe_.step();
        if (!row) {
            return std::unexpected(row.error());
        }
        const auto number = static_cast<std::uint64_t>(probe_.number(0));
        const bool before = *row && probe_.number(1) < time;
        probe_.reset();
        if (before) {
            low = number + 1;
        } else {
            high = middle;
        }
    }
    return high;
}

result<session::read_answer> sqlite_reader::answer(const session::activity_query& query) {
    const auto [first, last] = std::minmax(query.from, query.to);
    session::activity_page found;
    for (const chat::conversation_id one : query.conversations) {
        newest_.bind(1, one.value);
        const result<bool> row = newest_.step();
        if (!row) {
            return std::unexpected(row.error());
        }
        const base::wall_time newest{std::chrono::milliseconds{*row ? newest_.number(0) : 0}};
        newest_.reset();
        if (*row && newest > first && newest < last) {
            found.entries.push_back({one, newest});
        }
    }
    std::ranges::sort(found.entries, {}, &session::activity_page::entry::newest);
    found.at_end = found.entries.size() <= query.limit;
    if (!found.at_end) {
        const auto surplus = static_cast<std::ptrdiff_t>(found.entries.size() - query.limit);
        if (query.from <= query.to) {
            found.entries.erase(found.entries.end() - surplus, found.entries.end());
        } else {
            found.entries.erase(found.entries.begin(), found.entries.begin() + surplus);
        }
    }
    return session::read_answer{std::move(found)};
}

// A stretch of the whole, whoever said it: no index is kept for what is asked once in a while.
result<session::read_answer> sqlite_reader::answer(const session::own_query& query) {
    session::own_page found;
    own_end_.bind(1, query.conversation.value)
        .bind(2, query.after.value)
        .bind(3, std::uint64_t{base::limits::own_messages_scanned_max - 1});
    const result<bool> more = own_end_.step();
    if (!more) {
        return std::unexpected(more.error());
    }
    std::int64_t last_conversation = std::numeric_limits<std::int64_t>::max();
    std::int64_t last_number = last_conversation;
    if (*more) {
        last_conversation = own_end_.number(0);
        last_number = own_end_.number(1);
        found.next = session::own_query{query.author,
                                        {static_cast<std::uint64_t>(last_conversation)},
                                        {static_cast<std::uint64_t>(last_number)}};
    }
    own_end_.reset();
    own_.bind(1, query.conversation.value)
        .bind(2, query.after.value)
        .bind(3, last_conversation)
        .bind(4, last_number)
        .bind(5, query.author.value);
    result<bool> row = own_.step();
    for (; row && *row; row = own_.step()) {
        found.hits.push_back(
            {{static_cast<std::uint64_t>(own_.number(column_behind))}, message_of(own_)});
    }
    if (!row) {
        return std::unexpected(row.error());
    }
    own_.reset();
    return session::read_answer{std::move(found)};
}

} // namespace

result<std::unique_ptr<session::reader>> open_reader(const database_options& options) {
    return sqlite_reader::open(options);
}

} // namespace tertulia::store
