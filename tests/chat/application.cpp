// SPDX-License-Identifier: Apache-2.0
// What every entry has in common, what the server's own do, and what is told before applying.
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

room_saved stored_room(std::uint64_t id, const std::string& name) {
    room_saved one;
    one.id = {id};
    one.name = named(name);
    return one;
}

bool flagged(const room_saved& of, room_flag flag) {
    return of.flags.test(static_cast<std::size_t>(flag));
}

command command_to(int which, const base::name& room, const base::name& who) {
    switch (which) {
    case 0: return part{room, {}};
    case 1: return kick{room, who, {}};
    case 2: return invite{who, room};
    case 3: return set_topic{room, "x"};
    case 4: return set_room_modes{room, {capacity_change{5}}};
    default: return speak{room, message_kind::message, "x", {}, role::member};
    }
}
constexpr int commands_to_a_room = 6;

} // namespace

TEST_CASE("commands to a room that is none are refused and make none") {
    for (int which = 0; which < commands_to_a_room; ++which) {
        world of;
        of.connects("ana");
        of.connects("berta");
        of.does("ana", command_to(which, named("#none"), named("berta")));
        INFO(which);
        CHECK(of.refusal() == reason::no_such_room);
        CHECK(of.the<refused>().a == "#none");
        CHECK(of.chat.lasting_state().rooms.empty());
    }
}

TEST_CASE("from outside a secret room is none, an open one is refused") {
    for (int which = 0; which < commands_to_a_room; ++which) {
        world of;
        of.all_join({"ana"}, "#a");
        of.connects("berta");
        INFO(which);
        of.does("berta", command_to(which, named("#a"), named("ana")));
        CHECK(of.refusal() == (which == 5 ? reason::may_not_speak : reason::not_in_room));
        of.sets("ana", "#a", flag_change{room_flag::secret, true});
        of.does("berta", command_to(which, named("#a"), named("ana")));
        CHECK(of.refusal() == reason::no_such_room);
    }
}

TEST_CASE("a session that is in cannot come in again") {
    world of;
    of.connects("ana");
    connect again;
    again.nickname = named("berta");
    of.does("ana", again);
    CHECK(of.events.size() == 1);
    CHECK(of.happened<done>());
}

TEST_CASE("a session that is gone has no effect, and its questions no answer") {
    world of;
    of.connects("ana");
    of.disconnects("ana");
    of.disconnects("ana");
    CHECK(of.events.size() == 1);
    of.says("ana", "#lobby");
    CHECK(of.events.size() == 1);
    of.asks("ana", ask_self{});
    CHECK(of.events.size() == 1);
    CHECK(of.happened<done>());
}

TEST_CASE("a room that a guest makes is closed to words from outside and its topic is locked") {
    world of;
    of.all_join({"ana"}, "#a");
    const auto& made = of.the<room_saved>();
    CHECK(flagged(made, room_flag::members_only));
    CHECK(flagged(made, room_flag::topic_locked));
    CHECK(made.flags.count() == 2);
    CHECK_FALSE(made.kept);
    CHECK_FALSE(made.empty_since.has_value());
    CHECK(made.made_at == of.now);
}

TEST_CASE("a kept room is made once, with the same flags") {
    world of;
    of.server_does(keep_room{named("#lobby")});
    CHECK(of.the<room_saved>().kept);
    CHECK(of.the<room_saved>().flags.count() == 2);
    of.server_does(keep_room{named("#LOBBY")});
    CHECK_FALSE(of.happened<room_saved>());
}

TEST_CASE("a guest's room that is to be kept from now on stays as it is, and never ends") {
    world of;
    of.all_join({"ana"}, "#a");
    of.does("ana", set_topic{named("#a"), "tema"});
    of.parts("ana", "#a");
    of.server_does(keep_room{named("#a")});
    CHECK(of.the<room_saved>().topic == "tema");
    CHECK_FALSE(of.the<room_saved>().empty_since.has_value());
    of.server_does(sweep{of.now + std::chrono::hours{1}});
    CHECK_FALSE(of.happened<conversation_ended>());
}

TEST_CASE("a kept room that empties or fills leaves nothing to store") {
    world of;
    of.server_does(keep_room{named("#lobby")});
    of.all_join({"ana"}, "#lobby");
    CHECK_FALSE(of.happened<room_saved>());
    of.parts("ana", "#lobby");
    CHECK_FALSE(of.happened<room_saved>());
}

TEST_CASE("after a restart empty rooms begin to wait, and orphaned conversations end") {
    restored found;
    found.rooms = {stored_room(3, "#a"), stored_room(4, "#b")};
    found.rooms[1].empty_since = base::wall_time{std::chrono::milliseconds{5}};
    found.conversations = {{.id = {7}}, {.id = {9}}};
    world of{heart(found), {}, {}};
    of.server_does(node_gone{0});
    CHECK(of.the<room_saved>().name.key == "#a");
    CHECK(of.the<room_saved>().empty_since == of.now);
    CHECK(of.the<conversation_ended>().id.value == 7);
    CHECK(of.events.size() == 5); // with numbers_reserved and done
    of.server_does(node_gone{0});
    CHECK(of.events.size() == 1);
}

TEST_CASE("a restart finds what lasted, and goes on above every number that was given") {
    world of;
    of.all_join({"ana"}, "#a");
    of.bans("ana", "#a", "x!*@*");
    of.connects("berta");
    of.says("ana", "berta");
    const message_number last = of.the<spoke>().number;
    const restored found = of.chat.lasting_state();
    REQUIRE(found.rooms.size() == 1);
    CHECK(found.rooms[0].lists[0].size() == 1);
    CHECK(found.conversations.size() == 1);
    heart after(found);
    std::vector<event> events;
    after.apply({{}, 0, of.now, keep_room{named("#lobby")}}, events);
    CHECK(std::get<room_saved>(events[1].what).id.value > last.value);
}

TEST_CASE("rooms keep their looks over a restart") {
    world of;
    of.all_join({"ana"}, "#a");
    world after{heart(of.chat.lasting_state()), {}, {}, of.now};
    after.connects("berta");
    after.does("berta", join{{"#\u0430", "#\u0430", named("#a").skeleton, false}, {}});
    CHECK(after.refusal() == reason::room_looks_alike);
}

TEST_CASE("a room's name is free for look-alikes when the room has ended") {
    world of;
    of.all_join({"ana"}, "#a");
    of.parts("ana", "#a");
    of.server_does(sweep{of.now});
    of.does("ana", join{{"#\u0430", "#\u0430", named("#a").skeleton, false}, {}});
    CHECK(of.happened<joined>());
}

TEST_CASE("a join would last only where it makes a room or wakes one") {
    world of;
    of.server_does(keep_room{named("#lobby")});
    of.all_join({"ana"}, "#a");
    const auto would_last = [&](const std::string& room) {
        return of.chat.would_last(join{named(room), {}});
    };
    CHECK(would_last("#new"));
    CHECK_FALSE(would_last("#a"));
    CHECK_FALSE(would_last("#lobby"));
    of.parts("ana", "#a");
    CHECK(would_last("#a"));
}

TEST_CASE("words, topics and modes would last; coming, going and making room would not") {
    const heart chat{restored{}};
    CHECK(chat.would_last(speak{}));
    CHECK(chat.would_last(set_topic{}));
    CHECK(chat.would_last(set_room_modes{}));
    CHECK(chat.would_last(keep_room{}));
    CHECK_FALSE(chat.would_last(connect{}));
    CHECK_FALSE(chat.would_last(disconnect{}));
    CHECK_FALSE(chat.would_last(chat::rename{}));
    CHECK_FALSE(chat.would_last(part{}));
    CHECK_FALSE(chat.would_last(set_away{}));
    CHECK_FALSE(chat.would_last(sweep{}));
    CHECK_FALSE(chat.would_last(node_gone{}));
}

TEST_CASE("a kept room that nobody is in does not begin to wait for its end after a restart") {
    world of;
    of.server_does(keep_room{named("#lobby")});
    world after{heart(of.chat.lasting_state()), {}, {}, of.now};
    after.server_does(node_gone{0});
    CHECK_FALSE(after.happened<room_saved>());
    CHECK_FALSE(after.chat.lasting_state().rooms.front().empty_since.has_value());
}

TEST_CASE("being away once more is answered to oneself alone") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    for (const set_away& again : {set_away{"comiendo"}, set_away{std::nullopt}}) {
        of.does("ana", again);
        of.does("ana", again);
        CHECK(of.the<away_changed>().text == again.text);
        const audience& heard = of.find<away_changed>()->heard_by;
        CHECK(std::get<to_session>(heard).session == of.sessions["ana"]);
    }
    of.does("ana", set_away{"uno"});
    of.does("ana", set_away{"dos"});
    CHECK(std::holds_alternative<to_rooms>(of.find<away_changed>()->heard_by));
}

TEST_CASE("any member may ask somebody into an open room") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    of.connects("carla");
    of.does("carla", set_away{"comiendo"});
    of.does("berta", invite{named("carla"), named("#a")});
    REQUIRE(of.events.size() == 4);
    CHECK(std::get<to_session>(of.events[0].heard_by).session == of.sessions["berta"]);
    CHECK(std::get<invited>(of.events[0].what).away == "comiendo");
    CHECK(std::get<to_sessions>(of.events[1].heard_by).sessions.front() == of.sessions["carla"]);
    CHECK(std::holds_alternative<to_room>(of.events[2].heard_by));
    CHECK(std::get<invited>(of.events[2].what).heard_as == invited_as::onlooker);
}

TEST_CASE("a message for operators is for members to send, even where the room is open") {
    world of;
    of.all_join({"ana"}, "#a");
    of.connects("berta");
    of.sets("ana", "#a", flag_change{room_flag::members_only, false});
    of.does("berta", speak{named("#a"), message_kind::message, "x", {}, role::voice});
    CHECK(of.refusal() == reason::may_not_speak);
    of.says("berta", "#a");
    CHECK(of.happened<spoke>());
}

TEST_CASE("a topic is signed and dated, and the same one again is no change") {
    world of;
    of.all_join({"ana"}, "#a");
    of.does("ana", set_topic{named("#a"), "tema"});
    CHECK(of.the<room_saved>().topic_at == of.now);
    const base::wall_time set_at = of.now;
    of.does("ana", set_topic{named("#a"), "tema"});
    CHECK(of.events.size() == 1);
    of.asks("ana", ask_room{named("#a")});
    CHECK(of.answer<room_answer>().view->topic_at == set_at);
}
