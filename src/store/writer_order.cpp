// SPDX-License-Identifier: Apache-2.0
// What the writer keeps of the order on the server: operators, bans and mutes, reports, silences,
// codes, words, and the log of what operators do, of which the oldest lines go when there are too
// many.
#include "base/limits.hpp"
#include "store/writer.hpp"

#include <string>
#include <variant>

namespace tertulia::store {
namespace {

using base::result;

std::int64_t in_milliseconds(base::wall_time of) { return of.time_since_epoch().count(); }

} // namespace

result<void> writer::prepare_order() {
    return prepare({
        preparation{&rights_,
                    "INSERT INTO account_rights VALUES (?1, ?2) ON CONFLICT (account) DO UPDATE "
                    "SET held = ?2"},
        preparation{&moderated_, "INSERT INTO moderation VALUES (?, ?, ?, ?, ?, ?, nullif(?, -1))"},
        preparation{&forget_moderated_,
                    "DELETE FROM moderation WHERE number IN (SELECT number FROM "
                    "moderation ORDER BY number DESC LIMIT 10 OFFSET ?)"},
        preparation{&sanction_,
                    "INSERT INTO sanctions VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, -1), ?)"},
        preparation{&lift_, "DELETE FROM sanctions WHERE id = ?"},
        preparation{&report_, "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?)"},
        preparation{&close_report_, "DELETE FROM reports WHERE id = ?"},
        preparation{
            &silence_,
            "INSERT INTO silences (account, mask, folded, set_at, lasts) VALUES (?, ?, ?, ?, ?)"},
        preparation{&unsilence_, "DELETE FROM silences WHERE account = ? AND folded = ?"},
        preparation{&keep_code_,
                    "INSERT INTO account_codes (digest, start, uses, used, made_at, until) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, -1)) "
                    "ON CONFLICT (digest) DO UPDATE SET uses = ?3, used = ?4"},
        preparation{&drop_code_, "DELETE FROM account_codes WHERE digest = ?"},
        preparation{&keep_word_,
                    "INSERT INTO words VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO "
                    "UPDATE SET mask = ?2, folded = ?3, action = ?4, mutes_for = ?5, by = ?6, "
                    "since = ?7"},
        preparation{&drop_word_, "DELETE FROM words WHERE id = ?"},
    });
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::rights_saved& what) {
    return rights_.bind(1, what.account.value).bind(2, std::uint64_t{what.held.to_ulong()}).run();
}

result<void> writer::store_body(const chat::event& of, const chat::moderated& what) {
    const result<void> stored =
        moderated_.bind(1, what.number.value)
            .bind(2, in_milliseconds(of.time))
            .bind(3, std::uint64_t{static_cast<std::uint8_t>(what.what)})
            .bind(4, std::string_view(what.by))
            .bind(5, std::string_view(what.whom))
            .bind(6, std::string_view(what.why))
            .bind(7, what.until ? in_milliseconds(*what.until) : std::int64_t{-1})
            .run();
    return stored
               ? forget_moderated_.bind(1, std::uint64_t{base::limits::moderation_kept_max}).run()
               : stored;
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::sanction_saved& what) {
    const chat::sanction& one = what.what;
    if (!what.kept) {
        return lift_.bind(1, one.id.value).run();
    }
    const auto* const account = std::get_if<chat::by_account>(&one.whom);
    const auto* const nickname = std::get_if<chat::by_nickname>(&one.whom);
    const std::string whom = account != nullptr    ? account->name
                             : nickname != nullptr ? nickname->mask
                                                   : chat::shown(one.whom);
    return sanction_.bind(1, one.id.value)
        .bind(2, std::uint64_t{static_cast<std::uint8_t>(one.kind)})
        .bind(3, std::uint64_t{one.whom.index()})
        .bind(4, account == nullptr ? std::uint64_t{0} : account->account.value)
        .bind(5, std::string_view(whom))
        .bind(6, std::string_view(one.by))
        .bind(7, in_milliseconds(one.since))
        .bind(8, one.until ? in_milliseconds(*one.until) : std::int64_t{-1})
        .bind(9, std::string_view(one.why))
        .run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::report_saved& what) {
    const chat::report& one = what.what;
    if (!what.open) {
        return close_report_.bind(1, one.id.value).run();
    }
    return report_.bind(1, one.id.value)
        .bind(2, std::string_view(one.by))
        .bind(3, std::string_view(one.whom))
        .bind(4, one.about.value)
        .bind(5, std::string_view(one.why))
        .bind(6, in_milliseconds(one.at))
        .run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::silence_saved& what) {
    if (!what.on) {
        return unsilence_.bind(1, what.account.value)
            .bind(2, std::string_view(what.whom.folded))
            .run();
    }
    return silence_.bind(1, what.account.value)
        .bind(2, std::string_view(what.whom.mask))
        .bind(3, std::string_view(what.whom.folded))
        .bind(4, in_milliseconds(what.whom.set_at))
        .bind(5, std::int64_t{what.whom.lasts.count()})
        .run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::code_saved& what) {
    const chat::account_code& one = what.what;
    if (!what.kept) {
        return drop_code_.bind(1, std::string_view(one.digest)).run();
    }
    return keep_code_.bind(1, std::string_view(one.digest))
        .bind(2, std::string_view(one.start))
        .bind(3, std::uint64_t{one.uses})
        .bind(4, std::uint64_t{one.used})
        .bind(5, in_milliseconds(one.made_at))
        .bind(6, one.until ? in_milliseconds(*one.until) : std::int64_t{-1})
        .run();
}

result<void> writer::store_body(const chat::event& /*of*/, const chat::words_changed& what) {
    const chat::listed_word& one = what.what;
    if (!what.kept) {
        return drop_word_.bind(1, one.id.value).run();
    }
    return keep_word_.bind(1, one.id.value)
        .bind(2, std::string_view(one.mask))
        .bind(3, std::string_view(one.folded))
        .bind(4, std::uint64_t{static_cast<std::uint8_t>(one.action)})
        .bind(5, std::int64_t{one.mutes_for.count()})
        .bind(6, std::string_view(one.by))
        .bind(7, in_milliseconds(one.since))
        .run();
}

} // namespace tertulia::store
