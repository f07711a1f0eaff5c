// SPDX-License-Identifier: Apache-2.0
// Arbitrary entries of every kind, from a seed: few names, so that people meet; two nodes.
#pragma once

#include "chat/world.hpp"

#include <random>
#include <string>

namespace tertulia::chat {

class dice {
public:
    explicit dice(unsigned seed) : chance_(seed) {}

    unsigned below(unsigned limit) { return static_cast<unsigned>(chance_()) % limit; }
    bool heads() { return below(2) == 0; }
    role rank() { return static_cast<role>(below(6)); }
    std::string text() { return std::to_string(below(4)); }

    base::name room() { return named((heads() ? "#r" : "#R") + std::to_string(below(6))); }
    // One in eight looks like the Latin name of the same number.
    base::name nickname() {
        const std::string number = std::to_string(below(12));
        const base::name latin = named((heads() ? "n" : "N") + number);
        const base::name alike{"\u0578" + number, "\u0578" + number, latin.skeleton, false};
        return below(8) == 0 ? alike : latin;
    }
    session_id session() { return {static_cast<std::uint16_t>(below(2)), 1, below(10) + 1}; }

private:
    std::mt19937 chance_;
};

inline mode_change any_change(dice& by) {
    const std::string mask = (by.heads() ? "n" : "*") + by.text() + "!*@*";
    switch (by.below(6)) {
    case 0: return flag_change{static_cast<room_flag>(by.below(room_flag_count)), by.heads()};
    case 1: return password_change{by.heads() ? by.text() : std::string{}};
    case 2: return capacity_change{by.below(4) * 3};
    case 3:
        return mask_change{
            static_cast<room_list>(by.below(room_list_count)), by.heads(), {mask, mask, {}, {}}};
    default: return role_change{static_cast<role>(1 + by.below(5)), by.heads(), by.nickname()};
    }
}

inline command any_command(dice& by, base::wall_time now) {
    switch (by.below(24)) {
    case 0:
    case 1:
    case 2: return connect{by.nickname(), by.text(), by.text(), by.text(), {}, {}, false, 6};
    case 3: return disconnect{by.text()};
    case 4: return rename{by.nickname()};
    case 5:
    case 6:
    case 7:
    case 8: return join{by.room(), by.heads() ? by.text() : std::string{}};
    case 9: return part{by.room(), by.text()};
    case 10: return kick{by.room(), by.nickname(), by.text()};
    case 11: return invite{by.nickname(), by.room()};
    case 12: return set_topic{by.room(), by.text()};
    case 13: return set_person_modes{{{person_flag::invisible, by.heads()}}};
    case 14: return set_away{by.heads() ? std::nullopt : std::optional(by.text())};
    case 15: return set_real_name{by.text()};
    case 16:
    case 17:
    case 18: return set_room_modes{by.room(), {any_change(by), any_change(by)}};
    case 19: return sweep{now - std::chrono::seconds{by.below(60)}};
    default: break;
    }
    if (by.below(400) == 0) {
        return node_gone{static_cast<std::uint16_t>(by.below(2))};
    }
    if (by.below(400) == 0) {
        return keep_room{by.room()};
    }
    return speak{by.heads() ? by.room() : by.nickname(), static_cast<message_kind>(by.below(3)),
                 by.text(), by.text(), by.below(4) == 0 ? by.rank() : role::member};
}

// Gives `each` so many entries, a tenth of a second apart.
template <class Each>
void play(unsigned seed, int count, Each each) {
    dice by(seed);
    for (int i = 0; i < count; ++i) {
        const base::wall_time now{std::chrono::milliseconds{i * 100}};
        const session_id author = by.session();
        each(entry{author, static_cast<std::uint32_t>(i), now, any_command(by, now)});
    }
}

} // namespace tertulia::chat
