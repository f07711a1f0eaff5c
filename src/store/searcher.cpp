// SPDX-License-Identifier: Apache-2.0
#include "store/searcher.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "store/message_row.hpp"
#include "store/search_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace tertulia::store {
namespace {

using base::result;
namespace limits = base::limits;

constexpr int steps_at_once = 1'000;
constexpr std::size_t beginning_size_min = 3; // shorter words are whole ones

std::string quoted(std::string_view word) {
    std::string made = "\"";
    for (const char one : word) {
        made += one;
        made += one == '"' ? "\"" : "";
    }
    return made + "\"";
}

// Without a letter there would be nothing to look up.
bool has_letters(std::string_view word) {
    return std::ranges::any_of(word, [](char one) {
        const auto byte = static_cast<unsigned char>(one);
        return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= 'a' && byte <= 'z');
    });
}

// Takes the next word or phrase off the front.
std::string_view take_word(std::string_view& text, bool& phrase) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    phrase = text.starts_with('"');
    text.remove_prefix(phrase ? 1 : 0);
    const std::size_t end = std::min(text.find_first_of(phrase ? "\"" : " \t\r\n"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + (phrase ? 1 : 0), text.size()));
    return word;
}

// Who may be asked for: those conversations alone, by number.
std::string places_asked(const session::search_query& query) {
    std::string any;
    for (const chat::conversation_id one : query.conversations) {
        any += fmt::format("{}c{}", any.empty() ? "" : " OR ", one.value);
    }
    return fmt::format("place : ({})", any);
}

std::string match_of(const session::search_query& query) {
    std::string match = places_asked(query);
    if (!query.text.empty()) {
        match += fmt::format(" AND text : ({})", words_asked(query.text));
    }
    if (has_letters(query.from)) {
        match += fmt::format(" AND author : {}", quoted(query.from));
    }
    return match;
}

// Reads `said`, the file with the messages, beside the index.
constexpr std::string_view author = " LEFT JOIN said.accounts AS a ON a.id = m.author ";

} // namespace

std::string words_asked(std::string_view typed) {
    std::string asked;
    std::size_t count = 0;
    bool phrase = false;
    while (count < limits::search_words_max) {
        const std::string_view word = take_word(typed, phrase);
        if (word.empty() && typed.empty()) {
            break;
        }
        if (has_letters(word)) {
            const bool beginning = !phrase && word.size() >= beginning_size_min;
            asked += fmt::format("{}{}{}", count == 0 ? "" : " AND ", quoted(word),
                                 beginning ? " *" : "");
            ++count;
        }
    }
    return asked;
}

result<std::unique_ptr<searcher>> searcher::open(const database_options& options) {
    std::unique_ptr<searcher> made(new searcher);
    if (result<void> ready = made->prepare(options); !ready) {
        return std::unexpected(std::move(ready.error()));
    }
    return made;
}

result<void> searcher::prepare(const database_options& options) {
    result<connection> on =
        open_connection(search_path(options.path), options.vfs, access::read_write);
    if (!on) {
        return std::unexpected(std::move(on.error()));
    }
    on_ = std::move(*on);
    result<statement> attach = statement::prepare(on_.get(), "ATTACH ?1 AS said");
    result<void> ready = attach ? attach->bind(1, std::string_view(options.path)).run()
                                : std::unexpected(attach.error());
    ready = ready ? execute(on_.get(), "PRAGMA query_only = 1; PRAGMA cache_size = -8192") : ready;
    const std::string search = fmt::format(
        "SELECT {}, m.conversation FROM words AS w CROSS JOIN said.messages AS m ON m.conversation "
        "= w.conversation AND m.number = w.rowid {} WHERE words MATCH ?1 AND w.rowid >= ?2 AND "
        "w.rowid < ?3 AND m.redacted = 0 AND m.heard_from = 0 AND m.kind < 2 ORDER BY w.rowid ",
        message_columns, author);
    const std::vector<std::pair<statement*, std::string>> wanted{
        {&ascending_, search},
        {&descending_, search + "DESC"},
        {&probe_, "SELECT rowid, time FROM words WHERE rowid >= ?1 ORDER BY rowid LIMIT 1"},
        {&change_, fmt::format("SELECT {} FROM said.messages AS m {} WHERE m.conversation = ?1 AND "
                               "m.number = ?2",
                               message_columns, author)}};
    for (const auto& [into, sql] : wanted) {
        result<statement> prepared =
            ready ? statement::prepare(on_.get(), sql) : std::unexpected(ready.error());
        if (!prepared) {
            return std::unexpected(std::move(prepared.error()));
        }
        *into = std::move(*prepared);
    }
    sqlite3_progress_handler(
        on_.get(), steps_at_once,
        [](void* left) {
            return *static_cast<int*>(left) -= steps_at_once, *static_cast<int*>(left) < 0 ? 1 : 0;
        },
        &steps_left_);
    return ready;
}

// A bisection: time never runs back along the numbers.
result<std::int64_t> searcher::first_from(std::int64_t time) {
    std::int64_t low = 0;
    std::int64_t high = std::numeric_limits<std::int64_t>::max() - 1;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        const result<bool> row = probe_.bind(1, middle).step();
        if (!row) {
            return std::unexpected(row.error());
        }
        const std::int64_t number = probe_.number(0);
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

result<session::search_page> searcher::search(const session::search_query& query) {
    steps_left_ = limits::search_steps_max;
    session::search_page found;
    if (!query.text.empty() && words_asked(query.text).empty()) {
        return found;
    }
    const auto milliseconds = [](base::wall_time of) { return of.time_since_epoch().count(); };
    std::int64_t to = static_cast<std::int64_t>(query.up_to.value) + 1;
    result<std::int64_t> from = query.after ? first_from(milliseconds(*query.after)) : 0;
    if (query.before) {
        const result<std::int64_t> end = first_from(milliseconds(*query.before) + 1);
        from = end ? from : end;
        to = end ? std::min(to, *end) : to;
    }
    if (!from) {
        return std::unexpected(from.error());
    }
    const std::string match = match_of(query);
    statement& asked = query.after ? ascending_ : descending_;
    asked.bind(1, std::string_view(match)).bind(2, *from).bind(3, to);
    result<bool> row = asked.step();
    for (std::size_t looked_at = 0; row && *row && found.hits.size() < query.limit &&
                                    looked_at < limits::search_candidates_max;
         row = asked.step(), ++looked_at) {
        // The index knows no difference between "Ana" and "Aná".
        if (query.from.empty() || base::fold(asked.text(3)) == query.from) {
            found.hits.push_back(
                {{static_cast<std::uint64_t>(asked.number(column_behind))}, message_of(asked)});
            if (asked.number(changed_column) != 0) {
                auto change = std::make_shared<session::stored_message>();
                change->number = {static_cast<std::uint64_t>(asked.number(changed_column))};
                found.hits.back().message.change = std::move(change);
            }
        }
    }
    asked.reset();
    if (!row && steps_left_ >= 0) { // else its time is over, and what was found is the answer
        return std::unexpected(row.error());
    }
    if (!query.after) {
        std::ranges::reverse(found.hits);
    }
    const result<void> whole = complete(found);
    return whole ? result<session::search_page>(std::move(found)) : std::unexpected(whole.error());
}

// What was last done to a message comes with it.
result<void> searcher::complete(session::search_page& found) {
    steps_left_ = limits::search_steps_max;
    for (session::search_page::hit& one : found.hits) {
        if (!one.message.change) {
            continue;
        }
        change_.bind(1, one.conversation.value).bind(2, one.message.change->number.value);
        const result<bool> row = change_.step();
        if (!row) {
            return std::unexpected(row.error());
        }
        session::stored_message change = message_of(change_);
        change_.reset();
        change.text = one.message.text;
        one.message.change = std::make_shared<const session::stored_message>(std::move(change));
    }
    return {};
}

} // namespace tertulia::store
