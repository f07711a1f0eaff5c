// SPDX-License-Identifier: Apache-2.0
// What holds of the heart as a whole, over long arbitrary scripts.
#include "chat/world.hpp"

#include <random>

using namespace tertulia;
using namespace tertulia::chat;

namespace {

command anything(std::mt19937& chance) {
    const auto below = [&](unsigned limit) { return static_cast<unsigned>(chance()) % limit; };
    const base::name room = named("#r" + std::to_string(below(5)));
    const base::name who = named("n" + std::to_string(below(12)));
    switch (below(14)) {
    case 0: return chat::rename{who};
    case 1:
    case 2: return join{room, {}};
    case 3: return part{room, "x"};
    case 4: return kick{room, who, "x"};
    case 5: return invite{who, room};
    case 6: return set_away{below(2) == 0 ? std::nullopt : std::optional<std::string>("x")};
    case 7: return set_topic{room, std::to_string(below(9))};
    case 8:
        return set_room_modes{room, {flag_change{static_cast<room_flag>(below(5)), below(2) == 0}}};
    case 9:
        return set_room_modes{room,
                              {role_change{static_cast<role>(1 + below(5)), below(2) == 0, who}}};
    case 10: return disconnect{"x"};
    case 11: return sweep{base::wall_time{std::chrono::milliseconds{below(4'000'000)}}};
    case 12: return speak{who, message_kind::message, "x", {}, role::member};
    default: return speak{room, message_kind::message, "x", {}, role::member};
    }
}

// Calls `each` with 20,000 entries.
template <class Each>
void script(unsigned seed, Each each) {
    std::mt19937 chance(seed);
    for (int i = 0; i < 20'000; ++i) {
        const session_id author{static_cast<std::uint16_t>(chance() % 2), 1,
                                static_cast<std::uint32_t>(chance() % 10)};
        command what = anything(chance);
        if (chance() % 5 == 0) {
            connect wish;
            wish.nickname = named("n" + std::to_string(chance() % 12));
            what = wish;
        }
        each(entry{author, 1, base::wall_time{std::chrono::milliseconds{i * 100}}, what});
    }
}

} // namespace

TEST_CASE("the same entries give the same events and the same snapshot") {
    heart one(restored{});
    heart other(restored{});
    std::size_t differences = 0;
    script(1, [&](const entry& next) {
        std::vector<event> first;
        std::vector<event> second;
        one.apply(next, first);
        other.apply(next, second);
        differences += first.size() == second.size() ? 0U : 1U;
    });
    CHECK(differences == 0);
    CHECK(one.snapshot() == other.snapshot());
}

TEST_CASE("a heart made of what lasts is the live one without its people") {
    heart live(restored{});
    script(2, [&](const entry& next) {
        std::vector<event> events;
        live.apply(next, events);
    });
    heart found(live.lasting_state());
    CHECK(found.lasting_state().rooms.size() == live.lasting_state().rooms.size());
    std::vector<event> events;
    const base::wall_time later{std::chrono::milliseconds{9'000'000}};
    for (const std::uint16_t node : {std::uint16_t{0}, std::uint16_t{1}}) {
        live.apply({{}, 0, later, node_gone{node}}, events);
        found.apply({{}, 0, later, node_gone{node}}, events);
    }
    const auto lasting = [](const heart& of) {
        restored state = of.lasting_state();
        state.numbers_reserved = {};
        return heart(state).snapshot();
    };
    CHECK(lasting(live) == lasting(found));
}

TEST_CASE("what would last is what leaves something that lasts") {
    heart live(restored{});
    std::size_t surprises = 0;
    script(3, [&](const entry& next) {
        const bool announced = live.would_last(next.what);
        std::vector<event> events;
        live.apply(next, events);
        // Leaving may mark a room as empty; such small things the reserve of space has room for.
        const bool leaves = std::holds_alternative<disconnect>(next.what) ||
                            std::holds_alternative<part>(next.what) ||
                            std::holds_alternative<kick>(next.what) ||
                            std::holds_alternative<sweep>(next.what);
        const bool lasting = std::ranges::any_of(events, [](const event& one) {
            return lasts(one) && !std::holds_alternative<numbers_reserved>(one.what);
        });
        surprises += lasting && !announced && !leaves ? 1U : 0U;
    });
    CHECK(surprises == 0);
}
