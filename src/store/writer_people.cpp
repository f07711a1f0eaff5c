// SPDX-License-Identifier: Apache-2.0
// What the writer keeps of people: accounts and what belongs to them.
#include "base/push_limits.hpp"
#include "base/web_limits.hpp"
#include "store/name_columns.hpp"
#include "store/writer.hpp"

namespace tertulia::store {

using base::result;

result<void> writer::prepare_people() {
    return prepare({
        preparation{
            &account_,
            "INSERT INTO accounts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO "
            "UPDATE SET display = ?2, key = ?3, skeleton = ?4, latin = ?5, version = ?7, "
            "suspended = ?8, language = ?9"},
        preparation{&credentials_,
                    "INSERT INTO credentials VALUES (?1, ?2, ?3) ON CONFLICT (account) DO "
                    "UPDATE SET password = ?2, scram = ?3"},
        preparation{&come_, "INSERT INTO memberships (account, room) VALUES (?, ?)"},
        preparation{&go_, "DELETE FROM memberships WHERE account = ? AND room = ?"},
        preparation{&invite_,
                    "INSERT OR REPLACE INTO invitations (account, room, made_at) VALUES (?, ?, ?)"},
        preparation{&uninvite_, "DELETE FROM invitations WHERE account = ? AND room = ?"},
        preparation{
            &mark_,
            "INSERT INTO markers VALUES (?1, ?2, ?3) ON CONFLICT (account, conversation) DO "
            "UPDATE SET read_to = ?3"},
        preparation{&unmark_, "DELETE FROM markers WHERE account = ? AND conversation = ?"},
        preparation{&say_account_,
                    "INSERT INTO account_metadata VALUES (?1, ?2, ?3) ON CONFLICT (account, "
                    "key) DO UPDATE SET value = ?3"},
        preparation{&unsay_account_, "DELETE FROM account_metadata WHERE account = ? AND key = ?"},
        preparation{&say_room_,
                    "INSERT INTO room_metadata VALUES (?1, ?2, ?3) ON CONFLICT (room, key) DO "
                    "UPDATE SET value = ?3"},
        preparation{&unsay_room_, "DELETE FROM room_metadata WHERE room = ? AND key = ?"},
        preparation{&certify_, "INSERT INTO certificates (account, fingerprint) VALUES (?, ?)"},
        preparation{&uncertify_, "DELETE FROM certificates WHERE account = ? AND fingerprint = ?"},
        preparation{&end_account_, "DELETE FROM accounts WHERE id = ?"},
        preparation{&open_login_, "INSERT OR REPLACE INTO logins VALUES (?, ?, ?, ?, ?)"},
        preparation{&trim_logins_,
                    "DELETE FROM logins WHERE account = ?1 AND key NOT IN (SELECT key FROM "
                    "logins WHERE account = ?1 ORDER BY opened_at DESC LIMIT ?2)"},
        preparation{&close_login_, "DELETE FROM logins WHERE key = ?"},
        preparation{&close_logins_, "DELETE FROM logins WHERE account = ?"},
        preparation{&keep_token_,
                    "INSERT INTO tokens (key, account, name, made_at) VALUES (?, ?, ?, ?)"},
        preparation{&drop_token_, "DELETE FROM tokens WHERE key = ?"},
        preparation{&keep_webhook_, "INSERT INTO webhooks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
        preparation{&drop_webhook_, "DELETE FROM webhooks WHERE id = ?"},
        preparation{&keep_push_,
                    "INSERT OR REPLACE INTO pushes (endpoint, account, version, key, secret) "
                    "VALUES (?, ?, ?, ?, ?)"},
        preparation{&trim_pushes_,
                    "DELETE FROM pushes WHERE account = ?1 AND place NOT IN (SELECT place FROM "
                    "pushes WHERE account = ?1 ORDER BY place DESC LIMIT ?2)"},
        preparation{&drop_push_, "DELETE FROM pushes WHERE endpoint = ?1 AND ?2 IN (account, 0)"},
        preparation{&drop_pushes_, "DELETE FROM pushes WHERE account = ?"},
        preparation{&drop_old_pushes_, "DELETE FROM pushes WHERE account = ? AND version <> ?"},
    });
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::token_saved& what) {
    if (!what.kept) {
        return drop_token_.bind_bytes(1, what.what.key).run();
    }
    return keep_token_.bind_bytes(1, what.what.key)
        .bind(2, what.account.value)
        .bind(3, std::string_view(what.what.name))
        .bind(4, std::int64_t{what.what.made_at.time_since_epoch().count()})
        .run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::webhook_saved& what) {
    const chat::webhook& hook = what.what;
    if (!what.kept) {
        return drop_webhook_.bind(1, hook.id.value).run();
    }
    keep_webhook_.bind(1, hook.id.value).bind_bytes(2, hook.key).bind(3, what.room.value);
    return bind_name(keep_webhook_, 4, hook.name)
        .bind(8, std::string_view(hook.made_by))
        .bind(9, std::int64_t{hook.made_at.time_since_epoch().count()})
        .run();
}

result<void> writer::store_body(const chat::event& of, const chat::login_saved& what) {
    switch (what.what) {
    case chat::login_change::closed: return close_login_.bind_bytes(1, what.key).run();
    case chat::login_change::all_closed: {
        const result<void> closed = close_logins_.bind(1, what.as.account.value).run();
        return closed ? drop_pushes_.bind(1, what.as.account.value).run() : closed;
    }
    case chat::login_change::opened: break;
    }
    const result<void> opened = open_login_.bind_bytes(1, what.key)
                                    .bind(2, what.as.account.value)
                                    .bind(3, std::uint64_t{what.as.version})
                                    .bind(4, std::int64_t{of.time.time_since_epoch().count()})
                                    .bind(5, std::string_view(what.browser))
                                    .run();
    return opened ? trim_logins_.bind(1, what.as.account.value)
                        .bind(2, std::uint64_t{base::limits::logins_per_account_max})
                        .run()
                  : opened;
}

// Of one address there is one device: who logs in there next takes it over.
result<void> writer::store_body(const chat::event& /*of*/, const chat::push_saved& what) {
    const std::string_view endpoint = what.what.endpoint;
    if (!what.on) {
        return drop_push_.bind(1, endpoint).bind(2, what.account.value).run();
    }
    const result<void> kept = keep_push_.bind(1, endpoint)
                                  .bind(2, what.account.value)
                                  .bind(3, std::uint64_t{what.version})
                                  .bind_bytes(4, what.what.key)
                                  .bind_bytes(5, what.what.secret)
                                  .run();
    return kept ? trim_pushes_.bind(1, what.account.value)
                      .bind(2, std::uint64_t{base::limits::pushes_per_account_max})
                      .run()
                : kept;
}

} // namespace tertulia::store
