// SPDX-License-Identifier: Apache-2.0
#include "terminal/dialogue.hpp"

#include "base/characters.hpp"
#include "base/text.hpp"
#include "base/trim.hpp"
#include "terminal/client.hpp"
#include "terminal/commands.hpp"
#include "terminal/speaking.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;

constexpr std::string_view blanks = " \t\r\n";

bool is_yes(std::string_view typed) {
    constexpr auto words = std::to_array<std::string_view>({"y", "yes", "s", "si", "sí"});
    return std::ranges::find(words, base::fold_mask(typed)) != words.end();
}

// The connection may have ended while somebody was thinking.
void go_on(client& who) {
    if (who.state.state == connection_state::offline) {
        who.state.state = connection_state::connecting;
        who.effects.emplace_back(connect{});
    } else if (!who.signing_in.account.empty()) {
        begin_login(who);
    } else {
        say_who_we_are(who);
    }
}

void name_given(client& who, std::string_view typed) {
    if (wants_to_leave(typed)) {
        obey(who, typed);
        return;
    }
    const std::string_view name = base::trimmed(typed, blanks);
    if (name.empty() || name.contains(' ')) {
        if (who.settings.interactive) {
            who.inquire(question::nickname);
        } else {
            no_name_left(who);
        }
        return;
    }
    who.state.nickname = name;
    go_on(who);
}

void password_given(client& who, std::string_view typed) {
    registration& in = who.signing_in;
    in.password = crypto::secret_text(std::string(typed));
    in.password_typed = true;
    if (typed.empty()) {
        in.account.clear(); // as a guest, then
        who.note(text_key::chat_as_guest);
        if (!who.online()) {
            who.send("CAP END"); // it was held back for the login
            go_on(who);
        }
        return;
    }
    go_on(who);
}

void entrance_given(client& who, std::string_view typed) {
    who.signing_in.entrance = crypto::secret_text(std::string(typed));
    go_on(who);
}

void new_password_given(client& who, std::string_view typed) {
    registration& in = who.signing_in;
    if (typed.empty()) {
        in.wants_account = false;
        return;
    }
    in.password = crypto::secret_text(std::string(typed));
    who.inquire(question::new_password_again, who.state.asked_about);
}

void new_password_repeated(client& who, std::string_view typed) {
    if (who.signing_in.password.view() != typed) {
        who.warn(text_key::chat_passwords_differ);
        who.inquire(question::new_password, who.state.asked_about);
        return;
    }
    who.signing_in.password_typed = true;
    begin_account(who);
}

void trust_decided(client& who, const std::string& fingerprint, std::string_view typed) {
    if (is_yes(typed)) {
        who.effects.emplace_back(trust_certificate{fingerprint});
    } else {
        who.effects.emplace_back(leave{exit_not_connected});
    }
}

} // namespace

void answer_question(client& who, std::string_view typed) {
    const question asked = std::exchange(who.state.asked, question::none);
    const std::string about = who.state.asked_about;
    switch (asked) {
    case question::none: return;
    case question::nickname: return name_given(who, typed);
    case question::password: return password_given(who, typed);
    case question::entrance: return entrance_given(who, typed);
    case question::new_password: return new_password_given(who, typed);
    case question::new_password_again: return new_password_repeated(who, typed);
    case question::keep_password:
        if (is_yes(base::trimmed(typed, blanks))) {
            who.effects.emplace_back(
                keep_password{about, std::string(who.signing_in.password.view())});
        }
        return;
    case question::trust: return trust_decided(who, about, base::trimmed(typed, blanks));
    case question::send_again:
        return decide_about_unsure(who, is_yes(base::trimmed(typed, blanks)));
    }
}

std::string question_text(const model& of) {
    const auto say = [&](text_key what) { return base::say(of.language, what, {of.asked_about}); };
    switch (of.asked) {
    case question::none: return "";
    case question::nickname: return say(text_key::chat_ask_nickname);
    case question::password: return say(text_key::chat_ask_password);
    case question::entrance: return say(text_key::chat_ask_entrance);
    case question::new_password: return say(text_key::chat_ask_new_password);
    case question::new_password_again: return say(text_key::chat_ask_password_again);
    case question::keep_password: return say(text_key::chat_ask_keep_password);
    case question::trust: return say(text_key::chat_ask_trust);
    case question::send_again: return say(text_key::chat_ask_send_again);
    }
    return "";
}

bool is_secret(question what) {
    return what == question::password || what == question::entrance ||
           what == question::new_password || what == question::new_password_again;
}

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

} // namespace tertulia::terminal
