// SPDX-License-Identifier: Apache-2.0
// A client without a server: a test is what the server says, what the person types, what leaves.
//
//     talk ana;
//     ana.is_welcomed("echo-message labeled-response batch message-tags");
//     ana.types("hola");
//     CHECK(ana.sends() == "@label=1 PRIVMSG #lobby :hola\n");
#pragma once

#include "terminal/client.hpp"
#include "terminal/plain_text.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::tests {

class talk {
public:
    explicit talk(terminal::client_settings with = usual()) : who(std::move(with), in) {
        waits(std::chrono::milliseconds(0));
    }

    static terminal::client_settings usual() {
        terminal::client_settings made;
        made.nickname = "ana";
        made.join = {"#lobby"};
        made.make_nonce = [] { return "nonce"; };
        made.kept_password = [](const std::string&) { return ""; };
        return made;
    }

    void connects() { who.link_up(terminal::protection::certified, "irc.test", 6697); }
    void hears(std::string_view line) {
        who.receive(line);
        gather();
    }
    void types(std::string_view text) {
        who.type(text);
        gather();
    }
    void waits(std::chrono::milliseconds time) {
        now_.wall += time;
        now_.steady += time;
        who.time_is(now_);
        gather();
    }
    void loses_connection() {
        who.link_down();
        gather();
    }

    // To #lobby, with these capabilities, and nothing of it left to read.
    void is_welcomed(const std::string& capabilities = "") {
        connects();
        if (!capabilities.empty()) {
            hears(":irc.test CAP * LS :" + capabilities);
            hears(":irc.test CAP * ACK :" + capabilities);
        }
        hears(":irc.test 001 ana :Welcome");
        hears(":irc.test 005 ana CHANTYPES=# PREFIX=(qaohv)~&@%+ NETWORK=Test :are supported");
        hears(":ana!ana@host JOIN #lobby");
        hears(":irc.test 353 ana = #lobby :@ana +bo");
        hears(":irc.test 366 ana #lobby :End");
        clear();
    }
    void clear() {
        gather();
        sent_.clear();
        shown_.clear();
        others_.clear();
    }

    // Since this was last asked: lines that leave, each with '\n'; what line mode shows.
    std::string sends() {
        gather();
        return std::exchange(sent_, {});
    }
    std::string shows() {
        gather();
        return std::exchange(shown_, {});
    }
    std::vector<terminal::effect> wants() {
        gather();
        return std::exchange(others_, {});
    }
    template <class Kind>
    bool wants_a() {
        for (const terminal::effect& one : wants()) {
            if (std::holds_alternative<Kind>(one)) {
                return true;
            }
        }
        return false;
    }

    static constexpr base::language in = base::language::english;
    terminal::client who;

private:
    void gather() {
        for (terminal::effect& one : who.take_effects()) {
            if (const auto* const line = std::get_if<terminal::send_line>(&one)) {
                sent_ += line->text + "\n";
            } else if (const auto* const seen = std::get_if<terminal::show_entry>(&one)) {
                const std::string text = terminal::plain_line(*seen, in);
                shown_ += text.empty() ? "" : text + "\n";
            } else {
                others_.push_back(std::move(one));
            }
        }
    }

    base::moment now_{base::wall_time(std::chrono::hours(500'000)),
                      base::steady_time(std::chrono::hours(1))};
    std::string sent_;
    std::string shown_;
    std::vector<terminal::effect> others_;
};

inline constexpr const char* modern =
    "batch draft/chathistory echo-message labeled-response message-tags server-time";

} // namespace tertulia::tests
