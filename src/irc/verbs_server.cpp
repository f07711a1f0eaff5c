// SPDX-License-Identifier: Apache-2.0
// MOTD LUSERS VERSION TIME INFO LINKS HELP (RFC 2812 3.4; Modern IRC, "Server Queries").
#include "base/glob.hpp"
#include "irc/answers.hpp"
#include "irc/lines.hpp"
#include "irc/words.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tertulia::irc {
namespace {

using base::text_key;
using wire::irc_line;

// There is one server here; a question for another one is answered with 402. Wildcards are allowed.
bool asks_another(session& by, const irc_line& line, std::size_t index) {
    if (line.parameter_count <= index || base::glob_match(base::fold_mask(line.parameter[index]),
                                                          base::fold(by.rules().server_name))) {
        return false;
    }
    by.reply(numeric::err_nosuchserver, {line.parameter[index]},
             by.text(text_key::irc_no_such_server));
    return true;
}

void motd(session& by, const irc_line& line) {
    if (!asks_another(by, line, 0)) {
        send_motd(by);
    }
}

void lusers(session& by, const irc_line& /*line*/) {
    by.submit(chat::question{chat::ask_counts{}});
}

void version(session& by, const irc_line& line) {
    if (!asks_another(by, line, 0)) {
        by.reply(numeric::rpl_version, {by.rules().version, by.rules().server_name},
                 by.text(text_key::irc_version));
        send_isupport(by);
    }
}

void time(session& by, const irc_line& line) {
    if (!asks_another(by, line, 0)) {
        std::string now;
        wire::append_timestamp(by.now().wall, now);
        by.reply(numeric::rpl_time, {by.rules().server_name}, now);
    }
}

void info(session& by, const irc_line& line) {
    if (!asks_another(by, line, 0)) {
        by.reply(numeric::rpl_info, {}, by.rules().version);
        by.reply(numeric::rpl_info, {}, by.text(text_key::irc_info));
        by.reply(numeric::rpl_endofinfo, {}, by.text(text_key::irc_end_of_info));
    }
}

void links(session& by, const irc_line& /*line*/) {
    by.reply(numeric::rpl_links, {"*", by.rules().server_name},
             fmt::format("0 {}", by.text(text_key::irc_info)));
    by.reply(numeric::rpl_endoflinks, {"*"}, by.text(text_key::irc_end_of_links));
}

struct topic {
    std::string_view verb;
    text_key text;
};

constexpr std::array topics{
    topic{"JOIN", text_key::irc_help_join},
    topic{"PART", text_key::irc_help_part},
    topic{"PRIVMSG", text_key::irc_help_privmsg},
    topic{"NICK", text_key::irc_help_nick},
    topic{"TOPIC", text_key::irc_help_topic},
    topic{"NAMES", text_key::irc_help_names},
    topic{"LIST", text_key::irc_help_list},
    topic{"MODE", text_key::irc_help_mode},
    topic{"KICK", text_key::irc_help_kick},
    topic{"INVITE", text_key::irc_help_invite},
    topic{"ACCESS", text_key::irc_access_usage},
    topic{"RENAME", text_key::irc_help_rename},
    topic{"WHOIS", text_key::irc_help_whois},
    topic{"WHO", text_key::irc_help_who},
    topic{"AWAY", text_key::irc_help_away},
    topic{"CHATHISTORY", text_key::irc_help_chathistory},
    topic{"KILL", text_key::irc_help_kill},
    topic{"CODE", text_key::irc_help_code},
    topic{"BAN", text_key::irc_help_ban},
    topic{"MUTE", text_key::irc_help_ban},
    topic{"ANNOUNCE", text_key::irc_help_announce},
    topic{"REPORT", text_key::irc_help_report},
    topic{"REPORTS", text_key::irc_help_reports},
    topic{"MODLOG", text_key::irc_help_modlog},
    topic{"SILENCE", text_key::irc_help_silence},
    topic{"WORDS", text_key::irc_help_words},
    topic{"SEARCH", text_key::irc_help_search},
    topic{"REDACT", text_key::irc_help_redact},
    topic{"QUIT", text_key::irc_help_quit},
};

void help(session& by, const irc_line& line) {
    if (line.parameter_count == 0) {
        by.reply(numeric::rpl_helpstart, {"*"}, by.text(text_key::irc_help_title));
        for (const topic& one : topics) {
            by.reply(numeric::rpl_helptxt, {"*"}, by.text(one.text));
        }
        by.reply(numeric::rpl_endofhelp, {"*"}, by.text(text_key::irc_end_of_help));
        return;
    }
    const std::string wanted = in_capitals(line.parameter[0]);
    const auto found = std::ranges::find(topics, std::string_view(wanted), &topic::verb);
    if (found == topics.end()) {
        by.reply(numeric::err_helpnotfound, {line.parameter[0]}, by.text(text_key::irc_no_help));
        return;
    }
    by.reply(numeric::rpl_helpstart, {wanted}, by.text(found->text));
    by.reply(numeric::rpl_endofhelp, {wanted}, by.text(text_key::irc_end_of_help));
}

constexpr std::array verbs{
    verb{"MOTD", 0, phase::after, motd},       verb{"LUSERS", 0, phase::after, lusers},
    verb{"VERSION", 0, phase::after, version}, verb{"TIME", 0, phase::after, time},
    verb{"INFO", 0, phase::after, info},       verb{"LINKS", 0, phase::after, links},
    verb{"HELP", 0, phase::after, help},       verb{"HELPOP", 0, phase::after, help},
};

} // namespace

void send_motd(session& to) {
    if (to.rules().message_of_the_day.empty()) {
        to.reply(numeric::err_nomotd, {}, to.text(text_key::irc_no_motd));
        return;
    }
    to.reply(numeric::rpl_motdstart, {},
             to.say(text_key::irc_motd_start, {to.rules().server_name}));
    for (const std::string& line : to.rules().message_of_the_day) {
        to.reply(numeric::rpl_motd, {}, "- " + line);
    }
    to.reply(numeric::rpl_endofmotd, {}, to.text(text_key::irc_end_of_motd));
}

void send_lusers(session& to, const chat::counts_answer& counts) {
    const std::string persons = std::to_string(counts.persons);
    const std::string most = std::to_string(counts.persons_max);
    to.reply(numeric::rpl_luserclient, {},
             to.say(text_key::irc_users, {std::to_string(counts.persons - counts.invisible),
                                          std::to_string(counts.invisible)}));
    if (counts.rooms > 0) { // RFC 2812, 3.4.2: only what is not zero
        to.reply(numeric::rpl_luserchannels, {std::to_string(counts.rooms)},
                 to.text(text_key::irc_rooms_formed));
    }
    to.reply(numeric::rpl_luserme, {}, to.say(text_key::irc_clients, {persons}));
    const std::string current = to.say(text_key::irc_current_users, {persons, most});
    to.reply(numeric::rpl_localusers, {persons, most}, current);
    to.reply(numeric::rpl_globalusers, {persons, most}, current);
}

std::span<const verb> server_verbs() { return verbs; }

} // namespace tertulia::irc
