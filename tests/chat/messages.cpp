// SPDX-License-Identifier: Apache-2.0
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

TEST_CASE("a message to a room is heard by the room, numbered, in its history") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    const conversation_id id = of.the<joined>().room->id;
    of.says("ana", "#A", "hola");
    const auto& first = of.the<spoke>();
    CHECK(std::get<to_room>(of.events.front().heard_by).room == id);
    CHECK(first.conversation == id);
    const message_number number = first.number;
    of.says("ana", "#a", "otra");
    CHECK(of.the<spoke>().number > number);
}

TEST_CASE("who may speak in a room") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    of.connects("carla");
    SUBCASE("not those outside") {
        of.says("carla", "#a");
        CHECK(of.refusal() == reason::may_not_speak);
    }
    SUBCASE("those outside, where it is open") {
        of.sets("ana", "#a", flag_change{room_flag::members_only, false});
        of.says("carla", "#a");
        CHECK(of.happened<spoke>());
    }
    SUBCASE("only those with a voice, where it is moderated") {
        of.sets("ana", "#a", flag_change{room_flag::moderated, true});
        of.says("berta", "#a");
        CHECK(of.refusal() == reason::may_not_speak);
        of.grants("ana", "#a", role::voice, "berta");
        of.says("berta", "#a");
        CHECK(of.happened<spoke>());
    }
    SUBCASE("not the banned, but those with a voice") {
        of.bans("ana", "#a", "berta!*@*");
        of.says("berta", "#a");
        CHECK(of.refusal() == reason::may_not_speak);
        of.grants("ana", "#a", role::voice, "berta");
        of.says("berta", "#a");
        CHECK(of.happened<spoke>());
    }
    SUBCASE("nobody in a room that is none, or that one may not know of") {
        of.says("carla", "#none");
        CHECK(of.refusal() == reason::no_such_room);
        of.sets("ana", "#a", flag_change{room_flag::secret, true});
        of.says("carla", "#a");
        CHECK(of.refusal() == reason::no_such_room);
    }
}

TEST_CASE("a message for operators is heard by them and its author") {
    world of;
    of.all_join({"ana", "berta", "carla"}, "#a");
    of.does("berta", speak{named("#a"), message_kind::message, "x", {}, role::room_operator});
    CHECK(of.heard_by_sessions({"ana", "berta"}));
}

TEST_CASE("a private message is heard by its two") {
    world of;
    of.connects("ana");
    of.connects("berta");
    of.says("ana", "berta");
    CHECK(of.happened<conversation_opened>());
    const conversation_id id = of.the<spoke>().conversation;
    of.says("berta", "ana");
    CHECK(of.heard_by_sessions({"ana", "berta"}));
    CHECK_FALSE(of.happened<conversation_opened>());
    CHECK(of.the<spoke>().conversation == id);
}

TEST_CASE("one may write to oneself, and hears it once") {
    world of;
    of.connects("ana");
    of.says("ana", "ana");
    of.says("ana", "ana");
    CHECK(of.heard_by_sessions({"ana"}));
}

TEST_CASE("a message to nobody is refused") {
    world of;
    of.connects("ana");
    of.says("ana", "zoe");
    CHECK(of.refusal() == reason::no_such_nickname);
}

TEST_CASE("the author learns that the other is away, for messages only") {
    world of;
    of.connects("ana");
    of.connects("berta");
    of.does("berta", set_away{"comiendo"});
    of.says("ana", "berta");
    CHECK(of.the<spoke>().away == "comiendo");
    of.does("ana", speak{named("berta"), message_kind::notice, "x", {}, role::member});
    CHECK_FALSE(of.the<spoke>().away.has_value());
}

TEST_CASE("a private conversation ends with either of the two, and the name inherits nothing") {
    world of;
    of.connects("ana");
    of.connects("berta");
    of.says("ana", "berta");
    const conversation_id id = of.the<spoke>().conversation;
    of.disconnects("berta");
    CHECK(of.the<conversation_ended>().id == id);
    of.connects("berta");
    of.asks("berta", ask_history{named("ana")});
    CHECK_FALSE(of.answer<history_answer>().conversation);
}

TEST_CASE("a guest opens so many private conversations and no more; who writes to her may") {
    world of;
    of.connects("ana");
    for (int i = 0; i < 200; ++i) {
        of.connects("n" + std::to_string(i));
        of.says("ana", "n" + std::to_string(i));
    }
    of.connects("one");
    of.says("ana", "one");
    CHECK(of.refusal() == reason::too_many_conversations);
    of.says("one", "ana");
    CHECK(of.happened<conversation_opened>());
    of.says("ana", "one");
    CHECK(of.happened<spoke>());
}

TEST_CASE("any number of guests may write to one, and she can still write to others first") {
    world of;
    of.connects("ana");
    for (int i = 0; i < 201; ++i) {
        of.connects("n" + std::to_string(i));
        of.says("n" + std::to_string(i), "ana");
        CHECK(of.happened<spoke>());
    }
    of.connects("one");
    of.says("ana", "one");
    CHECK(of.happened<spoke>());
}

TEST_CASE("a signal is heard like a message, and leaves no trace") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    const std::string before = of.chat.snapshot();
    of.asks("ana", signal{named("#a"), "+typing=active"});
    CHECK(of.the<signalled>().tags == "+typing=active");
    CHECK(std::holds_alternative<to_room>(of.events.front().heard_by));
    CHECK(of.chat.snapshot() == before);
    of.connects("carla");
    of.asks("carla", signal{named("#a"), "+typing=active"});
    CHECK(of.refusal() == reason::may_not_speak);
}
