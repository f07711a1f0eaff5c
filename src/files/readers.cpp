// SPDX-License-Identifier: Apache-2.0
#include "files/readers.hpp"

#include "chat/modes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tertulia::files {
namespace {

using base::result;
using store::statement;

// A message that ever had the link, whether it is still there and says so, and how its conversation
// stands to the reader, who may have been suspended since her link was signed. What only some roles
// of a room heard is nobody's to read.
constexpr std::string_view link_sql = R"sql(
SELECT m.number IS NOT NULL AND m.heard_from = 0
           AND instr(m.text, '/files/' || ?1) > 0
           AND NOT EXISTS (SELECT 1 FROM ended e WHERE e.conversation = l.conversation),
       r.id IS NOT NULL,
       coalesce(r.flags, 0),
       coalesce(r.password, '') <> '',
       l.conversation = ?3
           OR EXISTS (SELECT 1 FROM memberships p WHERE p.account = ?2 AND p.room = l.conversation)
           OR EXISTS (SELECT 1 FROM conversations c
                      WHERE c.id = l.conversation AND (c.one = ?2 OR c.other = ?2)),
       NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = ?2 AND a.suspended <> 0)
FROM file_links l
LEFT JOIN messages m ON m.conversation = l.conversation AND m.number = l.number
LEFT JOIN rooms r ON r.id = l.conversation
WHERE l.file = ?1)sql";

// Only its owner's messages open a file to their readers: who has merely got hold of a link does
// not by saying it somewhere else, nor makes it dearer to look for them. A guest's first message
// counts as its owner's.
constexpr std::string_view of_owner_sql = " AND l.author = ?4";
constexpr std::string_view first_sql = " ORDER BY l.number LIMIT 1";

// A person's own picture is everybody's, as her name is.
constexpr std::string_view picture_sql = R"sql(
SELECT 1 FROM account_metadata
WHERE account = ?1 AND key = 'avatar' AND instr(value, '/files/' || ?2) > 0)sql";

constexpr std::uint64_t bit(chat::room_flag one) { return 1U << static_cast<unsigned>(one); }

// What a room may have and be everybody's all the same; a flag that is not named here closes it.
constexpr std::uint64_t open_flags =
    bit(chat::room_flag::moderated) | bit(chat::room_flag::members_only) |
    bit(chat::room_flag::topic_locked) | bit(chat::room_flag::no_ctcp) |
    bit(chat::room_flag::accounts_speak);

bool is_open(const statement& row) {
    return row.number(1) != 0 && (static_cast<std::uint64_t>(row.number(2)) & ~open_flags) == 0 &&
           row.number(3) == 0;
}

standing standing_of(const statement& row, bool own) {
    const bool invited = row.number(5) != 0 && (own || row.number(4) != 0);
    return row.number(0) == 0 ? standing::abandoned
           : is_open(row)     ? standing::for_all
           : invited          ? standing::for_this
                              : standing::withheld;
}

} // namespace

result<readers> readers::open(const store::database_options& messages) {
    result<store::connection> on = store::open_reading_connection(messages.path, messages.vfs);
    if (!on) {
        return std::unexpected(on.error());
    }
    readers made(std::move(*on));
    const std::pair<statement*, std::string> wanted[] = {
        {&made.links_, fmt::format("{}{}", link_sql, of_owner_sql)},
        {&made.first_, fmt::format("{}{}", link_sql, first_sql)},
        {&made.picture_, std::string(picture_sql)}};
    for (const auto& [into, sql] : wanted) {
        result<statement> prepared = statement::prepare(made.on_.get(), sql);
        if (!prepared) {
            return std::unexpected(prepared.error());
        }
        *into = std::move(*prepared);
    }
    return made;
}

result<bool> readers::is_own_picture(const kept_file& of) {
    if (of.owner.value == 0) {
        return false;
    }
    picture_.bind(1, of.owner.value).bind(2, std::string_view(of.facts.id));
    result<bool> found = picture_.step();
    picture_.reset();
    return found;
}

// Their numbers grow with time, so this looks at the newer ones alone.
result<chat::person_id> readers::last_made_before(base::wall_time then) {
    const result<std::int64_t> found = store::query_number(
        on_.get(),
        fmt::format("SELECT id FROM accounts WHERE made_at <= {} ORDER BY id DESC LIMIT 1",
                    std::chrono::duration_cast<std::chrono::milliseconds>(then.time_since_epoch())
                        .count()));
    return found ? result<chat::person_id>(chat::person_id{static_cast<std::uint64_t>(*found)})
                 : std::unexpected(found.error());
}

result<standing> readers::ask(const kept_file& of, session::file_reader reader) {
    const result<bool> is_picture = is_own_picture(of);
    if (!is_picture) {
        return std::unexpected(is_picture.error());
    }
    if (*is_picture) {
        return standing::for_all;
    }
    const bool has_owner = of.owner.value != 0;
    statement& rows = has_owner ? links_ : first_;
    rows.bind(1, std::string_view(of.facts.id))
        .bind(2, reader.account.value)
        .bind(3, reader.in.value);
    if (has_owner) {
        rows.bind(4, of.owner.value);
    }
    standing found = standing::unposted;
    while (found != standing::for_all) {
        const result<bool> row = rows.step();
        if (!row) {
            return std::unexpected(row.error());
        }
        if (!*row) {
            break;
        }
        found = std::max(found, standing_of(rows, has_owner && reader.account == of.owner));
    }
    rows.reset();
    return found;
}

} // namespace tertulia::files
