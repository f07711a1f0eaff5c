// SPDX-License-Identifier: Apache-2.0
// The one door for what is typed, and the commands that are about the program itself.
#include "terminal/commands.hpp"

#include "base/text.hpp"
#include "terminal/client.hpp"
#include "terminal/limits.hpp"
#include "terminal/speaking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;

struct alias {
    std::string_view shorter;
    std::string_view name;
};
constexpr auto aliases = std::to_array<alias>({
    {"exit", "quit"},
    {"j", "join"},
    {"leave", "part"},
    {"n", "names"},
    {"q", "query"},
    {"w", "whois"},
    {"h", "help"},
    {"raw", "quote"},
    {"redact", "delete"},
    {"bye", "quit"},
});

// The old clients' words, as they are documented in docs/classic.
struct classic_word {
    std::string_view word;
    std::string_view command;
};
constexpr auto classic_words = std::to_array<classic_word>({
    {"#cR", "join"},
    {"#gR", "join"},
    {"#eR", "part"},
    {"#lR", "list"},
    {"#show users", "names"},
    {"#/private", "msg"},
    {"#exit", "quit"},
    {"\\exit", "quit"},
    {"FIN", "quit"},
});

const command_row* find_command(std::string_view name) {
    const auto* const shorter = std::ranges::find(aliases, name, &alias::shorter);
    const std::string_view wanted = shorter == aliases.end() ? name : shorter->name;
    for (const auto rows : {room_commands(), talk_commands(), other_commands()}) {
        const auto found = std::ranges::find(rows, wanted, &command_row::name);
        if (found != rows.end()) {
            return &*found;
        }
    }
    return nullptr;
}

// A word of the old clients alone, or with what follows it.
const classic_word* find_classic(std::string_view typed) {
    const auto* const found = std::ranges::find_if(classic_words, [&](const classic_word& one) {
        const bool alone = one.command == "quit" || one.command == "list" || one.command == "names";
        return typed == one.word ||
               (!alone && typed.starts_with(one.word) && typed[one.word.size()] == ' ');
    });
    return found == classic_words.end() ? nullptr : found;
}

void help(client& who, std::string_view rest) {
    std::string_view wanted = take_word(rest);
    if (wanted.starts_with('/')) {
        wanted.remove_prefix(1);
    }
    if (const command_row* const one = wanted.empty() ? nullptr : find_command(wanted)) {
        who.note(one->purpose);
        return;
    }
    for (const command_row& row : all_commands()) {
        who.note(row.purpose);
    }
    who.note(text_key::chat_help_classic);
    who.note(text_key::chat_help_keys);
}

void quit(client& who, std::string_view reason) {
    if (std::exchange(who.leaving, true)) {
        who.effects.emplace_back(leave{.exit_status = 0, .at_once = true});
        return;
    }
    who.asked_label = 0;
    ask_to_confirm(who); // the server says goodbye after that
    who.send(fmt::format("QUIT :{}", reason));
    who.effects.emplace_back(leave{});
}

void quote(client& who, std::string_view rest) { who.send(std::string(rest)); }

void log_in(client& who, std::string_view rest) {
    const std::string_view name = take_word(rest);
    if (name.empty()) {
        who.note(text_key::chat_help_login);
        return;
    }
    who.signing_in.account = name;
    who.signing_in.password = crypto::secret_text();
    if (who.state.nickname.empty()) {
        who.state.nickname = name;
    }
    if (who.state.state == connection_state::offline) {
        who.inquire(question::password, std::string(name));
        return;
    }
    begin_login(who);
}

void register_account(client& who, std::string_view rest) {
    const std::string_view name = take_word(rest);
    if (!who.online() || !who.state.can("draft/account-registration")) {
        who.warn(text_key::chat_no_accounts);
        return;
    }
    who.signing_in.account = name.empty() ? std::string_view(who.state.nickname) : name;
    who.signing_in.wants_account = true;
    who.inquire(question::new_password, who.signing_in.account);
}

// A word of Tertulia's own (docs/protocol/irc.md); the server says that it keeps it.
void take_code(client& who, std::string_view rest) {
    if (rest.empty()) {
        who.note(text_key::chat_help_code);
        return;
    }
    who.send(fmt::format("CODE :{}", rest));
}

void forget(client& who, std::string_view /*rest*/) {
    who.effects.emplace_back(forget_password{who.signing_in.account});
    who.note(text_key::chat_password_forgotten);
}

constexpr auto rows = std::to_array<command_row>({
    {"register", text_key::chat_help_register, register_account},
    {"code", text_key::chat_help_code, take_code},
    {"login", text_key::chat_help_login, log_in},
    {"forget", text_key::chat_help_forget, forget},
    {"quote", text_key::chat_help_quote, quote},
    {"help", text_key::chat_help_help, help},
    {"quit", text_key::chat_help_quit, quit},
});

void run_command(client& who, std::string_view name, std::string_view rest) {
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
    });
    if (const command_row* const row = find_command(lower)) {
        row->run(who, rest);
    } else {
        who.warn(text_key::chat_unknown_command, {name});
        who.misunderstood = true;
    }
}

// "/usr/bin/foo: not found" is no command that somebody mistyped.
bool is_path(std::string_view typed) {
    const std::string_view word = typed.substr(0, typed.find_first_of(" \n"));
    return word.starts_with('/') && word.substr(1).contains('/');
}

} // namespace

void obey(client& who, std::string_view typed) {
    typed = base::truncate_utf8(typed, typed_size_max);
    if (const classic_word* const word = find_classic(typed)) {
        std::string_view rest = typed.substr(word->word.size());
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        std::string whole(rest);
        if (word->command == "join" && !whole.empty() && !who.state.is_channel(whole)) {
            whole.insert(0, "#");
        }
        run_command(who, word->command, whole);
        return;
    }
    if (typed.starts_with("//")) {
        typed.remove_prefix(1);
    } else if (typed.starts_with('/') && !is_path(typed)) {
        typed.remove_prefix(1);
        const std::string_view name = take_word(typed);
        run_command(who, name, typed);
        return;
    }
    if (typed.empty()) {
        return;
    }
    room& here = who.state.here();
    const bool outside = here.kind == room_kind::channel && !here.inside && who.online();
    if (here.kind == room_kind::server || (outside && !here.wanted)) {
        who.warn(text_key::chat_no_room_here);
        return;
    }
    speak(who, here, typed);
}

bool wants_to_leave(std::string_view typed) {
    const classic_word* const word = find_classic(typed);
    return (word != nullptr && word->command == "quit") || typed == "/quit" || typed == "/exit";
}

std::span<const command_row> other_commands() { return rows; }

std::vector<command_row> all_commands() {
    std::vector<command_row> all;
    for (const auto family : {talk_commands(), room_commands(), other_commands()}) {
        all.insert(all.end(), family.begin(), family.end());
    }
    return all;
}

std::string_view take_word(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const std::string_view word = rest.substr(0, rest.find_first_of(" \n"));
    rest.remove_prefix(word.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    return word;
}

} // namespace tertulia::terminal
