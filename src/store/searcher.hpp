// SPDX-License-Identifier: Apache-2.0
// Searches: which messages, by the index (search_index.hpp), and then the messages themselves, as
// they are now. One thread.
#pragma once

#include "base/result.hpp"
#include "session/history.hpp"
#include "store/database.hpp"
#include "store/sqlite.hpp"

#include <memory>
#include <string>

namespace tertulia::store {

// The words of a search as FTS5 asks for them, quoted, each but a short one as a beginning; "…" is
// a phrase. Empty: nothing to ask for.
[[nodiscard]] std::string words_asked(std::string_view typed);

class searcher {
public:
    [[nodiscard]] static base::result<std::unique_ptr<searcher>>
    open(const database_options& options);

    [[nodiscard]] base::result<session::search_page> search(const session::search_query& query);

private:
    searcher() = default;
    [[nodiscard]] base::result<void> prepare(const database_options& options);
    [[nodiscard]] base::result<std::int64_t> first_from(std::int64_t time);
    [[nodiscard]] base::result<void> complete(session::search_page& found);

    connection on_;
    statement ascending_, descending_, probe_, change_;
    int steps_left_ = 0;
};

} // namespace tertulia::store
