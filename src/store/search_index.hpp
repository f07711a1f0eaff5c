// SPDX-License-Identifier: Apache-2.0
// What was said, as words: an FTS5 index in a database of its own (search.db), so that no commit
// waits for it. It holds nothing that the messages do not: it may be deleted, and is made again. It
// follows the commits, and catches up with what was committed while it did not. One thread.
#pragma once

#include "base/result.hpp"
#include "chat/batch.hpp"
#include "store/database.hpp"
#include "store/sqlite.hpp"

#include <memory>
#include <span>
#include <string>

namespace tertulia::store {

// Of the index that belongs to the database at `path`.
[[nodiscard]] std::string search_path(const std::string& path);

class search_index {
public:
    // One that cannot be used (of another form, damaged) is emptied.
    [[nodiscard]] static base::result<std::unique_ptr<search_index>>
    open(const database_options& options);

    // What was committed, in its order. The index is behind until catch_up() has come to its end.
    [[nodiscard]] base::result<void> follow(std::span<const chat::batch_ref> batches);

    // Everything that was committed. Costs what there is to index, and a look at each conversation.
    [[nodiscard]] base::result<void> catch_up();

private:
    search_index() = default;
    [[nodiscard]] base::result<void> prepare(const database_options& options);
    [[nodiscard]] base::result<void> apply(const chat::event& of);
    [[nodiscard]] base::result<void> index(const chat::spoke& what, base::wall_time time);
    [[nodiscard]] base::result<void> end(chat::conversation_id ended);
    [[nodiscard]] base::result<void> drop_the_ended();
    [[nodiscard]] base::result<void> read_on(std::int64_t conversation, std::int64_t up_to);
    [[nodiscard]] base::result<void> take_row(std::int64_t conversation);
    [[nodiscard]] base::result<std::int64_t> newest_message();
    [[nodiscard]] base::result<void> set_indexed(std::int64_t up_to);

    connection on_;       // of the index
    connection messages_; // read only
    statement put_, take_, change_, end_, note_place_, forget_place_, meta_;
    statement unread_, text_;
    std::int64_t indexed_to_ = 0;
    std::int64_t last_ = 0; // what follow() has seen
};

} // namespace tertulia::store
