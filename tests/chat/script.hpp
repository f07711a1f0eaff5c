// SPDX-License-Identifier: Apache-2.0
// Arbitrary entries of every kind, from a seed: few names, so that people meet; two nodes. No two
// throws stand in one unordered expression, so that a seed is the same script for every compiler.
#pragma once

#include "chat/keeping_script.hpp"
#include "chat/mode_script.hpp"
#include "chat/script_order.hpp"
#include "chat/script_people.hpp"
#include "chat/script_server.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tertulia::chat {

inline command any_deed_in_a_room(dice& by) {
    switch (by.below(26)) {
    case 0:
    case 16:
    case 17:
    case 18: return part{by.room(), by.text()};
    case 1: return kick{by.room(), by.nickname(), by.text()};
    case 15: return close_room{by.room(), by.text()};
    case 2:
    case 19:
    case 20:
    case 21:
    case 22:
    case 23:
    case 24:
    case 25: return invite{by.nickname(), by.room()};
    case 3:
    case 4: return set_topic{by.room(), by.text()};
    case 5:
    case 6:
    case 7:
    case 8: return set_room_modes{by.room(), {any_change(by), any_change(by), any_change(by)}};
    default: return join{by.room(), by.heads() ? by.text() : std::string{}};
    }
}

inline command any_deed_of_ones_own(dice& by) {
    switch (by.below(6)) {
    case 1: return set_person_modes{{{person_flag::invisible, by.heads()}}};
    case 2: return set_away{by.heads() ? std::nullopt : std::optional(by.text())};
    case 3: return set_real_name{by.text()};
    case 0: return rename{by.nickname()};
    case 4:
        return by.below(6) == 0 ? command{disconnect{by.text()}} : command{rename{by.nickname()}};
    default: return set_real_name{by.text()};
    }
}

inline command any_deed_of_an_account(dice& by) {
    const std::string secret = by.text();
    switch (by.below(18)) {
    case 16:
    case 17: return set_push{{secret, secret, secret}, by.heads()};
    case 0: return register_account{by.nickname(), {secret, secret}, {}, secret};
    case 1:
    case 2: return register_account{by.nickname(), {secret, secret}};
    case 3:
    case 4:
    case 5:
    case 6: return log_in{by.some_proof()};
    case 7:
    case 8: return change_credentials{by.some_proof(), {secret, secret}};
    case 9: return end_other_sessions{};
    case 10: return kill{by.nickname(), by.text(), authority::own};
    case 11:
    case 12:
    case 13: return end_account{by.some_proof()};
    case 14: return claim_server{};
    default: return disconnect{secret};
    }
}

inline command any_connect(dice& by) {
    connect made{by.nickname(), by.text(), by.text(), "10.0.0." + by.text(), {}, false, 6, {}};
    if (by.below(3) == 0) {
        made.as = by.some_proof();
    }
    return made;
}

inline command any_command(dice& by, base::wall_time now) {
    const auto kind = by.below(67);
    if (kind >= 63) {
        return any_keeping_of_a_room(by);
    }
    if (kind >= 48) {
        return kind >= 56 ? any_deed_of_order(by) : any_word_of_oneself(by, now);
    }
    if (kind >= 40) {
        return any_deed_of_an_account(by);
    }
    switch (kind) {
    case 0: return any_deed_of_the_server(by, now);
    case 15:
    case 16:
    case 17:
    case 18:
    case 19:
    case 20: return any_change_of_words(by);
    case 1:
    case 2:
    case 3:
    case 4:
    case 5: return any_connect(by);
    case 6:
    case 7:
    case 8:
    case 9: return any_deed_of_ones_own(by);
    case 10:
    case 11:
    case 12:
    case 13:
        return speak{by.heads() ? by.room() : by.nickname(), static_cast<message_kind>(by.below(3)),
                     by.text(), by.text(), by.below(4) == 0 ? by.rank() : role::member};
    default: return any_deed_in_a_room(by);
    }
}

using deed = std::pair<session_id, command>;

// A season opens with fresh rooms in which everybody is, and one holds each role that guests can
// have: left to chance alone, rooms lose their operators early and little happens in them.
inline std::vector<deed> opening(base::wall_time now) {
    std::vector<deed> made{{{}, node_gone{0}}, {{}, node_gone{1}}, {{}, sweep{now}}};
    for (unsigned room = 0; room < room_count; ++room) {
        made.push_back({{}, close_room{named("#r" + std::to_string(room)), {}}});
    }
    const session_id first = session_of(0);
    for (unsigned person = 0; person < person_count; ++person) {
        const session_id session = session_of(person);
        const std::string name = "n" + std::to_string(person);
        made.push_back({session, connect{named(name), name, name, name, {}, false, 0, {}}});
        for (unsigned room = 0; room < room_count; ++room) {
            const base::name where = named("#r" + std::to_string(room));
            made.push_back({session, join{where, {}}});
            const auto given = static_cast<role>(person % 4);
            if (given > role::member) {
                made.push_back(
                    {first, set_room_modes{where, {role_change{given, true, named(name)}}}});
            }
        }
    }
    return made;
}

// Gives `each` so many entries after each season's opening, a tenth of a second apart. A heart of
// its own tells the script which accounts there are.
template <class Each>
void play(unsigned seed, int seasons, Each each) {
    constexpr int season_length = 200;
    dice by(seed);
    base::wall_time now;
    std::uint32_t serial = 0;
    heart own{restored{}};
    const auto plays = [&](const deed& next) {
        now += std::chrono::milliseconds{100};
        const entry made{next.first, ++serial, now, next.second};
        std::vector<event> events;
        own.apply(made, events);
        by.learn(events);
        each(made);
    };
    for (int season = 0; season < seasons; ++season) {
        std::ranges::for_each(opening(now), plays);
        for (int i = 0; i < season_length; ++i) {
            const session_id author = by.session();
            plays({author, any_command(by, now)});
            if (by.below(3) == 0) {
                const session_id program = by.session();
                plays({program, any_deed_of_a_program(by)});
            }
        }
    }
}

} // namespace tertulia::chat
