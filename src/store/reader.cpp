// SPDX-License-Identifier: Apache-2.0
// Pages of history by key, never by offset: what a page costs does not depend on how far back it
// is.
#include "base/journal.hpp"
#include "store/database.hpp"
#include "store/sqlite.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <utility>

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

// What only some roles heard (IRC: STATUSMSG) is nobody's history.
constexpr std::string_view columns =
    "SELECT number, time, kind, nickname, user, host, recipient, text, tags FROM messages "
    "WHERE conversation = ?1 AND number >= ?2 AND number < ?3 AND kind <= ?4 AND heard_from = 0 "
    "ORDER BY number ";

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
    result<session::history_page> around(const session::history_query& query,
                                         session::history_point point);
    result<session::history_page> page(const session::history_query& query, range of,
                                       direction order, std::uint32_t limit);
    result<place> find(const session::history_query& query, session::history_point point);
    result<std::uint64_t> first_not_before(const session::history_query& query, std::int64_t time);

    connection on_;
    statement ascending_, descending_, probe_, newest_;
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
    const std::array wanted{
        std::pair{&made->ascending_, std::string(columns) + "LIMIT ?5"},
        std::pair{&made->descending_, std::string(columns) + "DESC LIMIT ?5"},
        std::pair{&made->probe_, std::string("SELECT number, time FROM messages WHERE "
                                             "conversation = ?1 AND number >= ?2 "
                                             "ORDER BY number LIMIT 1")},
        std::pair{&made->newest_,
                  std::string("SELECT time FROM messages WHERE conversation = ?1 "
                              "AND kind < 2 AND heard_from = 0 ORDER BY number DESC LIMIT 1")}};
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
    return found;
}

result<session::history_page> sqlite_reader::page(const session::history_query& query, range of,
                                                  direction order, std::uint32_t limit) {
    statement& asked = order == direction::oldest_first ? ascending_ : descending_;
    const auto kind_max = static_cast<std::int64_t>(query.with_tags ? chat::message_kind::tags
                                                                    : chat::message_kind::notice);
    asked.bind(1, query.conversation.value)
        .bind(2, of.from)
        .bind(3, of.to)
        .bind(4, kind_max)
        .bind(5, std::uint64_t{limit});
    session::history_page found;
    result<bool> row = asked.step();
    for (; row && *row; row = asked.step()) {
        found.messages.push_back({{static_cast<std::uint64_t>(asked.number(0))},
                                  base::wall_time{std::chrono::milliseconds{asked.number(1)}},
                                  static_cast<chat::message_kind>(asked.number(2)),
                                  asked.text(3),
                                  asked.text(4),
                                  asked.text(5),
                                  asked.text(6),
                                  asked.text(7),
                                  asked.text(8)});
    }
    if (!row) {
        return std::unexpected(std::move(row.error()));
    }
    asked.reset();
    if (order == direction::newest_first) {
        std::ranges::reverse(found.messages);
    }
    return found;
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
    if (found.entries.size() > query.limit) {
        const auto surplus = static_cast<std::ptrdiff_t>(found.entries.size() - query.limit);
        if (query.from <= query.to) {
            found.entries.erase(found.entries.end() - surplus, found.entries.end());
        } else {
            found.entries.erase(found.entries.begin(), found.entries.begin() + surplus);
        }
    }
    return session::read_answer{std::move(found)};
}

} // namespace

result<std::unique_ptr<session::reader>> open_reader(const database_options& options) {
    return sqlite_reader::open(options);
}

} // namespace tertulia::store
