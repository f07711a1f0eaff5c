// SPDX-License-Identifier: Apache-2.0
// ACCESS RENAME UNINVITE: whose a room is and who may do what there, its name, who was asked in.
// ACCESS has the answers of IRCX (draft-pfenning-irc-extensions-04), and accounts in the place of
// masks.
#include "irc/answers.hpp"
#include "irc/keeping.hpp"
#include "irc/lines.hpp"
#include "irc/words.hpp"

#include <array>
#include <string>
#include <utility>

namespace tertulia::irc {
namespace {

using base::text_key;
using wire::irc_line;
namespace limits = base::limits;

void refuse_access(session& by, std::string_view code) {
    by.fail("ACCESS", code, {}, by.text(text_key::irc_access_usage));
}

void add(session& by, const irc_line& line) {
    const auto rank = role_of_word(line.parameter[3]);
    if (line.parameter_count < 4) {
        refuse_access(by, "NEED_MORE_PARAMS");
    } else if (!rank) {
        refuse_access(by, "UNKNOWN_ROLE");
    } else {
        by.submit(chat::command{chat::grant_access{name_to_find(line.parameter[0]),
                                                   name_to_find(line.parameter[2]), *rank}});
    }
}

void access(session& by, const irc_line& line) {
    const base::name room = name_to_find(line.parameter[0]);
    const std::string how =
        line.parameter_count < 2 ? std::string("LIST") : in_capitals(line.parameter[1]);
    if (how == "LIST") {
        by.submit(chat::question{chat::ask_access{room}});
    } else if (how == "REGISTER") {
        by.submit(chat::command{chat::register_room{room}});
    } else if (how == "ADD") {
        add(by, line);
    } else if (how != "DEL" && how != "DELETE" && how != "TRANSFER") {
        refuse_access(by, "UNKNOWN_SUBCOMMAND");
    } else if (line.parameter_count < 3) {
        refuse_access(by, "NEED_MORE_PARAMS");
    } else if (how == "TRANSFER") {
        by.submit(chat::command{chat::transfer_room{room, name_to_find(line.parameter[2])}});
    } else {
        by.submit(chat::command{
            chat::grant_access{room, name_to_find(line.parameter[2]), chat::role::member}});
    }
}

// Only a room's kind of name can be another room's name.
void rename(session& by, const irc_line& line) {
    auto to = base::make_room_name(line.parameter[1]);
    if (!to || !line.parameter[1].starts_with('#')) {
        by.fail("RENAME", "CANNOT_RENAME", {line.parameter[0], line.parameter[1]},
                by.text(text_key::irc_bad_room_name));
        return;
    }
    by.submit(
        chat::command{chat::rename_room{name_to_find(line.parameter[0]), std::move(*to),
                                        parameter_or_empty(line, 2, limits::reason_size_max)}});
}

void uninvite(session& by, const irc_line& line) {
    by.submit(chat::command{
        chat::uninvite{name_to_find(line.parameter[0]), name_to_find(line.parameter[1])}});
}

constexpr std::array verbs{
    verb{"ACCESS", 1, phase::after, access},
    verb{"RENAME", 2, phase::after, rename},
    verb{"UNINVITE", 2, phase::after, uninvite},
};

} // namespace

std::span<const verb> keeping_verbs() { return verbs; }

} // namespace tertulia::irc
