// SPDX-License-Identifier: Apache-2.0
// /msg ChanServ REGISTER|INFO|ACCESS|OP|VOICE|KICK|BAN|INVITE|TRANSFER|DROP|HELP…, as clients have
// done it for decades. Nothing is kept here: each is the command that a verb gives.
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/keeping.hpp"
#include "irc/lines.hpp"
#include "irc/modes.hpp"
#include "irc/services.hpp"
#include "irc/verbs.hpp"
#include "irc/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::irc {
namespace {

using base::text_key;

// The words of what was said; the last may be the rest of it.
using words = std::vector<std::string_view>;

words split_words(std::string_view text, std::size_t count_max) {
    words found;
    while (!text.empty()) {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        const std::size_t end =
            found.size() + 1 == count_max ? text.size() : std::min(text.find(' '), text.size());
        if (end > 0) {
            found.push_back(text.substr(0, end));
        }
        text.remove_prefix(end);
    }
    return found;
}

void say(session& by, text_key what) { notice_from(by, chanserv_name, by.text(what)); }

void order(session& by, chat::command what) { by.submit_as(std::move(what), chanserv_name); }

base::name who_of(session& by, const words& said) {
    return said.size() > 2 ? name_to_find(said[2]) : by.self()->nickname;
}

void do_register(session& by, const words& said) {
    order(by, chat::register_room{name_to_find(said[1])});
}

void do_info(session& by, const words& said) {
    by.submit(chat::question{chat::ask_keeping{name_to_find(said[1])}});
}

void do_access(session& by, const words& said) {
    const base::name room = name_to_find(said[1]);
    const std::string how = said.size() < 3 ? std::string("LIST") : in_capitals(said[2]);
    const auto rank = said.size() < 5 ? std::nullopt : role_of_word(said[4]);
    if (how == "LIST") {
        by.submit_as(chat::question{chat::ask_access{room}}, chanserv_name);
    } else if (how == "ADD" && rank) {
        order(by, chat::grant_access{room, name_to_find(said[3]), *rank});
    } else if ((how == "DEL" || how == "DELETE") && said.size() > 3) {
        order(by, chat::grant_access{room, name_to_find(said[3]), chat::role::member});
    } else {
        say(by, text_key::chanserv_access_usage);
    }
}

template <chat::role Rank, bool Grant>
void do_role(session& by, const words& said) {
    order(by, chat::set_room_modes{name_to_find(said[1]),
                                   {chat::role_change{Rank, Grant, who_of(by, said)}}});
}

void do_kick(session& by, const words& said) {
    if (said.size() < 3) {
        say(by, text_key::chanserv_kick_usage);
        return;
    }
    std::string_view why = by.nickname();
    if (said.size() > 3) { // all that follows
        why = {said[3].data(), said.back().data() + said.back().size()};
    }
    const std::string reason(base::truncate_utf8(why, base::limits::reason_size_max));
    order(by, chat::kick{name_to_find(said[1]), name_to_find(said[2]), reason});
}

template <bool Add>
void do_ban(session& by, const words& said) {
    auto entry = said.size() < 3 ? std::nullopt : read_mask(said[2], chat::room_list::ban);
    if (!entry) {
        say(by, text_key::chanserv_kick_usage);
        return;
    }
    order(by,
          chat::set_room_modes{name_to_find(said[1]),
                               {chat::mask_change{chat::room_list::ban, Add, std::move(*entry)}}});
}

void do_invite(session& by, const words& said) {
    order(by, chat::invite{who_of(by, said), name_to_find(said[1])});
}

void do_transfer(session& by, const words& said) {
    if (said.size() < 3) {
        say(by, text_key::chanserv_transfer_usage);
    } else {
        order(by, chat::transfer_room{name_to_find(said[1]), name_to_find(said[2])});
    }
}

// The name twice: what goes does not come back.
void do_drop(session& by, const words& said) {
    if (said.size() < 3 || base::fold(said[1]) != base::fold(said[2])) {
        say(by, text_key::chanserv_drop_usage);
    } else {
        order(by, chat::close_room{name_to_find(said[1]), std::string(by.nickname())});
    }
}

// AKICK is the list of bans of a room under its old name.
void do_akick(session& by, const words& said) {
    const std::string how = said.size() < 3 ? std::string("LIST") : in_capitals(said[2]);
    if (how == "LIST") {
        by.submit_as(
            chat::question{chat::ask_mask_list{name_to_find(said[1]), chat::room_list::ban}},
            chanserv_name);
        return;
    }
    const bool add = how == "ADD";
    if (said.size() < 4 || (!add && how != "DEL")) {
        say(by, text_key::chanserv_akick_usage);
        return;
    }
    const words as_ban{said[0], said[1], said[3]};
    add ? do_ban<true>(by, as_ban) : do_ban<false>(by, as_ban);
}

// What the verb of the same name does, with all that was said behind the room.
void do_verb(session& by, const words& said) {
    if (!said[1].starts_with('#')) { // MODE is about people, too
        say(by, text_key::chanserv_topic_usage);
        return;
    }
    std::string typed = fmt::format("{} {}", said[0], said[1]);
    if (said.size() > 2) {
        const std::string_view rest(said[2].data(), said.back().data() + said.back().size());
        typed += fmt::format(" {}{}", in_capitals(said[0]) == "TOPIC" ? ":" : "", rest);
    }
    wire::irc_line line;
    const bool whole = wire::parse_irc_line(typed, line) == wire::line_fault::none;
    if (const verb* const found = find_verb(said[0]); whole && found != nullptr) {
        found->handle(by, line);
    }
}

// How it is done here.
template <text_key Usage>
void do_instead(session& by, const words& said) {
    notice_from(by, chanserv_name,
                by.say(text_key::chanserv_instead, {in_capitals(said[0]), by.text(Usage)}));
}

void do_list(session& by, const words& said) { do_access(by, {said[0], said[1]}); }

// With letters it would give roles, which here have names.
void do_flags(session& by, const words& said) {
    said.size() > 2 ? do_instead<text_key::chanserv_access_usage>(by, said) : do_list(by, said);
}

void do_help(session& by, const words& said);

struct command_row {
    std::string_view name;
    void (*handle)(session& by, const words& said);
    text_key usage; // said where no room is named
};
using chat::role;
constexpr auto rows = std::to_array<command_row>({
    {"REGISTER", do_register, text_key::chanserv_register_usage},
    {"INFO", do_info, text_key::chanserv_info_usage},
    {"ACCESS", do_access, text_key::chanserv_access_usage},
    {"OP", do_role<role::room_operator, true>, text_key::chanserv_roles_usage},
    {"DEOP", do_role<role::room_operator, false>, text_key::chanserv_roles_usage},
    {"HALFOP", do_role<role::half_operator, true>, text_key::chanserv_roles_usage},
    {"DEHALFOP", do_role<role::half_operator, false>, text_key::chanserv_roles_usage},
    {"VOICE", do_role<role::voice, true>, text_key::chanserv_roles_usage},
    {"DEVOICE", do_role<role::voice, false>, text_key::chanserv_roles_usage},
    {"KICK", do_kick, text_key::chanserv_kick_usage},
    {"BAN", do_ban<true>, text_key::chanserv_kick_usage},
    {"UNBAN", do_ban<false>, text_key::chanserv_kick_usage},
    {"INVITE", do_invite, text_key::chanserv_invite_usage},
    {"TRANSFER", do_transfer, text_key::chanserv_transfer_usage},
    {"DROP", do_drop, text_key::chanserv_drop_usage},
    {"AKICK", do_akick, text_key::chanserv_akick_usage},
    {"TOPIC", do_verb, text_key::chanserv_topic_usage},
    {"MODE", do_verb, text_key::chanserv_topic_usage},
});

// What other networks have: one does the same, the others are said how it is done here.
constexpr auto foreign_rows = std::to_array<command_row>({
    {"LIST", do_list, text_key::chanserv_access_usage},
    {"FLAGS", do_flags, text_key::chanserv_access_usage},
    {"SET", do_instead<text_key::chanserv_topic_usage>, text_key::chanserv_topic_usage},
    {"OWNER", do_instead<text_key::chanserv_access_usage>, text_key::chanserv_access_usage},
    {"DEOWNER", do_instead<text_key::chanserv_access_usage>, text_key::chanserv_access_usage},
    {"CLEAR", do_instead<text_key::chanserv_kick_usage>, text_key::chanserv_kick_usage},
    {"STATUS", do_instead<text_key::chanserv_info_usage>, text_key::chanserv_info_usage},
    {"RECOVER", do_instead<text_key::chanserv_roles_usage>, text_key::chanserv_roles_usage},
});

const command_row* find_row(std::string_view typed) {
    const std::string name = in_capitals(typed);
    for (const std::span<const command_row> each :
         {std::span<const command_row>(rows), std::span<const command_row>(foreign_rows)}) {
        const auto row = std::ranges::find(each, std::string_view(name), &command_row::name);
        if (row != each.end()) {
            return &*row;
        }
    }
    return nullptr;
}

// Of one command, or of all of them: each line once.
void do_help(session& by, const words& said) {
    const command_row* const one = said.size() < 2 ? nullptr : find_row(said[1]);
    if (one != nullptr) {
        say(by, one->usage);
        return;
    }
    if (said.size() > 1 && !is_chanserv(by, said[1])) {
        say(by, text_key::chanserv_unknown);
        return;
    }
    say(by, text_key::chanserv_help);
    text_key before = text_key::chanserv_help;
    for (const command_row& row : rows) {
        if (row.usage != before) {
            say(by, row.usage);
            before = row.usage;
        }
    }
}

} // namespace

bool is_chanserv(const session& by, std::string_view target) {
    return base::fold(without_server(by, target)) == base::fold(chanserv_name);
}

void tell_chanserv(session& by, std::string_view text) {
    if (is_ctcp(text)) {
        return;
    }
    constexpr std::size_t words_max = 5;
    const words said = split_words(text, words_max);
    const command_row* const row = said.empty() ? nullptr : find_row(said[0]);
    if (said.empty() || in_capitals(said[0]) == "HELP") {
        do_help(by, said);
    } else if (row == nullptr) {
        say(by, text_key::chanserv_unknown);
    } else if (said.size() < 2) {
        say(by, row->usage);
    } else {
        row->handle(by, said);
    }
}

} // namespace tertulia::irc
