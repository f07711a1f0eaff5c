// SPDX-License-Identifier: Apache-2.0
// What answers hold beyond who may see them.
#include "chat/inquiry.hpp"

#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

struct square : world {
    square() { all_join({"ana", "Berta"}, "#a"); }
    std::size_t finds(const std::string& who, const std::string& name) {
        asks(who, ask_who{named(name)});
        return answer<who_answer>().entries.size();
    }
};

} // namespace

TEST_CASE("an answer goes to its asker, and ends in done") {
    square of;
    of.asks("Berta", ask_counts{});
    REQUIRE(of.events.size() == 2);
    for (const event& one : of.events) {
        CHECK(std::get<to_session>(one.heard_by).session == of.sessions["Berta"]);
        CHECK(one.cause.session == of.sessions["Berta"]);
    }
    CHECK(std::holds_alternative<done>(of.events.back().what));
}

TEST_CASE("a mask that is no name is answered with everyone, for the dialect to pick from") {
    square of;
    for (const std::string mask : {"real b*", "zoe", ""}) {
        CHECK(of.finds("ana", mask) == 2);
        CHECK(of.answer<who_answer>().everyone);
    }
    for (const std::string name : {"BERTA", "#a"}) {
        CHECK(of.finds("ana", name) > 0);
        CHECK_FALSE(of.answer<who_answer>().everyone);
    }
}

TEST_CASE("who lists the room that both share, with the role there, and none for strangers") {
    square of;
    of.asks("Berta", ask_who{named("ana")});
    CHECK(of.answer<who_answer>().entries.front().room->name.key == "#a");
    CHECK(of.answer<who_answer>().entries.front().member.rank == role::room_operator);
    of.connects("carla");
    of.asks("carla", ask_who{named("ana")});
    CHECK_FALSE(of.answer<who_answer>().entries.front().room);
    CHECK(of.answer<who_answer>().entries.front().member.rank == role::member);
}

TEST_CASE("a nickname is found before masks that look the same") {
    world of;
    of.connects("ana");
    of.sessions["other"] = {0, 1, 70};
    connect wish;
    wish.nickname = named("other");
    wish.user = "ana";
    of.does("other", wish);
    of.asks("other", ask_who{named("ana")});
    CHECK(of.answer<who_answer>().entries.size() == 1);
}

TEST_CASE("an invisible member is not listed to those outside the room") {
    square of;
    of.does("Berta", set_person_modes{{{person_flag::invisible, true}}});
    of.connects("carla");
    of.asks("carla", ask_names{named("#a")});
    CHECK(of.answer<names_answer>().members.size() == 1);
    CHECK(of.finds("carla", "#a") == 1);
    of.asks("ana", ask_names{named("#a")});
    CHECK(of.answer<names_answer>().members.size() == 2);
    of.all_join({"Berta", "carla"}, "#b");
    of.parts("Berta", "#a");
    of.asks("carla", ask_who{named("*")});
    CHECK(of.answer<who_answer>().entries.size() == 3);
}

TEST_CASE("who is away is shown so") {
    square of;
    of.does("Berta", set_away{"comiendo"});
    of.asks("ana", ask_names{named("#a")});
    const auto& members = of.answer<names_answer>().members;
    CHECK(std::ranges::count(members, true, &member_view::away) == 1);
    of.asks("ana", ask_whois{named("berta")});
    CHECK(of.answer<whois_answer>().away == "comiendo");
    of.asks("ana", ask_present{{named("berta")}, true});
    CHECK(of.answer<present_answer>().present.front().away);
    CHECK(of.answer<present_answer>().with_hosts);
}

TEST_CASE("whois says since when, and when she last spoke") {
    square of;
    const base::wall_time before = of.now;
    of.says("ana", "#a");
    of.asks("Berta", ask_whois{named("ana")});
    CHECK(of.answer<whois_answer>().who->connected_at < before);
    CHECK(of.answer<whois_answer>().spoke_at == std::chrono::floor<std::chrono::seconds>(of.now));
}

TEST_CASE("a newcomer is told the topic, the password and everybody with their roles") {
    square of;
    of.does("ana", set_topic{named("#a"), "tema"});
    of.sets("ana", "#a", password_change{"clave"});
    of.does("Berta", set_away{"comiendo"});
    of.connects("carla");
    of.joins("carla", "#a", "clave");
    const auto& told = of.the<joined>();
    CHECK(told.view->topic == "tema");
    CHECK(told.view->topic_by == "ana");
    CHECK(told.view->password == "clave");
    CHECK(told.view->member_count == 3);
    CHECK(told.members->members.size() == 3);
    CHECK(std::ranges::count(told.members->members, true, &member_view::away) == 1);
    CHECK(std::ranges::count(told.members->members, role::room_operator, &member_view::rank) == 1);
}

TEST_CASE("rooms are listed by key, the empty ones too, unless more members are asked for") {
    square of;
    of.joins("ana", "#c");
    of.joins("ana", "#b");
    of.parts("ana", "#c");
    of.asks("ana", ask_rooms{});
    const auto& rooms = of.answer<rooms_answer>().rooms;
    REQUIRE(rooms.size() == 3);
    CHECK(rooms[0].room->name.key == "#a");
    CHECK(rooms[1].room->name.key == "#b");
    CHECK(rooms[2].member_count == 0);
    ask_rooms fewer;
    fewer.members_below = 1;
    of.asks("ana", fewer);
    CHECK(of.answer<rooms_answer>().rooms.size() == 1);
}

TEST_CASE("rooms without a topic have no time of one") {
    square of;
    of.joins("ana", "#b");
    of.does("ana", set_topic{named("#b"), "tema"});
    const base::wall_time set_at = of.now;
    ask_rooms what;
    what.topic_before = set_at + std::chrono::milliseconds{1};
    of.asks("ana", what);
    CHECK(of.answer<rooms_answer>().rooms.size() == 1);
    what = {};
    what.topic_after = set_at;
    of.asks("ana", what);
    CHECK(of.answer<rooms_answer>().rooms.empty());
}

TEST_CASE("an invitation to a room that has ended is none") {
    square of;
    of.connects("carla");
    of.joins("ana", "#b");
    of.does("ana", invite{named("carla"), named("#b")});
    of.parts("ana", "#b");
    of.server_does(sweep{of.now});
    of.asks("carla", ask_invitations{});
    CHECK(of.answer<invitations_answer>().rooms.empty());
    of.joins("ana", "#b");
    of.sets("ana", "#b", flag_change{room_flag::invite_only, true});
    of.joins("carla", "#b");
    CHECK(of.refusal() == reason::invite_only);
}

TEST_CASE("history ends for those who left the room, and begins with the identity, not the name") {
    square of;
    of.parts("Berta", "#a");
    of.asks("Berta", ask_history{named("#a")});
    CHECK_FALSE(of.answer<history_answer>().conversation);
    of.says("ana", "Berta");
    of.does("Berta", chat::rename{named("bea")});
    of.asks("ana", ask_history{named("bea")});
    CHECK(of.answer<history_answer>().conversation);
    CHECK(of.answer<history_answer>().partner->nickname.key == "bea");
    of.connects_as("other", named("berta"));
    of.asks("ana", ask_history{named("berta")});
    CHECK_FALSE(of.answer<history_answer>().conversation);
}

TEST_CASE("a signal to a person is heard by the two and opens no conversation") {
    square of;
    of.asks("ana", signal{named("berta"), "+typing=active"});
    CHECK(of.heard_by_sessions({"ana", "Berta"}));
    CHECK(of.the<signalled>().to->nickname.key == "berta");
    of.asks("ana", ask_conversations{});
    CHECK(of.answer<conversations_answer>().open.size() == 1); // the room
    of.asks("ana", signal{named("zoe"), "+typing=active"});
    CHECK(of.refusal() == reason::no_such_nickname);
}

TEST_CASE("a signal to the operators of a room is heard by them and its author") {
    square of;
    of.joins("carla", "#a");
    of.asks("Berta", signal{named("#a"), "+typing=active", role::room_operator});
    CHECK(of.heard_by_sessions({"ana", "Berta"}));
    CHECK(of.the<signalled>().heard_from == role::room_operator);
}

TEST_CASE("who may not speak may not signal") {
    square of;
    of.sets("ana", "#a", flag_change{room_flag::moderated, true});
    of.asks("Berta", signal{named("#a"), "+typing=active"});
    CHECK(of.refusal() == reason::may_not_speak);
    of.asks("Berta", signal{named("#none"), "+typing=active"});
    CHECK(of.refusal() == reason::no_such_room);
}

TEST_CASE("counts follow who is invisible, over leaving and saying it twice") {
    square of;
    const auto invisible = [&] {
        of.asks("ana", ask_counts{});
        return of.answer<counts_answer>().invisible;
    };
    const set_person_modes hide{{{person_flag::invisible, true}}};
    of.does("Berta", hide);
    of.does("Berta", hide);
    CHECK(of.events.size() == 1);
    CHECK(invisible() == 1);
    of.disconnects("Berta");
    CHECK(invisible() == 0);
    CHECK(of.answer<counts_answer>().persons == 1);
    CHECK(of.answer<counts_answer>().persons_max == 2);
}

TEST_CASE("messages are counted when they are said, and sessions while they last") {
    square of;
    const auto counted = [&] {
        of.asks("ana", ask_counts{});
        return of.answer<counts_answer>();
    };
    of.does("Berta", speak{named("#a"), message_kind::message, "hello", {}});
    of.does("Berta", speak{named("#none"), message_kind::message, "refused", {}});
    CHECK(counted().spoken == 1);
    CHECK(counted().sessions == 2);
    of.disconnects("Berta");
    CHECK(counted().sessions == 1);
    CHECK(counted().spoken == 1);
}

TEST_CASE("a new real name is told to acquaintances and to herself, and shown at once") {
    square of;
    of.does("Berta", set_real_name{"Doctora"});
    CHECK(of.the<real_name_changed>().before->real_name == "Real Berta");
    CHECK(of.the<real_name_changed>().after->real_name == "Doctora");
    const auto& heard = std::get<to_rooms>(of.events.front().heard_by);
    CHECK(heard.rooms.size() == 1);
    CHECK(heard.own == std::vector{of.sessions["Berta"]});
    CHECK(of.finds("ana", "berta") == 1);
    CHECK(of.answer<who_answer>().entries.front().member.who->real_name == "Doctora");
}

TEST_CASE("whois names an invisible person's rooms to those who share them only") {
    square of;
    of.joins("Berta", "#b");
    of.connects("carla");
    const auto rooms_shown_to = [&](const std::string& asker) {
        of.asks(asker, ask_whois{named("berta")});
        return of.answer<whois_answer>().rooms.size();
    };
    CHECK(rooms_shown_to("carla") == 2);
    of.does("Berta", set_person_modes{{{person_flag::invisible, true}}});
    CHECK(rooms_shown_to("carla") == 0);
    CHECK(rooms_shown_to("ana") == 1);
    CHECK(rooms_shown_to("Berta") == 2);
}
