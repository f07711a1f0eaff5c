// SPDX-License-Identifier: Apache-2.0
// /msg NickServ GHOST|RECOVER|REGAIN|RELEASE and INFO|STATUS|ACC, as people know them from other
// networks. A name is nobody's to take back here: who proves that she is the account has it, on as
// many devices as she likes.
#include "base/text.hpp"
#include "irc/nickserv.hpp"
#include "irc/services.hpp"
#include "irc/words.hpp"
#include "wire/timestamp.hpp"

#include <fmt/format.h>

#include <string>

namespace tertulia::irc {
namespace {

using base::text_key;

void say(session& by, text_key what) { notice_from(by, service_name, by.text(what)); }

bool is_own_name(const session& by, std::string_view name) {
    return by.self()->registered && base::fold(name) == by.self()->nickname.key;
}

void ask_about(session& by, std::string_view name, std::string_view verb) {
    const std::string_view whom = name.empty() ? by.nickname() : split_first(name).first;
    by.submit_as(chat::question{chat::ask_whois{name_to_find(whom)}}, verb);
}

// As programs read it on other networks.
int level_of(const chat::whois_answer& what) {
    constexpr int here = 1;
    constexpr int logged_in = 3;
    return !what.who ? 0 : what.who->registered ? logged_in : here;
}

void say_info(session& to, const chat::whois_answer& what) {
    const std::string& name = what.who ? what.who->nickname.display : what.asked.display;
    const std::string here = what.who ? wire::timestamp(what.who->connected_at) : std::string();
    const std::string account = what.account_since ? wire::timestamp(*what.account_since) : "";
    std::string said;
    if (!what.who) {
        said = what.account_since ? to.say(text_key::nickserv_account_away, {name, account})
                                  : to.say(text_key::nickserv_not_here, {name});
    } else {
        said = what.account_since ? to.say(text_key::nickserv_account_here, {name, account, here})
                                  : to.say(text_key::nickserv_guest_here, {name, here});
    }
    notice_from(to, service_name, said);
}

} // namespace

// The sessions that she left behind are what keeps a name from somebody elsewhere.
void do_ghost(session& by, std::string_view parameters) {
    if (is_own_name(by, split_first(parameters).first)) {
        by.submit_as(chat::end_other_sessions{}, face::nickserv_logout);
        say(by, text_key::nickserv_others_out);
    } else {
        do_regain(by, parameters);
    }
}

// With a password it is what IDENTIFY does.
void do_regain(session& by, std::string_view parameters) {
    const split two = split_first(parameters);
    if (two.first.empty()) {
        say(by, text_key::nickserv_regain_usage);
    } else if (is_own_name(by, two.first)) {
        notice_from(by, service_name, by.say(text_key::nickserv_name_yours, {by.nickname()}));
    } else if (two.rest.empty()) {
        notice_from(by, service_name, by.say(text_key::nickserv_regain_how, {two.first}));
    } else {
        identify(by, two.first, two.rest);
    }
}

void do_info(session& by, std::string_view name) { ask_about(by, name, face::nickserv_info); }
void do_status(session& by, std::string_view name) { ask_about(by, name, face::nickserv_status); }
void do_acc(session& by, std::string_view name) { ask_about(by, name, face::nickserv_acc); }

bool say_about_person(session& to, const chat::whois_answer& what, std::string_view verb) {
    const std::string_view name = what.asked.display;
    if (verb == face::nickserv_info) {
        say_info(to, what);
    } else if (verb == face::nickserv_status) {
        notice_from(to, service_name, fmt::format("STATUS {} {}", name, level_of(what)));
    } else if (verb == face::nickserv_acc) {
        notice_from(to, service_name, fmt::format("{} ACC {}", name, level_of(what)));
    } else {
        return false;
    }
    return true;
}

} // namespace tertulia::irc
