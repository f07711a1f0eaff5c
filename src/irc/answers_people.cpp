// SPDX-License-Identifier: Apache-2.0
// Answers about people as numerics: WHO, WHOIS, WHOWAS, ISON, USERHOST, one's own modes.
#include "base/glob.hpp"
#include "base/text.hpp"
#include "irc/answer_families.hpp"
#include "irc/lines.hpp"
#include "irc/modes.hpp"
#include "irc/particulars.hpp"
#include "irc/rows.hpp"
#include "irc/whox.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace tertulia::irc {
namespace {

using base::text_key;

std::string seconds_of(std::chrono::milliseconds time) {
    return fmt::format("{}", std::chrono::floor<std::chrono::seconds>(time).count());
}

std::string description(const session& of) { return std::string(of.text(text_key::irc_info)); }

std::string shown(base::wall_time time) {
    std::string made;
    wire::append_timestamp(time, made);
    return made;
}

// As 352 has it: room, user, host, server, nickname, flags, hops and real name.
std::string who_row(const chat::who_answer::entry& one, std::string_view server) {
    const chat::card& who = *one.member.who;
    return fmt::format(" {} {} {} {} {} {} :0 {}", one.room ? one.room->name.display : "*",
                       who.user, who.host, server, who.nickname.display, who_flags(one),
                       who.real_name);
}

// Over the nickname, the user, the host and the real name, whatever their case (RFC 2812 3.6.1).
bool fits(std::string_view folded_mask, const chat::card& who) {
    const auto fits_text = [folded_mask](std::string_view text) {
        return base::glob_match(folded_mask, base::fold_mask(text));
    };
    return base::glob_match(folded_mask, who.nickname.key) || fits_text(who.user) ||
           fits_text(who.host) || fits_text(who.real_name);
}

} // namespace

void render(session& to, const chat::who_answer& what) {
    const std::string& server = to.rules().server_name;
    const std::string mask = what.everyone ? what.mask.key : "*";
    const std::string& chosen = what.note;
    std::string start = to.head(chosen.empty() ? numeric::rpl_whoreply : numeric::rpl_whospcrpl);
    std::string end =
        fmt::format("{} {} :{}", to.head(numeric::rpl_endofwho), as_parameter(what.mask.display),
                    to.text(text_key::irc_end_of_who));
    to.list(make_rows([entries = what.entries, mask, start = std::move(start), end = std::move(end),
                       server, chosen, now = to.now().wall,
                       next = std::size_t{0}](std::string& out) mutable {
        if (next > entries.size()) {
            return false;
        }
        const bool last = next == entries.size();
        if (last || mask == "*" || fits(mask, *entries[next].member.who)) {
            line_end ends(out);
            if (last) {
                out += end;
            } else {
                out += start;
                out += chosen.empty() ? who_row(entries[next], server)
                                      : whox_row(entries[next], chosen, server, now);
            }
            ends.close();
        }
        ++next;
        return true;
    }));
}

void render(session& to, const chat::whois_answer& what) {
    if (!what.who) {
        to.reply(numeric::err_nosuchnick, {what.asked.display},
                 to.text(text_key::irc_no_such_nickname));
        return;
    }
    const chat::card& who = *what.who;
    const std::string& nickname = who.nickname.display;
    to.reply(numeric::rpl_whoisuser, {nickname, who.user, who.host, "*"}, who.real_name);
    const std::size_t line_room =
        line_room_after(fmt::format("{} {} :", to.head(numeric::rpl_whoischannels), nickname));
    std::string rooms;
    for (const chat::whois_answer::membership& one : what.rooms) {
        const std::string shown =
            fmt::format("{}{}", role_prefix(one.rank), one.room->name.display);
        if (!rooms.empty() && rooms.size() + 1 + shown.size() > line_room) {
            to.reply(numeric::rpl_whoischannels, {nickname}, rooms);
            rooms.clear();
        }
        rooms += rooms.empty() ? "" : " ";
        rooms += shown;
    }
    if (!rooms.empty()) {
        to.reply(numeric::rpl_whoischannels, {nickname}, rooms);
    }
    to.reply(numeric::rpl_whoisserver, {nickname, to.rules().server_name}, description(to));
    if (what.away) {
        to.reply(numeric::rpl_away, {nickname}, *what.away);
    }
    if (who.is_operator) {
        to.reply(numeric::rpl_whoisoperator, {nickname}, to.text(text_key::irc_whois_operator));
    }
    if (who.registered) {
        to.reply(numeric::rpl_whoisaccount, {nickname, nickname},
                 to.text(text_key::irc_whois_account));
    }
    if (who.bot) {
        to.reply(numeric::rpl_whoisbot, {nickname}, to.text(text_key::irc_whois_bot));
    }
    if (who.secure) {
        to.reply(numeric::rpl_whoissecure, {nickname}, to.text(text_key::irc_secure_connection));
    }
    const bool own = to.self() != nullptr && who.person == to.self()->person;
    if (own && to.rare() != nullptr && !to.rare()->certificate.empty()) {
        to.reply(numeric::rpl_whoiscertfp, {nickname},
                 to.say(text_key::irc_whois_certificate, {to.rare()->certificate}));
    }
    if (!what.address.empty()) {
        to.reply(numeric::rpl_whoishost, {nickname},
                 to.say(text_key::irc_connecting_from, {what.address}));
    }
    constexpr std::chrono::milliseconds no_time{0}; // where the clock was set back
    to.reply(numeric::rpl_whoisidle,
             {nickname, seconds_of(std::max(to.now().wall - what.spoke_at, no_time)),
              seconds_of(who.connected_at.time_since_epoch())},
             to.text(text_key::irc_idle));
}

void render(session& to, const chat::whowas_answer& what) {
    if (what.entries.empty()) {
        to.reply(numeric::err_wasnosuchnick, {what.asked.display},
                 to.text(text_key::irc_was_no_such_nickname));
    }
    for (const chat::whowas_answer::entry& one : what.entries) {
        const chat::card& who = *one.who;
        const std::string& nickname = who.nickname.display;
        to.reply(numeric::rpl_whowasuser, {nickname, who.user, who.host, "*"}, who.real_name);
        to.reply(numeric::rpl_whoisserver, {nickname, to.rules().server_name}, shown(one.left_at));
    }
    to.reply(numeric::rpl_endofwhowas, {what.asked.display}, to.text(text_key::irc_end_of_whowas));
}

// 303 has nicknames; 302 has "nickname=+user@host", with '-' for those who are away. As many as fit
// into the line: half a nickname would be somebody else's.
void render(session& to, const chat::present_answer& what) {
    const numeric number = what.with_hosts ? numeric::rpl_userhost : numeric::rpl_ison;
    const std::size_t room = line_room_after(to.head(number) + " :");
    std::string rows;
    for (const chat::member_view& one : what.present) {
        const chat::card& who = *one.who;
        const std::string row =
            what.with_hosts
                ? fmt::format("{}{}={}{}@{}", who.nickname.display, who.is_operator ? "*" : "",
                              one.away ? '-' : '+', who.user, who.host)
                : who.nickname.display;
        if (rows.size() + 1 + row.size() > room) {
            break;
        }
        rows += rows.empty() ? "" : " ";
        rows += row;
    }
    to.reply(number, {}, rows);
}

void render(session& to, const chat::self_answer& what) {
    std::string letters = "+";
    letters += what.bot ? std::string(1, bot_letter) : "";
    letters += what.invisible ? "i" : "";
    letters += what.held.any() ? "o" : "";
    to.reply(numeric::rpl_umodeis, {letters});
}

} // namespace tertulia::irc
