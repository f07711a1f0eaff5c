// SPDX-License-Identifier: Apache-2.0
// /msg ChanServ REGISTER|INFO|ACCESS|OP|VOICE|KICK|BAN|INVITE|TRANSFER|DROP|HELP, as clients have
// done it for decades. Nothing is kept here: each is the command that a verb gives.
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/keeping.hpp"
#include "irc/lines.hpp"
#include "irc/modes.hpp"
#include "irc/services.hpp"
#include "irc/words.hpp"

#include <algorithm>
#include <array>
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

void do_help(session& by, const words& /*none*/) {
    for (const text_key line :
         {text_key::chanserv_help, text_key::chanserv_register_usage, text_key::chanserv_info_usage,
          text_key::chanserv_access_usage, text_key::chanserv_roles_usage,
          text_key::chanserv_kick_usage, text_key::chanserv_invite_usage,
          text_key::chanserv_transfer_usage, text_key::chanserv_drop_usage}) {
        say(by, line);
    }
}

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
});

} // namespace

bool is_chanserv(std::string_view target) {
    return base::fold(target) == base::fold(chanserv_name);
}

void tell_chanserv(session& by, std::string_view text) {
    constexpr std::size_t words_max = 5;
    const words said = split_words(text, words_max);
    const std::string name = said.empty() ? std::string() : in_capitals(said[0]);
    const auto* const row = std::ranges::find(rows, std::string_view(name), &command_row::name);
    if (name == "HELP") {
        do_help(by, said);
    } else if (row == rows.end()) {
        say(by, text_key::chanserv_unknown);
    } else if (said.size() < 2) {
        say(by, row->usage);
    } else {
        row->handle(by, said);
    }
}

} // namespace tertulia::irc
