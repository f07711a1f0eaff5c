// SPDX-License-Identifier: Apache-2.0
#include "store/credentials.hpp"

#include "store/name_columns.hpp"
#include "store/sqlite.hpp"

#include <chrono>
#include <utility>

namespace tertulia::store {
namespace {

using base::result;

kept_account account_of(const statement& row) {
    return {
        {{static_cast<std::uint64_t>(row.number(0))}, static_cast<std::uint32_t>(row.number(1))},
        name_of(row, 3),
        row.number(2) != 0,
        {row.text(7), row.text(8)}};
}

class sqlite_credential_reader final : public credential_reader {
public:
    sqlite_credential_reader(connection on, statement by_name, statement by_login)
        : on_(std::move(on)), by_name_(std::move(by_name)), by_login_(std::move(by_login)) {}

    result<std::optional<kept_account>> find(std::string_view account_key) override {
        by_name_.bind(1, account_key);
        const result<bool> row = by_name_.step();
        if (!row) {
            return std::unexpected(row.error());
        }
        std::optional<kept_account> found;
        if (*row) {
            found = account_of(by_name_);
        }
        by_name_.reset();
        return found;
    }

    result<std::optional<kept_login>> find_login(std::string_view key) override {
        by_login_.bind_bytes(1, key);
        const result<bool> row = by_login_.step();
        if (!row) {
            return std::unexpected(row.error());
        }
        std::optional<kept_login> found;
        if (*row) {
            found = {{{static_cast<std::uint64_t>(by_login_.number(0))},
                      static_cast<std::uint32_t>(by_login_.number(1))},
                     name_of(by_login_, 3),
                     by_login_.number(2) != 0,
                     base::wall_time{std::chrono::milliseconds{by_login_.number(7)}}};
        }
        by_login_.reset();
        return found;
    }

private:
    connection on_;
    statement by_name_;
    statement by_login_;
};

} // namespace

result<std::unique_ptr<credential_reader>> open_credential_reader(const database_options& options) {
    result<connection> on = open_reading_connection(options.path, options.vfs);
    if (!on) {
        return std::unexpected(std::move(on.error()));
    }
    result<statement> by_name = statement::prepare(
        on->get(), "SELECT a.id, a.version, a.suspended, a.display, a.key, a.skeleton, a.latin, "
                   "c.password, c.scram FROM accounts a JOIN credentials c ON c.account = a.id "
                   "WHERE a.key = ?1");
    if (!by_name) {
        return std::unexpected(std::move(by_name.error()));
    }
    result<statement> by_login = statement::prepare(
        on->get(), "SELECT a.id, a.version, a.suspended, a.display, a.key, a.skeleton, a.latin, "
                   "l.opened_at FROM logins l JOIN accounts a ON a.id = l.account "
                   "WHERE l.key = ?1 AND l.version = a.version");
    if (!by_login) {
        return std::unexpected(std::move(by_login.error()));
    }
    return std::make_unique<sqlite_credential_reader>(std::move(*on), std::move(*by_name),
                                                      std::move(*by_login));
}

} // namespace tertulia::store
