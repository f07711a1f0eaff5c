// SPDX-License-Identifier: Apache-2.0
// IRC clients with one heart and hub between them. The input is a script: its first byte chooses
// the scene, and then each line is a step of the play (both below). Whatever was sent, each client
// heard what it can rely on (onlooker.hpp), and whom it takes to be in its rooms are those who are.
#include "base/assert.hpp"
#include "base/text.hpp"
#include "irc/conversation.hpp"
#include "onlooker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

using namespace tertulia;

namespace {

constexpr std::size_t clients_max = 6;
constexpr int seconds_max = 999;

// What has happened before the script begins.
struct scene {
    char letter;
    std::string_view first;
    std::string_view then = "";
};
constexpr std::string_view people =
    "1CAP REQ :message-tags server-time batch echo-message labeled-response standard-replies "
    "away-notify extended-join setname invite-notify draft/chathistory multi-prefix\n"
    "1CAP END\n1NICK ana\n1USER ana 0 * :Ana\n"
    "2NICK luis\n2USER luis 0 * :Luis\n"
    "3CAP REQ :batch server-time message-tags labeled-response userhost-in-names\n3CAP END\n"
    "3NICK eva\n3USER eva 0 * :Eva\n";
constexpr std::string_view room =
    "1JOIN #a\n2JOIN #a\n1MODE #a +vbl luis x!*@* 9\n1TOPIC #a :t\n1INVITE eva #a\n"
    "1PRIVMSG #a,luis :hola\n";
constexpr std::array scenes{
    scene{'p', people}, scene{'r', people, room}, scene{'t', people}, // lines have to be paid for
    scene{'k', "1PASS cave\n1NICK ana\n1USER a 0 * :b\n"},            // only with a password
};

// The settings of a scene, and what they become.
irc::settings settings_of(char letter) {
    irc::settings rules = tests::conversation::quiet();
    rules.history_on_join = 5;
    rules.password = letter == 'k' ? "cave" : "";
    rules.rate_limited = letter == 't';
    rules.burst = 4;
    return rules;
}

irc::settings replaced(irc::settings rules) {
    rules.language = base::language::spanish;
    rules.message_of_the_day = {"hola"};
    rules.history_on_join = 0;
    return rules;
}

// What a conversation holds is made up: messages of every kind, as many as asked for.
session::read_answer made_up_page(const session::history_query& what, base::wall_time now) {
    constexpr std::array<std::string_view, 4> texts{"hola",
                                                    "\x01"
                                                    "ACTION baila\x01",
                                                    "\x01VERSION\x01", ""};
    session::history_page page;
    for (std::uint32_t at = 0; at < std::min(what.limit, 6U); ++at) {
        session::stored_message said{};
        said.number = {at + 1};
        said.time = now - std::chrono::hours(20 - at * 4);
        said.kind = session::stored_kind(at % 12);
        said.nickname = "pia";
        said.user = "~pia";
        said.host = "example.org";
        said.to = at % 2 == 0 ? "" : "eva";
        said.text = at == 5 ? std::string(500, 'a') : texts[at % texts.size()];
        said.tags = at % 2 == 0 ? "+draft/react=x" : "";
        page.messages.push_back(std::move(said));
    }
    return page;
}

session::read_answer made_up(const session::read_query& what, base::wall_time now) {
    if (const auto* const history = std::get_if<session::history_query>(&what)) {
        return made_up_page(*history, now);
    }
    if (const auto* const search = std::get_if<session::search_query>(&what)) {
        session::read_answer pages = made_up_page({.limit = search->limit}, now);
        session::search_page hits;
        for (session::stored_message& one : std::get<session::history_page>(pages).messages) {
            if (one.kind < session::stored_kind::tags) {
                hits.hits.push_back({search->conversations.front(), std::move(one)});
            }
        }
        return hits;
    }
    if (const auto* const about = std::get_if<session::message_query>(&what)) {
        return session::message_answer{{{about->conversation, about->number, {2}}}};
    }
    session::activity_page page;
    for (const chat::conversation_id one : std::get<session::activity_query>(what).conversations) {
        page.entries.push_back({one, now});
    }
    return page;
}

class play {
public:
    explicit play(char letter) : rules_(settings_of(letter)), server_(rules_) {
        reads_succeed(true);
        for (int number = 0; number < 3; ++number) {
            clients_.push_back(&server_.arrives());
        }
        const auto* const wanted = std::ranges::find(scenes, letter, &scene::letter);
        if (wanted != scenes.end()) {
            run(wanted->first);
            run(wanted->then);
        }
    }

    void run(std::string_view script) {
        while (!script.empty()) {
            const std::string_view line = script.substr(0, script.find('\n'));
            script.remove_prefix(std::min(line.size() + 1, script.size()));
            if (!line.empty()) {
                step(line.front(), line.substr(1));
            }
        }
    }

    // All that is under way comes to its end; then each client's view is held against the truth.
    void end() {
        go_on();
        server_.replaces_settings(tests::conversation::quiet());
        for (tests::client* const one : clients_) {
            one->sends_bytes("\r\n");
        }
        std::vector<fuzz::onlooker> onlookers(clients_.size());
        for (std::size_t at = 0; at < clients_.size(); ++at) {
            onlookers[at].hears(clients_[at]->hears_exactly());
        }
        for (std::size_t at = 0; at < clients_.size(); ++at) {
            if (onlookers[at].registered() && !clients_[at]->closed()) {
                check_view(*clients_[at], onlookers[at]);
            }
        }
    }

private:
    // 1 to 6  that client's bytes, with the line break, or without it and the '\' before it;
    //         "{7}" in them is the msgid of message 7, which nobody could invent
    // +       one more client arrives               w30   so many seconds pass
    // h, r    the core, the reader of history hold   g     all goes on, and well
    // d, b    the disk is full, the core is busy     x     reads fail
    // e       empty rooms are swept away             l     #lobby is kept
    // s       the settings are replaced              f     the server stops
    void step(char what, std::string_view rest) {
        switch (what) {
        case '+': arrive(); return;
        case 'w': wait(rest); return;
        case 'h': server_.core_holds(); return;
        case 'r': server_.reader_holds(); return;
        case 'g': go_on(); return;
        case 'd': server_.core_refuses(chat::reason::no_space); return;
        case 'b': server_.core_refuses(chat::reason::busy); return;
        case 'x': reads_succeed(false); return;
        case 'e': server_.server_does(chat::sweep{server_.wall()}); return;
        case 'l': server_.server_does(chat::keep_room{*base::make_room_name("#lobby")}); return;
        case 's': server_.replaces_settings(replaced(rules_)); return;
        case 'f': server_.says_farewell("adios"); return;
        default: send(what, rest);
        }
    }

    void arrive() {
        if (clients_.size() < clients_max) {
            clients_.push_back(&server_.arrives());
        }
    }

    void wait(std::string_view typed) {
        int seconds = 1;
        std::from_chars(typed.data(), typed.data() + typed.size(), seconds);
        server_.waits(std::chrono::seconds(std::clamp(seconds, 0, seconds_max)));
    }

    void go_on() {
        server_.core_refuses(std::nullopt);
        reads_succeed(true);
        server_.core_goes_on();
        server_.reader_goes_on();
    }

    void reads_succeed(bool yes) {
        server_.reader = [this, yes](const session::read_query& what) {
            return yes ? made_up(what, server_.wall()) : session::read_failed{};
        };
    }

    void send(char to, std::string_view text) {
        const auto index = static_cast<std::size_t>(to - '1');
        if (to < '1' || index >= clients_.size()) {
            return;
        }
        const bool whole = !text.ends_with('\\');
        std::string bytes = with_msgids(text.substr(0, text.size() - (whole ? 0 : 1)));
        clients_[index]->sends_bytes(bytes + (whole ? "\n" : ""));
    }

    [[nodiscard]] std::string with_msgids(std::string_view text) const {
        std::string made;
        while (!text.empty()) {
            const bool named = text.size() > 2 && text[0] == '{' && text[2] == '}';
            made += named ? server_.msgid(static_cast<std::uint64_t>(text[1] - '0') & 0xFFU)
                          : std::string(text.substr(0, 1));
            text.remove_prefix(named ? 3 : 1);
        }
        return made;
    }

    static void check_view(tests::client& of, fuzz::onlooker& by) {
        const auto rooms = by.rooms();
        for (const auto& [name, members] : rooms) {
            by.forget_names();
            of.sends("NAMES " + name);
            by.hears(of.hears_exactly());
            ASSERT(by.names(name) == members);
        }
    }

    irc::settings rules_;
    tests::conversation server_;
    std::vector<tests::client*> clients_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (input.empty()) {
        return 0;
    }
    play scene(input.front());
    scene.run(input.substr(1));
    scene.end();
    return 0;
}
