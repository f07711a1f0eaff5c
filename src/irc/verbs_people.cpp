// SPDX-License-Identifier: Apache-2.0
// WHO WHOIS WHOWAS AWAY USERHOST ISON SETNAME (RFC 2812 3.6, 4; IRCv3 setname).
#include "irc/answers.hpp"
#include "irc/greeting.hpp"
#include "irc/keeping.hpp"
#include "irc/services.hpp"
#include "irc/whox.hpp"
#include "irc/words.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace tertulia::irc {
namespace {

using base::text_key;
using wire::irc_line;
namespace limits = base::limits;

constexpr std::size_t userhost_max = 5; // RFC 2812 4.8

void who(session& by, const irc_line& line) {
    const std::string_view typed = line.parameter_count > 0 ? line.parameter[0] : "*";
    const bool operators_only = line.parameter[1] == "o"; // of the server, and it has none
    if (operators_only) {
        by.reply(numeric::rpl_endofwho, {typed}, by.text(text_key::irc_end_of_who));
        return;
    }
    const std::string_view mask = typed.empty() || typed == "0" ? "*" : typed;
    by.submit(
        chat::question{chat::ask_who{base::name{std::string(typed), base::fold_mask(mask), 0, true},
                                     whox_fields(line.parameter[1]).value_or("")}});
}

// NickServ and ChanServ are nobody, but they answer.
bool whois_service(session& by, std::string_view name) {
    const bool nickserv = is_service(by, name);
    if (!nickserv && !is_chanserv(by, name)) {
        return false;
    }
    const std::string_view who = nickserv ? service_name : chanserv_name;
    const std::string& server = by.rules().server_name;
    by.reply(numeric::rpl_whoisuser, {who, who, server, "*"},
             by.text(nickserv ? text_key::nickserv_what : text_key::chanserv_what));
    by.reply(numeric::rpl_whoisserver, {who, server}, by.rules().network_name);
    return true;
}

// With two parameters the first names a server, and there is but this one. The end, one for all,
// shows the list as it was typed (Modern IRC, RPL_ENDOFWHOIS).
void whois(session& by, const irc_line& line) {
    const std::string_view typed = line.parameter[line.parameter_count > 1 ? 1 : 0];
    const auto nicknames = split_list(typed);
    if (nicknames.empty()) {
        by.reply(numeric::err_nonicknamegiven, {}, by.text(text_key::irc_no_nickname_given));
        return;
    }
    for (const std::string_view one : nicknames) {
        if (!whois_service(by, one)) {
            by.submit(chat::question{chat::ask_whois{name_to_find(one)}});
        }
    }
    by.reply(numeric::rpl_endofwhois, {typed}, by.text(text_key::irc_end_of_whois));
}

void whowas(session& by, const irc_line& line) {
    const auto nicknames = split_list(line.parameter[0]);
    if (nicknames.empty()) {
        by.reply(numeric::err_nonicknamegiven, {}, by.text(text_key::irc_no_nickname_given));
        return;
    }
    std::uint32_t count = 0;
    if (line.parameter_count > 1) {
        const std::string_view typed = line.parameter[1];
        std::from_chars(typed.data(), typed.data() + typed.size(), count); // else: all of them
    }
    for (const std::string_view one : nicknames) {
        by.submit(chat::question{chat::ask_whowas{name_to_find(one), count}});
    }
}

// Before the registration is complete, for those who negotiated draft/pre-away.
void pre_away(session& by, std::optional<std::string> text) {
    if (!by.capabilities().has(capability::pre_away)) {
        by.reply(numeric::err_notregistered, {}, by.text(text_key::irc_not_registered));
        return;
    }
    if (text) {
        by.reply(numeric::rpl_nowaway, {}, by.text(text_key::irc_now_away));
    } else {
        by.reply(numeric::rpl_unaway, {}, by.text(text_key::irc_no_longer_away));
    }
    by.before_registration()->away = std::move(text);
}

void away(session& by, const irc_line& line) {
    std::string typed = parameter_or_empty(line, 0, limits::away_size_max);
    auto text = typed.empty() ? std::nullopt : std::optional(std::move(typed));
    if (by.registered()) {
        by.submit(chat::command{chat::set_away{std::move(text)}});
    } else {
        pre_away(by, std::move(text));
    }
}

void userhost(session& by, const irc_line& line) {
    chat::ask_present wish;
    wish.with_hosts = true;
    for (const std::string_view one :
         line.parameters().first(std::min(line.parameter_count, userhost_max))) {
        wish.nicknames.push_back(name_to_find(one));
    }
    by.submit(chat::question{std::move(wish)});
}

// Each parameter may hold several nicknames, since some clients send them as one text.
void ison(session& by, const irc_line& line) {
    chat::ask_present wish;
    for (std::string_view rest : line.parameters()) {
        while (!rest.empty()) {
            const std::string_view one = rest.substr(0, rest.find(' '));
            rest.remove_prefix(std::min(rest.size(), one.size() + 1));
            if (!one.empty()) {
                wish.nicknames.push_back(name_to_find(one));
            }
        }
    }
    by.submit(chat::question{std::move(wish)});
}

void setname(session& by, const irc_line& line) {
    const std::string_view typed = line.parameter[0];
    if (typed.empty() || typed.size() > limits::real_name_size_max) {
        by.fail("SETNAME", "INVALID_REALNAME", {}, by.text(text_key::irc_bad_real_name));
        return;
    }
    by.submit(chat::command{chat::set_real_name{std::string(typed)}});
}

constexpr std::array verbs{
    verb{"WHO", 0, phase::after, who},           verb{"WHOIS", 0, phase::after, whois},
    verb{"WHOWAS", 0, phase::after, whowas},     verb{"AWAY", 0, phase::both, away},
    verb{"USERHOST", 1, phase::after, userhost}, verb{"ISON", 1, phase::after, ison},
    verb{"SETNAME", 1, phase::after, setname},
};

} // namespace

std::span<const verb> people_verbs() { return verbs; }

} // namespace tertulia::irc
