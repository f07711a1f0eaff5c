// SPDX-License-Identifier: Apache-2.0
// Who may read a file: whoever may read a message that has its link, and everybody the picture that
// an account shows of itself (metadata `avatar`). Looked up where the messages are; writes nothing
// there. One thread at a time.
#pragma once

#include "base/result.hpp"
#include "files/index.hpp"
#include "store/database.hpp"
#include "store/sqlite.hpp"

#include <string>

namespace tertulia::files {

// What speaks for being open to more stands behind.
enum class standing {
    unposted,  // no message has its link yet
    abandoned, // those that had it are gone
    withheld,  // only ones that this reader may not read have
    for_this,  // one that this reader may read has
    for_all,   // one in a room that anybody may enter has; or it is its owner's picture
};

class readers {
public:
    [[nodiscard]] static base::result<readers> open(const store::database_options& messages);
    [[nodiscard]] base::result<standing> ask(const kept_file& of, session::file_reader reader);
    // The newest account that was there then; those behind it are newer. 0: none was.
    [[nodiscard]] base::result<chat::person_id> last_made_before(base::wall_time then);

private:
    explicit readers(store::connection on) : on_(std::move(on)) {}
    [[nodiscard]] base::result<bool> is_own_picture(const kept_file& of);

    store::connection on_;
    store::statement links_; // of a file that an account handed in: of its messages
    store::statement first_; // of one that a guest did: of the first message
    store::statement picture_;
};

} // namespace tertulia::files
