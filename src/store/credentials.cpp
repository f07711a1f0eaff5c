// SPDX-License-Identifier: Apache-2.0
#include "store/credentials.hpp"

#include "store/name_columns.hpp"
#include "store/sqlite.hpp"

#include <fmt/format.h>

#include <chrono>
#include <string_view>
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

constexpr std::string_view account_rows =
    "SELECT a.id, a.version, a.suspended, a.display, a.key, a.skeleton, a.latin, c.password, "
    "c.scram FROM accounts a JOIN credentials c ON c.account = a.id";

class sqlite_credential_reader final : public credential_reader {
public:
    sqlite_credential_reader(connection on, statement by_name, statement by_certificate,
                             statement by_login, statement by_token)
        : on_(std::move(on)), by_name_(std::move(by_name)),
          by_certificate_(std::move(by_certificate)), by_login_(std::move(by_login)),
          by_token_(std::move(by_token)) {}

    result<std::optional<kept_account>> find(std::string_view account_key) override {
        return find_by(by_name_, account_key);
    }
    result<std::optional<kept_account>> find_certificate(std::string_view fingerprint) override {
        return find_by(by_certificate_, fingerprint);
    }

    result<std::optional<kept_login>> find_login(std::string_view key) override {
        return find_secret(by_login_, key);
    }
    result<std::optional<kept_login>> find_token(std::string_view key) override {
        return find_secret(by_token_, key);
    }

private:
    static result<std::optional<kept_login>> find_secret(statement& how, std::string_view key) {
        how.bind_bytes(1, key);
        const result<bool> row = how.step();
        if (!row) {
            return std::unexpected(row.error());
        }
        std::optional<kept_login> found;
        if (*row) {
            found = {{{static_cast<std::uint64_t>(how.number(0))},
                      static_cast<std::uint32_t>(how.number(1))},
                     name_of(how, 3),
                     how.number(2) != 0,
                     base::wall_time{std::chrono::milliseconds{how.number(7)}}};
        }
        how.reset();
        return found;
    }

    static result<std::optional<kept_account>> find_by(statement& how, std::string_view what) {
        how.bind(1, what);
        const result<bool> row = how.step();
        if (!row) {
            return std::unexpected(row.error());
        }
        std::optional<kept_account> found;
        if (*row) {
            found = account_of(how);
        }
        how.reset();
        return found;
    }

    connection on_;
    statement by_name_, by_certificate_, by_login_, by_token_;
};

} // namespace

result<std::unique_ptr<credential_reader>> open_credential_reader(const database_options& options) {
    result<connection> on = open_reading_connection(options.path, options.vfs);
    if (!on) {
        return std::unexpected(std::move(on.error()));
    }
    result<statement> by_name =
        statement::prepare(on->get(), fmt::format("{} WHERE a.key = ?1", account_rows));
    result<statement> by_certificate = statement::prepare(
        on->get(),
        fmt::format("{} JOIN certificates f ON f.account = a.id WHERE f.fingerprint = ?1",
                    account_rows));
    result<statement> by_login = statement::prepare(
        on->get(), "SELECT a.id, a.version, a.suspended, a.display, a.key, a.skeleton, a.latin, "
                   "l.opened_at FROM logins l JOIN accounts a ON a.id = l.account "
                   "WHERE l.key = ?1 AND l.version = a.version");
    result<statement> by_token = statement::prepare(
        on->get(), "SELECT a.id, a.version, a.suspended, a.display, a.key, a.skeleton, a.latin, "
                   "t.made_at FROM tokens t JOIN accounts a ON a.id = t.account WHERE t.key = ?1");
    for (const result<statement>* const one : {&by_name, &by_certificate, &by_login, &by_token}) {
        if (!*one) {
            return std::unexpected(one->error());
        }
    }
    return std::make_unique<sqlite_credential_reader>(std::move(*on), std::move(*by_name),
                                                      std::move(*by_certificate),
                                                      std::move(*by_login), std::move(*by_token));
}

} // namespace tertulia::store
