// SPDX-License-Identifier: Apache-2.0
#include "store/credentials.hpp"

#include "store/name_columns.hpp"
#include "store/sqlite.hpp"

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
    sqlite_credential_reader(connection on, statement by_name)
        : on_(std::move(on)), by_name_(std::move(by_name)) {}

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

private:
    connection on_;
    statement by_name_;
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
    return std::make_unique<sqlite_credential_reader>(std::move(*on), std::move(*by_name));
}

} // namespace tertulia::store
