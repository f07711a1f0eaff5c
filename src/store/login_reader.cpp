// SPDX-License-Identifier: Apache-2.0
#include "store/login_reader.hpp"

#include "base/journal.hpp"
#include "store/sqlite.hpp"

#include <chrono>
#include <utility>

namespace tertulia::store {
namespace {

using base::result;
using found_logins = std::vector<session::login_facts>;

result<found_logins> read_logins(const database_options& at, chat::person_id of) {
    const result<connection> on = open_reading_connection(at.path, at.vfs);
    if (!on) {
        return std::unexpected(on.error());
    }
    result<statement> asked = statement::prepare(
        on->get(),
        "SELECT l.key, l.opened_at, l.browser FROM logins l JOIN accounts a ON a.id = l.account "
        "WHERE l.account = ?1 AND l.version = a.version ORDER BY l.opened_at DESC");
    if (!asked) {
        return std::unexpected(asked.error());
    }
    asked->bind(1, of.value);
    found_logins found;
    for (;;) {
        const result<bool> row = asked->step();
        if (!row) {
            return std::unexpected(row.error());
        }
        if (!*row) {
            return found;
        }
        found.push_back({asked->text(0),
                         base::wall_time{std::chrono::milliseconds{asked->number(1)}},
                         asked->text(2)});
    }
}

class sqlite_login_reader final : public session::login_reader {
public:
    explicit sqlite_login_reader(database_options at) : at_(std::move(at)) {}

    std::optional<found_logins> logins(chat::person_id of) override {
        result<found_logins> found = read_logins(at_, of);
        if (!found) {
            base::journal::warn("{}", found.error().sentence);
            return std::nullopt;
        }
        return std::move(*found);
    }

private:
    const database_options at_;
};

} // namespace

std::unique_ptr<session::login_reader> make_login_reader(database_options of) {
    return std::make_unique<sqlite_login_reader>(std::move(of));
}

} // namespace tertulia::store
