// SPDX-License-Identifier: Apache-2.0
#include "store/push_devices.hpp"

#include "chat/private_metadata.hpp"
#include "store/name_columns.hpp"
#include "store/sqlite.hpp"

#include <string_view>
#include <utility>

namespace tertulia::store {
namespace {

using base::result;

// With 0 all of them.
constexpr std::string_view devices_of =
    "SELECT a.id, a.display, a.key, a.skeleton, a.latin, p.endpoint, p.key, p.secret, "
    "coalesce((SELECT value FROM account_metadata m WHERE m.account = a.id AND m.key = ?2), ''), "
    "coalesce((SELECT value FROM account_metadata m WHERE m.account = a.id AND m.key = ?3), '') "
    "FROM pushes p JOIN accounts a ON a.id = p.account AND a.version = p.version "
    "AND a.suspended = 0 WHERE ?1 IN (0, a.id) ORDER BY a.id, p.place";

class sqlite_push_devices final : public push_devices {
public:
    sqlite_push_devices(connection on, statement by_account)
        : on_(std::move(on)), by_account_(std::move(by_account)) {}

    result<std::vector<push_owner>> all() override { return read({}); }

    result<push_owner> of(chat::person_id account) override {
        result<std::vector<push_owner>> found = read(account);
        if (!found) {
            return std::unexpected(std::move(found.error()));
        }
        return found->empty() ? push_owner{account, {}, {}, {}, {}} : std::move(found->front());
    }

private:
    result<std::vector<push_owner>> read(chat::person_id whose) {
        std::vector<push_owner> found;
        by_account_.bind(1, whose.value).bind(2, chat::own_words_key).bind(3, chat::levels_key);
        result<bool> row = by_account_.step();
        for (; row && *row; row = by_account_.step()) {
            const chat::person_id account{static_cast<std::uint64_t>(by_account_.number(0))};
            if (found.empty() || found.back().account != account) {
                found.push_back({account,
                                 name_of(by_account_, 1),
                                 {},
                                 by_account_.text(8),
                                 by_account_.text(9)});
            }
            found.back().devices.push_back(
                {by_account_.text(5), by_account_.text(6), by_account_.text(7)});
        }
        by_account_.reset();
        if (!row) {
            return std::unexpected(std::move(row.error()));
        }
        return found;
    }

    connection on_;
    statement by_account_;
};

} // namespace

result<std::unique_ptr<push_devices>> open_push_devices(const database_options& options) {
    result<connection> on = open_reading_connection(options.path, options.vfs);
    if (!on) {
        return std::unexpected(std::move(on.error()));
    }
    result<statement> by_account = statement::prepare(on->get(), devices_of);
    if (!by_account) {
        return std::unexpected(std::move(by_account.error()));
    }
    return std::make_unique<sqlite_push_devices>(std::move(*on), std::move(*by_account));
}

} // namespace tertulia::store
