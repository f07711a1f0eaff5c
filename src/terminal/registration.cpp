// SPDX-License-Identifier: Apache-2.0
#include "terminal/registration.hpp"

#include "base/base64.hpp"
#include "base/password_text.hpp"
#include "base/width.hpp"
#include "terminal/client.hpp"
#include "terminal/dialogue.hpp"
#include "terminal/hearing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;
using wire::irc_line;

constexpr auto wanted = std::to_array<std::string_view>({
    "account-notify",
    "account-tag",
    "away-notify",
    "batch",
    "cap-notify",
    "chghost",
    "draft/account-registration",
    "draft/channel-rename",
    "draft/chathistory",
    "draft/event-playback",
    "draft/message-edit",
    "draft/message-redaction",
    "draft/multiline",
    "draft/read-marker",
    "draft/search",
    "echo-message",
    "extended-join",
    "invite-notify",
    "labeled-response",
    "message-tags",
    "multi-prefix",
    "sasl",
    "server-time",
    "setname",
    "soju.im/search",
    "standard-replies",
    "userhost-in-names",
});

constexpr std::size_t sasl_piece_max = 400; // IRCv3 sasl-3.1

void note_offers(registration& in, std::string_view list) {
    for_each_word(list, [&in](std::string_view word) {
        const std::size_t sign = std::min(word.find('='), word.size());
        in.offered.insert_or_assign(std::string(word.substr(0, sign)),
                                    std::string(word.substr(std::min(sign + 1, word.size()))));
    });
}

// Who logs in says her nickname afterwards: it may be hers alone.
void end_negotiation(client& who) {
    who.send("CAP END");
    say_who_we_are(who);
}

// draft/languages: what the server says itself, in the language of the screen.
void choose_language(client& who) {
    if (who.signing_in.offered.contains("draft/languages")) {
        const bool spanish = who.state.language == base::language::spanish;
        who.send(fmt::format("LANGUAGE {}", spanish ? "es" : "en"));
    }
}

void capabilities_known(client& who) {
    who.signing_in.capabilities_done = true;
    choose_language(who);
    if (!who.signing_in.account.empty()) {
        begin_login(who);
    } else {
        who.send("CAP END");
    }
}

void request(client& who) {
    std::string wish;
    for (const std::string_view one : wanted) {
        if (who.signing_in.offered.contains(one) && !who.state.can(one)) {
            wish += wish.empty() ? "" : " ";
            wish += one;
        }
    }
    if (!wish.empty()) {
        who.send("CAP REQ :" + wish);
    } else if (!who.online()) {
        capabilities_known(who);
    }
}

void acknowledged(client& who, std::string_view list) {
    for_each_word(list, [&who](std::string_view word) {
        if (word.starts_with('-')) {
            who.state.capabilities.erase(std::string(word.substr(1)));
        } else {
            who.state.capabilities.emplace(word);
        }
    });
    if (who.online() || who.signing_in.capabilities_done) {
        return;
    }
    capabilities_known(who);
}

void hear_cap(client& who, const irc_line& line) {
    const auto words = line.parameters();
    if (words.size() < 3) {
        return;
    }
    const std::string_view what = words[1];
    const std::string_view list = words.back();
    registration& in = who.signing_in;
    if (what == "LS" || what == "NEW") {
        if (in.offered.size() < 200) {
            note_offers(in, list);
        }
        const bool more = words.size() > 3 && words[2] == "*";
        if (!more) {
            request(who);
        }
    } else if (what == "ACK") {
        acknowledged(who, list);
    } else if (what == "NAK") {
        acknowledged(who, "");
    } else if (what == "DEL") {
        for_each_word(list, [&](std::string_view word) {
            who.state.capabilities.erase(std::string(word));
            in.offered.erase(std::string(word));
        });
    }
}

void send_sasl(client& who, std::string_view bytes) {
    const std::string text = base::to_base64(bytes);
    for (std::size_t at = 0; at < text.size(); at += sasl_piece_max) {
        who.send("AUTHENTICATE " + text.substr(at, sasl_piece_max));
    }
    if (text.size() % sasl_piece_max == 0) {
        who.send("AUTHENTICATE +");
    }
}

bool offers(const registration& in, std::string_view mechanism) {
    const auto sasl = in.offered.find("sasl");
    if (sasl == in.offered.end()) {
        return false;
    }
    if (sasl->second.empty()) {
        return mechanism == "PLAIN"; // sasl-3.1 names none
    }
    return ("," + sasl->second + ",").contains(fmt::format(",{},", mechanism));
}

void login_failed(client& who, const std::string& sentence) {
    registration& in = who.signing_in;
    in.scram.reset();
    in.mechanism.clear();
    who.effects.emplace_back(forget_password{in.account});
    in.password = crypto::secret_text();
    who.note(who.state.here(), sentence, entry_kind::warning);
    if (!who.settings.interactive) {
        who.effects.emplace_back(leave{exit_not_connected});
        return;
    }
    who.inquire(question::password, in.account);
}

std::string first_message(client& who) {
    registration& in = who.signing_in;
    const std::string typed(in.password.view());
    if (in.mechanism == "PLAIN") {
        std::string message; // RFC 4616
        message.append(in.account).append(1, '\0').append(in.account).append(1, '\0');
        return message.append(typed);
    }
    std::string prepared = base::prepared_password(typed).value_or(typed);
    in.scram.emplace(in.account, crypto::secret_text(std::move(prepared)),
                     who.settings.make_nonce());
    return in.scram->first();
}

// 904 and its kin: account or password are wrong, as the server says it.
void login_refused(client& who, const irc_line& line) {
    std::string sentence = who.say(text_key::chat_login_failed, {who.signing_in.account});
    if (line.parameter_count > 0) {
        sentence += fmt::format(" ({})", line.parameters().back());
    }
    login_failed(who, sentence);
}

// RFC 7677: our proof, then the server's, which is what tells it from one that only says so.
void go_on_with_scram(client& who, std::string_view message) {
    registration& in = who.signing_in;
    if (message.starts_with("e=")) {
        return; // our proof is refused: 904 says so
    }
    if (!in.proven && message.starts_with("v=")) {
        in.proven = in.scram->confirm(message).has_value();
        who.send(in.proven ? "AUTHENTICATE +" : "AUTHENTICATE *");
        if (!in.proven) {
            login_failed(who, who.say(text_key::chat_server_not_proven));
        }
        return;
    }
    if (const auto answer = in.scram->answer(message)) {
        send_sasl(who, *answer);
        return;
    }
    who.send("AUTHENTICATE *");
    login_failed(who, who.say(text_key::chat_login_broken));
}

void hear_authenticate(client& who, const irc_line& line) {
    registration& in = who.signing_in;
    if (line.parameter_count == 0 || in.mechanism.empty()) {
        return;
    }
    const std::string_view piece = line.parameters()[0];
    constexpr std::size_t message_size_max = 8192;
    if (piece != "+" && in.received.size() < message_size_max) {
        in.received += piece;
    }
    if (piece.size() == sasl_piece_max) {
        return;
    }
    const std::string message = base::from_base64(std::exchange(in.received, {})).value_or("");
    if (message.empty()) {
        send_sasl(who, first_message(who));
    } else if (in.scram) {
        go_on_with_scram(who, message);
    }
}

void logged_in(client& who) {
    registration& in = who.signing_in;
    if (in.scram && !in.proven) {
        login_failed(who, who.say(text_key::chat_server_not_proven));
        who.effects.emplace_back(hang_up{});
        return;
    }
    in.scram.reset();
    in.mechanism.clear();
    if (!who.online()) {
        if (who.state.nickname.empty()) {
            who.state.nickname = in.account;
        }
        end_negotiation(who);
    }
    if (in.password_typed && who.settings.interactive) {
        in.password_typed = false;
        who.inquire(question::keep_password, in.account);
    }
}

// 433 and its kin, before the welcome.
void nickname_refused(client& who, const irc_line& line) {
    who.note(who.state.here(), std::string(line.parameters().back()), entry_kind::warning);
    if (who.settings.interactive) {
        who.inquire(question::nickname);
    } else {
        no_name_left(who);
    }
}

// 464, before the welcome. PASS comes first on a connection: the answer opens another one.
void entrance_refused(client& who, const irc_line& line) {
    who.note(who.state.here(), std::string(line.parameters().back()), entry_kind::warning);
    const bool tried = !who.signing_in.entrance.view().empty();
    who.signing_in.entrance = crypto::secret_text();
    if (tried && !who.settings.interactive) {
        who.effects.emplace_back(leave{exit_not_connected});
        return;
    }
    who.inquire(question::entrance);
    who.effects.emplace_back(hang_up{});
}

void account_made(client& who, const irc_line& line) {
    registration& in = who.signing_in;
    who.note(who.state.here(), std::string(line.parameters().back()));
    in.wants_account = false;
    if (in.password_typed && who.settings.interactive) {
        in.password_typed = false;
        who.inquire(question::keep_password, in.account);
    }
}

} // namespace

void begin_registration(client& who) {
    registration& in = who.signing_in;
    in.offered.clear();
    in.capabilities_done = false;
    in.saying_who = false;
    in.mechanism.clear();
    who.state.capabilities.clear();
    if (!in.entrance.view().empty()) {
        who.send(fmt::format("PASS :{}", in.entrance.view()));
    }
    who.send("CAP LS 302");
    if (in.account.empty()) {
        say_who_we_are(who);
    }
}

void say_who_we_are(client& who) {
    registration& in = who.signing_in;
    if (who.online()) {
        return;
    }
    if (who.state.nickname.empty() && in.account.empty()) {
        who.inquire(question::nickname);
        return;
    }
    const std::string name = who.state.nickname.empty() ? in.account : who.state.nickname;
    who.state.nickname = name;
    who.send("NICK " + name);
    if (!std::exchange(in.saying_who, true)) {
        who.send(fmt::format("USER {} 0 * :{}", "tertulia", name));
    }
}

void begin_login(client& who) {
    registration& in = who.signing_in;
    if (!who.online() && !in.capabilities_done) {
        return; // it goes on once they are known
    }
    if (!who.state.can("sasl")) {
        who.warn(text_key::chat_no_accounts);
        in.account.clear();
        end_negotiation(who);
        return;
    }
    const bool safe = who.state.shielded != protection::none || is_loopback(who.state.host);
    const bool scram = offers(in, "SCRAM-SHA-256");
    if (!scram && !(safe && offers(in, "PLAIN"))) {
        who.warn(text_key::chat_no_safe_login);
        in.account.clear();
        end_negotiation(who);
        return;
    }
    if (in.password.view().empty()) {
        in.password = crypto::secret_text(who.settings.kept_password(in.account));
    }
    if (in.password.view().empty()) {
        who.inquire(question::password, in.account);
        return;
    }
    in.mechanism = scram ? "SCRAM-SHA-256" : "PLAIN";
    in.proven = false;
    in.received.clear();
    who.send("AUTHENTICATE " + in.mechanism);
}

void begin_account(client& who) {
    registration& in = who.signing_in;
    who.send(fmt::format("REGISTER {} * :{}", in.account, in.password.view()));
}

// A script's next line is not meant as a name.
void no_name_left(client& who) {
    who.warn(text_key::chat_name_needed);
    who.effects.emplace_back(leave{exit_not_connected});
}

bool hear_registration(client& who, const irc_line& line) {
    const std::string_view verb = line.verb;
    if (verb == "CAP") {
        hear_cap(who, line);
    } else if (verb == "AUTHENTICATE") {
        hear_authenticate(who, line);
    } else if (verb == "903") {
        logged_in(who);
    } else if (verb == "900" && line.parameter_count > 2) {
        who.state.account = base::harmless(line.parameters()[2]);
    } else if (verb == "901") {
        who.state.account.clear();
    } else if (verb == "902" || verb == "904" || verb == "905") {
        if (!who.signing_in.mechanism.empty()) {
            login_refused(who, line);
        }
    } else if (verb == "REGISTER" && line.parameter_count > 1) {
        account_made(who, line);
    } else if (verb == "421" && !who.online() && !who.signing_in.account.empty()) {
        who.warn(text_key::chat_no_accounts); // it does not even know CAP
        who.signing_in.account.clear();
        say_who_we_are(who);
    } else if (!who.online() && line.parameter_count > 0 && verb == "464") {
        entrance_refused(who, line);
    } else if (!who.online() && line.parameter_count > 0 &&
               (verb == "431" || verb == "432" || verb == "433" || verb == "436" || verb == "437" ||
                verb == "465")) {
        nickname_refused(who, line);
    } else {
        return verb == "906" || verb == "907" || verb == "908";
    }
    return true;
}

} // namespace tertulia::terminal
