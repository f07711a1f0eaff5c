// SPDX-License-Identifier: Apache-2.0
// Operators: who becomes one, who may what to whom, and that it is written down.
#include "chat/order_town.hpp"

using namespace tertulia;
using namespace tertulia::chat;

TEST_CASE("the first operator has every right and owns the room that belonged to nobody") {
    town of;
    of.does("ana", claim_server{});
    CHECK(of.the<rights_saved>().held.all());
    CHECK(of.the<rights_changed>().who->is_operator);
    CHECK(of.the<moderated>().what == measure::claimed);
    CHECK(std::get<role_change>(of.the<room_modes_changed>().changes.front()).what == role::owner);
    of.sets("ana", "#lobby", flag_change{room_flag::moderated, true});
    CHECK(of.happened<room_modes_changed>());
}

TEST_CASE("there is one first operator, also when she is none any more") {
    town of;
    of.does("ana", claim_server{});
    of.does("berta", claim_server{});
    CHECK(of.refusal() == reason::claimed_already);
    of.server_does(set_rights{named("ana"), {}, rights().set()});
    CHECK_FALSE(of.the<rights_changed>().who->is_operator);
    of.does("berta", claim_server{});
    CHECK(of.refusal() == reason::claimed_already);
}

TEST_CASE("a guest cannot become the first operator") {
    town of;
    of.does("carla", claim_server{});
    CHECK(of.refusal() == reason::not_logged_in);
    CHECK_FALSE(of.happened<rights_saved>());
}

TEST_CASE("rights are given and taken one by one, and a change of nothing is none") {
    town of;
    of.makes_operator("ana", only(right::kill) | only(right::ban));
    CHECK(of.the<moderated>().why == "+kill +ban");
    CHECK(of.the<moderated>().by.empty());
    of.server_does(set_rights{named("ana"), only(right::mute), only(right::kill)});
    CHECK(of.the<rights_saved>().held == (only(right::ban) | only(right::mute)));
    CHECK(of.the<moderated>().why == "+mute -kill");
    of.server_does(set_rights{named("ana"), only(right::mute), {}});
    CHECK_FALSE(of.happened<rights_saved>());
    of.server_does(set_rights{named("nadie"), only(right::mute), {}});
    CHECK(of.refusal() == reason::no_such_account);
}

TEST_CASE("an operator is one from each of her sessions, and from the first moment") {
    town of;
    of.makes_operator("ana");
    of.disconnects("ana");
    connect again;
    again.nickname = named("x");
    again.address = "10.0.0.9";
    again.as = of.proofs.at("ana");
    of.sessions["ana"] = {0, 1, 77};
    of.does("ana", again);
    CHECK(of.the<welcomed>().who->is_operator);
    of.sessions["guest"] = {0, 1, 78};
    of.connects("guest");
    of.does("guest", log_in{of.proofs.at("ana")});
    CHECK(of.the<logged_in>().after->is_operator);
}

TEST_CASE("who is killed loses all sessions, and others see why") {
    town of;
    of.makes_operator("ana", only(right::kill));
    of.does("ana", kill{named("carla"), "spam", {}});
    CHECK(of.the<evicted>().why == eviction::killed);
    CHECK(of.the<evicted>().text == "spam");
    CHECK(of.the<person_left>().reason == "Killed: spam");
    CHECK(of.the<moderated>().by == "ana");
    CHECK(of.the<moderated>().whom == "carla");
    CHECK_FALSE(of.has_session("carla"));
}

TEST_CASE("nobody kills without the right, nor an operator") {
    town of;
    of.does("berta", kill{named("carla"), "", {}});
    CHECK(of.refusal() == reason::not_operator);
    of.makes_operator("berta", only(right::ban));
    of.does("berta", kill{named("carla"), "", {}});
    CHECK(of.refusal() == reason::lacks_right);
    CHECK(of.the<refused>().a == "kill");
    of.makes_operator("ana");
    of.does("ana", kill{named("berta"), "", {}});
    CHECK(of.refusal() == reason::target_is_operator);
    of.does("ana", kill{named("nadie"), "", {}});
    CHECK(of.refusal() == reason::no_such_nickname);
    CHECK(of.has_session("berta"));
}

TEST_CASE("a session that is gone stands for nobody, least of all for the machine's owner") {
    town of;
    of.sessions["ghost"] = {0, 1, 99};
    of.does("ghost", kill{named("carla"), "", {}});
    CHECK(of.refusal() == reason::not_operator);
    of.does("ghost", suspend_account{named("ana"), true, {}});
    CHECK(of.refusal() == reason::not_operator);
    of.does("ghost", delete_account{named("ana"), {}});
    CHECK(of.refusal() == reason::not_operator);
    CHECK(of.has_session("carla"));
}

TEST_CASE("accounts are suspended and deleted by operators with the right, other operators' not") {
    town of;
    of.makes_operator("ana", only(right::accounts));
    of.does("ana", suspend_account{named("berta"), true, {}});
    CHECK(of.the<moderated>().what == measure::suspended_account);
    CHECK_FALSE(of.has_session("berta"));
    of.does("ana", suspend_account{named("berta"), false, {}});
    of.makes_operator("berta", only(right::kill));
    of.does("ana", suspend_account{named("berta"), true, {}});
    CHECK(of.refusal() == reason::target_is_operator);
    of.does("ana", delete_account{named("berta"), {}});
    CHECK(of.refusal() == reason::target_is_operator);
    of.server_does(delete_account{named("berta"), authority::machine});
    CHECK(of.happened<account_ended>());
}

TEST_CASE("an account that ends takes its rights with it") {
    town of;
    of.makes_operator("ana");
    of.server_does(delete_account{named("ana"), authority::machine});
    CHECK(of.chat.lasting_state().rights.empty());
}

TEST_CASE("operators outlast a restart, and then nobody claims the server") {
    town of;
    of.makes_operator("ana", only(right::kill));
    heart again(of.chat.lasting_state());
    std::vector<event> events;
    connect back;
    back.as = of.proofs.at("ana");
    again.apply({{0, 1, 1}, 1, of.now, back}, events);
    again.apply({{0, 1, 1}, 2, of.now, kill{named("nadie"), "", {}}}, events);
    again.apply({{0, 1, 1}, 3, of.now, claim_server{}}, events);
    std::vector<reason> refusals;
    for (const event& one : events) {
        if (const auto* const no = std::get_if<refused>(&one.what)) {
            refusals.push_back(no->why);
        }
    }
    CHECK(refusals == std::vector{reason::no_such_nickname, reason::claimed_already});
}

TEST_CASE("the address of others is told to those who may ban or mute by it") {
    town of;
    for (const right one : {right::ban, right::mute}) {
        of.makes_operator("ana", only(one));
        of.asks("ana", ask_whois{named("carla")});
        CHECK(of.answer<whois_answer>().address == "10.0.0.1");
        of.server_does(set_rights{named("ana"), only(right::kill), only(one)});
        of.asks("ana", ask_whois{named("carla")});
        CHECK(of.answer<whois_answer>().address.empty());
    }
}
