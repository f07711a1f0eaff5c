// SPDX-License-Identifier: Apache-2.0
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

// ana and berta in #open; ana alone in the secret #hidden; carla outside, invisible.
struct town : world {
    town() {
        all_join({"ana", "berta"}, "#open");
        joins("ana", "#hidden");
        sets("ana", "#hidden", flag_change{room_flag::secret, true});
        connects("carla");
        does("carla", set_person_modes{{{person_flag::invisible, true}}});
    }
};

} // namespace

TEST_CASE("the members of a room are listed; a secret room is none to those outside") {
    town of;
    of.asks("carla", ask_names{named("#open")});
    CHECK(of.answer<names_answer>().members.size() == 2);
    of.asks("carla", ask_names{named("#hidden")});
    CHECK_FALSE(of.answer<names_answer>().room);
    of.asks("ana", ask_names{named("#hidden")});
    CHECK(of.answer<names_answer>().members.size() == 1);
}

TEST_CASE("the list of rooms leaves out secret ones, but for their members") {
    town of;
    of.asks("carla", ask_rooms{});
    CHECK(of.answer<rooms_answer>().rooms.size() == 1);
    of.asks("ana", ask_rooms{});
    CHECK(of.answer<rooms_answer>().rooms.size() == 2);
    ask_rooms by_name;
    by_name.rooms = {named("#hidden")};
    of.asks("carla", by_name);
    CHECK(of.answer<rooms_answer>().rooms.empty());
}

TEST_CASE("the list of rooms is filtered by members, masks and times") {
    town of;
    ask_rooms what;
    what.members_above = 1;
    of.asks("ana", what);
    CHECK(of.answer<rooms_answer>().rooms.size() == 1);
    what = {};
    what.masks = {"#h*"};
    of.asks("ana", what);
    CHECK(of.answer<rooms_answer>().rooms.front().room->name.key == "#hidden");
    what = {};
    what.not_masks = {"#h*"};
    of.asks("ana", what);
    CHECK(of.answer<rooms_answer>().rooms.front().room->name.key == "#open");
    what = {};
    what.made_before = base::wall_time{};
    of.asks("ana", what);
    CHECK(of.answer<rooms_answer>().rooms.empty());
}

TEST_CASE("more members than none has every room but the empty ones") {
    town of;
    of.joins("ana", "#empty");
    of.parts("ana", "#empty");
    of.asks("ana", ask_rooms{});
    CHECK(of.answer<rooms_answer>().rooms.size() == 3);
    ask_rooms what;
    what.members_above = 0;
    of.asks("ana", what);
    CHECK(of.answer<rooms_answer>().rooms.size() == 2);
}

TEST_CASE("a room's modes and topic are for those who may know of it, its password for members") {
    town of;
    of.sets("ana", "#open", password_change{"clave"});
    of.asks("ana", ask_room{named("#open")});
    CHECK(of.answer<room_answer>().view->password == "clave");
    of.asks("carla", ask_room{named("#open")});
    CHECK(of.answer<room_answer>().view->password.empty());
    of.asks("carla", ask_room{named("#hidden")});
    CHECK_FALSE(of.answer<room_answer>().view.has_value());
}

TEST_CASE("bans are read by anybody, exceptions by half-operators and above") {
    town of;
    of.bans("ana", "#open", "x!*@*");
    of.asks("carla", ask_mask_list{named("#open"), room_list::ban});
    CHECK(of.answer<mask_list_answer>().entries.size() == 1);
    of.sets("ana", "#open", flag_change{room_flag::invite_only, true});
    of.asks("carla", ask_mask_list{named("#open"), room_list::ban});
    CHECK(of.refusal() == reason::not_in_room);
    of.asks("berta", ask_mask_list{named("#open"), room_list::ban});
    CHECK(of.answer<mask_list_answer>().entries.size() == 1);
    of.asks("berta", ask_mask_list{named("#open"), room_list::invite_exception});
    CHECK_FALSE(of.answer<mask_list_answer>().allowed);
    of.asks("carla", ask_mask_list{named("#hidden"), room_list::ban});
    CHECK_FALSE(of.answer<mask_list_answer>().room);
}

TEST_CASE("an invisible person is found by name, not by mask, but by those who share a room") {
    town of;
    const auto finds = [&](const std::string& who, const std::string& mask) {
        of.asks(who, ask_who{named(mask)});
        return of.answer<who_answer>().entries.size();
    };
    CHECK(finds("ana", "c*") == 2);
    CHECK(finds("ana", "carla") == 1);
    CHECK(finds("carla", "*") == 3);
    of.joins("carla", "#open");
    CHECK(finds("ana", "c*") == 3);
    CHECK(finds("ana", "#open") == 3);
    CHECK(finds("carla", "#hidden") == 0);
}

TEST_CASE("whois leaves out rooms that the asker may not know of, and the address of others") {
    town of;
    of.asks("carla", ask_whois{named("ANA")});
    CHECK(of.answer<whois_answer>().rooms.size() == 1);
    CHECK(of.answer<whois_answer>().address.empty());
    of.asks("ana", ask_whois{named("ana")});
    CHECK(of.answer<whois_answer>().rooms.size() == 2);
    CHECK(of.answer<whois_answer>().address == "10.0.0.1");
    of.asks("ana", ask_whois{named("zoe")});
    CHECK_FALSE(of.answer<whois_answer>().who);
}

TEST_CASE("who is gone is remembered, newest first, under each name she had") {
    town of;
    of.does("berta", chat::rename{named("bea")});
    of.disconnects("berta");
    of.asks("ana", ask_whowas{named("berta"), 0});
    CHECK(of.answer<whowas_answer>().entries.size() == 1);
    of.connects("bea");
    of.disconnects("bea");
    of.asks("ana", ask_whowas{named("bea"), 0});
    CHECK(of.answer<whowas_answer>().entries.size() == 2);
    of.asks("ana", ask_whowas{named("bea"), 1});
    CHECK(of.answer<whowas_answer>().entries.front().who->user == "~bea");
}

TEST_CASE("history is for members and for the two of a conversation, up to now") {
    town of;
    of.says("ana", "#open");
    const message_number last = of.the<spoke>().number;
    of.asks("berta", ask_history{named("#open")});
    CHECK(of.answer<history_answer>().conversation);
    CHECK(of.answer<history_answer>().up_to >= last);
    of.asks("carla", ask_history{named("#open")});
    CHECK_FALSE(of.answer<history_answer>().conversation);
    of.says("ana", "berta");
    of.asks("berta", ask_history{named("ana")});
    CHECK(of.answer<history_answer>().conversation);
    of.asks("carla", ask_history{named("ana")});
    CHECK_FALSE(of.answer<history_answer>().conversation);
}

TEST_CASE("one's conversations are one's rooms and one's private ones") {
    town of;
    of.says("ana", "berta");
    of.asks("ana", ask_conversations{});
    CHECK(of.answer<conversations_answer>().open.size() == 3);
}

TEST_CASE("counts, presence, invitations and oneself") {
    town of;
    of.asks("ana", ask_counts{});
    CHECK(of.answer<counts_answer>().persons == 3);
    CHECK(of.answer<counts_answer>().invisible == 1);
    of.asks("ana", ask_present{{named("Berta"), named("zoe")}, false});
    CHECK(of.answer<present_answer>().present.size() == 1);
    of.does("ana", invite{named("carla"), named("#hidden")});
    of.asks("carla", ask_invitations{});
    CHECK(of.answer<invitations_answer>().rooms.size() == 1);
    of.asks("carla", ask_self{});
    CHECK(of.answer<self_answer>().invisible);
}

TEST_CASE("a question changes nothing") {
    town of;
    const std::string before = of.chat.snapshot();
    of.asks("ana", ask_who{named("*")});
    of.asks("ana", ask_conversations{});
    CHECK(of.chat.snapshot() == before);
}
