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

// Every message that ever had the link, whether it is still there and says so, and how its
// conversation stands to the reader, who may have been suspended since her link was signed. What
// only some roles of a room heard is nobody's to read.
constexpr std::string_view links_sql = R"sql(
SELECT l.author,
       m.number IS NOT NULL AND m.heard_from = 0
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
WHERE l.file = ?1
ORDER BY l.number)sql";

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
    return row.number(2) != 0 && (static_cast<std::uint64_t>(row.number(3)) & ~open_flags) == 0 &&
           row.number(4) == 0;
}

} // namespace

result<readers> readers::open(const store::database_options& messages) {
    result<store::connection> on = store::open_reading_connection(messages.path, messages.vfs);
    if (!on) {
        return std::unexpected(on.error());
    }
    result<statement> links = statement::prepare(on->get(), links_sql);
    if (!links) {
        return std::unexpected(links.error());
    }
    result<statement> picture = statement::prepare(on->get(), picture_sql);
    if (!picture) {
        return std::unexpected(picture.error());
    }
    return readers(std::move(*on), std::move(*links), std::move(*picture));
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

// Only its owner's messages open a file to their readers: who has merely got hold of a link does
// not by saying it somewhere else. A guest's first message counts as its owner's.
result<standing> readers::ask(const kept_file& of, session::file_reader reader) {
    const result<bool> is_picture = is_own_picture(of);
    if (!is_picture) {
        return std::unexpected(is_picture.error());
    }
    if (*is_picture) {
        return standing::for_all;
    }
    links_.bind(1, std::string_view(of.facts.id))
        .bind(2, reader.account.value)
        .bind(3, reader.in.value);
    standing found = standing::unposted;
    bool is_first = true;
    for (result<bool> row = links_.step();; row = links_.step()) {
        if (!row) {
            return std::unexpected(row.error());
        }
        if (!*row) {
            break;
        }
        const bool by_owner = of.owner.value == 0
                                  ? is_first
                                  : static_cast<std::uint64_t>(links_.number(0)) == of.owner.value;
        is_first = false;
        if (!by_owner) {
            continue;
        }
        const bool own = of.owner.value != 0 && reader.account == of.owner;
        const bool invited = links_.number(6) != 0 && (own || links_.number(5) != 0);
        const standing here = links_.number(1) == 0 ? standing::abandoned
                              : is_open(links_)     ? standing::for_all
                              : invited             ? standing::for_this
                                                    : standing::withheld;
        const auto openness = [](standing one) {
            switch (one) {
            case standing::unposted: return 0;
            case standing::abandoned: return 1;
            case standing::withheld: return 2;
            case standing::for_this: return 3;
            case standing::for_all: return 4;
            }
            return 0;
        };
        found = openness(here) > openness(found) ? here : found;
    }
    links_.reset();
    return found;
}

} // namespace tertulia::files
