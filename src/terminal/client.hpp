// SPDX-License-Identifier: Apache-2.0
// The client without a screen or socket: lines of the server, words of the person and time go in,
// effects come out, and `state` is what there is to see. Everything here is a function of what came
// in. The families of verbs (hearing*.cpp), commands (commands*.cpp) and questions (dialogue.cpp)
// work on this struct.
//
//     client ana(settings, base::language::english);
//     ana.link_up(protection::none);
//     ana.receive(":irc.test 001 ana :Welcome");
//     ana.type("hola");
//     for (const effect& one : ana.take_effects()) { … }
#pragma once

#include "base/catalogue.hpp"
#include "base/time.hpp"
#include "terminal/effect.hpp"
#include "terminal/model.hpp"
#include "terminal/registration.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::terminal {

struct client_settings {
    std::string nickname; // empty: asked for
    std::string account;  // empty: a guest
    std::vector<std::string> join;
    std::size_t history = 50; // entries fetched of a room that is entered; 0: none
    bool interactive = true;  // somebody is there to be asked again
    bool reconnects = true;   // else a broken connection is the end
    std::function<std::string()> make_nonce;
    std::function<std::string(const std::string& account)> kept_password; // "": none
};

// A group of lines that belong together (IRCv3 batch).
struct batch {
    std::string type;
    std::string target;
    std::string parent;
    std::string label;
    std::vector<entry> entries;
    std::size_t seen = 0;   // lines of it, also those that nothing was made of
    std::string first_id;   // of these lines
    std::string last_id;    //
    bool has_lines = false; // draft/multiline: its one entry is the whole message
};

struct client {
    client(client_settings with, base::language in);

    void link_up(protection how, const std::string& host, std::uint16_t port);
    void link_down();
    void receive(std::string_view line);
    void type(std::string_view text);
    void certificate_doubted(const std::string& fingerprint);
    // Time passes; also sets the clock for what comes next.
    void time_is(base::moment now);
    [[nodiscard]] std::vector<effect> take_effects();

    model state;
    client_settings settings;
    registration signing_in;
    base::moment now{};
    std::vector<effect> effects;
    std::map<std::string, batch, std::less<>> batches;
    std::uint32_t last_label = 0;
    bool greeted = false; // the dialogue of the first connection has been said
    bool leaving = false;
    bool misunderstood = false;        // a command that is none was typed
    std::uint32_t asked_label = 0;     // the PING under way asks whether this one has arrived
    std::uint32_t confirmed_label = 0; // it has, and those before
    int attempts = 0;
    bool being_greeted = false; // from the welcome to the end of the message of the day
    std::size_t listed = 0;     // rows of the list that the server is telling
    base::wall_time lost_at{};  // what was said since is fetched when we are back
    base::steady_time heard_at{};
    base::steady_time asked_for_life{};

    // For the families.
    void send(std::string line);
    void show(room& where, entry what);
    void note(room& where, std::string text, entry_kind kind = entry_kind::note);
    void note(base::text_key what, std::initializer_list<std::string_view> values = {});
    void warn(base::text_key what, std::initializer_list<std::string_view> values = {});
    void inquire(question what, std::string about = "");
    [[nodiscard]] std::string say(base::text_key what,
                                  std::initializer_list<std::string_view> values = {}) const;
    // The end has been asked for, in whatever way.
    [[nodiscard]] bool is_over() const;
    [[nodiscard]] bool online() const { return state.state == connection_state::online; }
};

} // namespace tertulia::terminal
