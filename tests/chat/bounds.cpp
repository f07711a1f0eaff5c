// SPDX-License-Identifier: Apache-2.0
// Every bound of the heart, from both of its sides.
#include "base/limits.hpp"
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;
namespace limits = base::limits;

TEST_CASE("one is in so many rooms and no more, until one leaves one") {
    world of;
    of.connects("ana");
    for (std::size_t i = 0; i < limits::rooms_per_person_max; ++i) {
        of.joins("ana", "#" + std::to_string(i));
        CHECK(of.happened<joined>());
    }
    of.joins("ana", "#more");
    CHECK(of.refusal() == reason::too_many_rooms);
    CHECK(of.the<refused>().a == "#more");
    of.joins("ana", "#0");
    CHECK_FALSE(of.happened<refused>()); // she is there already
    of.parts("ana", "#0");
    of.joins("ana", "#more");
    CHECK(of.happened<joined>());
}

TEST_CASE("the server has so many rooms and no more; those that are there stay open") {
    restored full;
    for (std::size_t i = 1; i <= limits::rooms_max; ++i) {
        room_saved one;
        one.id = {i};
        one.name = named("#" + std::to_string(i));
        full.rooms.push_back(one);
    }
    heart chat(full);
    std::vector<event> events;
    connect wish;
    wish.nickname = named("ana");
    const session_id ana{0, 1, 1};
    chat.apply({ana, 1, {}, wish}, events);
    chat.apply({ana, 2, {}, join{named("#1"), {}}}, events);
    CHECK(std::holds_alternative<joined>(events[events.size() - 2].what));
    chat.apply({ana, 3, {}, join{named("#more"), {}}}, events);
    CHECK(std::get<refused>(events[events.size() - 2].what).why == reason::no_more_rooms);
}

TEST_CASE("of too many invitations the oldest is forgotten") {
    world of;
    of.connects("ana");
    of.connects("berta");
    for (std::size_t i = 0; i <= limits::invitations_per_person_max; ++i) {
        const std::string room = "#" + std::to_string(i);
        of.joins("ana", room);
        of.does("ana", invite{named("berta"), named(room)});
    }
    of.asks("berta", ask_invitations{});
    const auto& rooms = of.answer<invitations_answer>().rooms;
    CHECK(rooms.size() == limits::invitations_per_person_max);
    CHECK(rooms.front()->name.key == "#1");
}

TEST_CASE("an invitation said again is kept once, as the newest") {
    world of;
    of.all_join({"ana"}, "#a");
    of.joins("ana", "#b");
    of.connects("berta");
    for (const std::string room : {"#a", "#b", "#a"}) {
        of.does("ana", invite{named("berta"), named(room)});
    }
    of.asks("berta", ask_invitations{});
    const auto& rooms = of.answer<invitations_answer>().rooms;
    REQUIRE(rooms.size() == 2);
    CHECK(rooms.back()->name.key == "#a");
}

TEST_CASE("of too many who left the first one is forgotten") {
    world of;
    of.connects("ana");
    for (std::size_t i = 0; i <= limits::departed_max; ++i) {
        of.connects("n" + std::to_string(i));
        of.disconnects("n" + std::to_string(i));
    }
    of.asks("ana", ask_whowas{named("n0"), 0});
    CHECK(of.answer<whowas_answer>().entries.empty());
    of.asks("ana", ask_whowas{named("n1"), 0});
    CHECK(of.answer<whowas_answer>().entries.size() == 1);
}

TEST_CASE("a refused connection is not counted for its address") {
    world of;
    of.connects("ana", 2);
    of.connects_as("other", named("ana"), 2);
    CHECK(of.refusal() == reason::nickname_in_use);
    of.connects("berta", 2);
    CHECK(of.happened<welcomed>());
    of.connects("carla", 2);
    CHECK(of.refusal() == reason::too_many_from_address);
    of.connects("carla", 0);
    CHECK(of.happened<welcomed>()); // 0: any number
}

TEST_CASE("a place among private conversations is free again when the other leaves") {
    world of;
    of.connects("ana");
    for (std::size_t i = 0; i <= limits::conversations_opened_max; ++i) {
        of.connects("n" + std::to_string(i));
        of.says("ana", "n" + std::to_string(i));
    }
    CHECK(of.refusal() == reason::too_many_conversations);
    of.says("ana", "n0");
    CHECK(of.happened<spoke>()); // an open one goes on
    of.disconnects("n1");
    of.says("ana", "n" + std::to_string(limits::conversations_opened_max));
    CHECK(of.happened<spoke>());
}

TEST_CASE("the next block of numbers is promised when half of this one is used") {
    world of;
    of.connects("ana");
    const std::uint64_t promised = of.the<numbers_reserved>().up_to.value;
    const entry idle{{0, 1, 99}, 1, of.now, set_away{}};
    std::uint64_t number = 1;
    for (; number + limits::number_block / 2 < promised; ++number) {
        of.events.clear();
        of.chat.apply(idle, of.events);
    }
    CHECK_FALSE(of.happened<numbers_reserved>());
    of.does("ana", speak{named("ana"), message_kind::message, "x", {}, role::member});
    CHECK(of.the<spoke>().number.value == number + 1);
    CHECK(std::holds_alternative<numbers_reserved>(of.events.front().what));
    CHECK(of.the<numbers_reserved>().up_to.value == number + 1 + limits::number_block);
}
