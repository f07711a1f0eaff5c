// SPDX-License-Identifier: Apache-2.0
// Devices, and whom a message may be told of on them. ana and berta have accounts, carla is a
// guest; all are in #lobby.
#include "chat/order_town.hpp"
#include "chat/push.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

const push_registration device{"https://push.example.net/1", "key", "secret"};

struct pushing_town : town {
    [[nodiscard]] person_id account(const std::string& who) const { return proofs.at(who).account; }
    // May she be told of what was said last?
    bool tells(const std::string& whom, role heard_from = role::member) {
        chat.ask({}, 7, now,
                 ask_pushable{
                     {account(whom)}, said.by, said.conversation, said.room != nullptr, heard_from},
                 asked());
        return !answer<pushable_answer>().whom.empty();
    }
    std::vector<event>& asked() {
        events.clear();
        return events;
    }
    void hears(const std::string& from, const std::string& to) {
        says(from, to);
        said = the<spoke>();
    }
    spoke said;
};

} // namespace

TEST_CASE("an account's session registers a device and ends it; it lasts, and she is told") {
    pushing_town of;
    of.does("ana", set_push{device, true});
    const push_saved made = of.the<push_saved>();
    CHECK(made.account == of.account("ana"));
    CHECK(made.version == of.proofs.at("ana").version);
    CHECK(made.what == device);
    CHECK(made.on);
    CHECK(lasts(*of.find<push_saved>()));
    CHECK(std::get<to_session>(of.find<push_saved>()->heard_by).session == of.sessions.at("ana"));
    CHECK(of.chat.would_last(set_push{}));
    of.does("ana", set_push{device, false});
    CHECK_FALSE(of.the<push_saved>().on);
    CHECK(of.the<push_saved>().account == of.account("ana"));
}

TEST_CASE("a guest has no devices, and a stranger neither") {
    pushing_town of;
    of.does("carla", set_push{device, true});
    CHECK(of.refusal() == reason::not_logged_in);
    CHECK_FALSE(of.happened<push_saved>());
    of.sessions["stranger"] = {0, 1, 99};
    for (const bool on : {true, false}) {
        of.does("stranger", set_push{device, on});
        CHECK_FALSE(of.happened<push_saved>());
    }
}

TEST_CASE("the server ends a device, whosever it is, and registers none") {
    pushing_town of;
    of.server_does(set_push{device, false});
    CHECK_FALSE(of.the<push_saved>().account);
    of.server_does(set_push{device, true});
    CHECK_FALSE(of.happened<push_saved>());
}

TEST_CASE("who is in the room and has no session, or is away, is told; who is there is not") {
    pushing_town of;
    of.hears("carla", "#lobby");
    CHECK_FALSE(of.tells("ana"));
    of.does("ana", set_away{"comiendo"});
    CHECK(of.tells("ana"));
    of.does("ana", set_away{});
    CHECK_FALSE(of.tells("ana"));
    of.disconnects("ana");
    CHECK(of.tells("ana"));
}

TEST_CASE("who has sessions, but none that she looks at, is told") {
    pushing_town of;
    of.comes("phone", "x", "10.0.0.9", of.proofs.at("ana"));
    of.hears("carla", "#lobby");
    of.does("ana", set_away{"*"});
    CHECK_FALSE(of.tells("ana"));
    of.does("phone", set_away{"*"});
    CHECK(of.tells("ana"));
}

TEST_CASE("who is not in the room is not told") {
    pushing_town of;
    of.joins("carla", "#sala");
    of.disconnects("ana");
    of.hears("carla", "#sala");
    CHECK_FALSE(of.tells("ana"));
}

TEST_CASE("who left the room, or was put out, is not told") {
    pushing_town of;
    of.all_join({"berta", "ana"}, "#sala");
    of.hears("berta", "#sala");
    SUBCASE("left") { of.parts("ana", "#sala"); }
    SUBCASE("put out") { of.does("berta", kick{named("#sala"), named("ana"), ""}); }
    of.disconnects("ana");
    CHECK_FALSE(of.tells("ana"));
}

TEST_CASE("who is banned from the room is not told, whether she is away or has no session") {
    pushing_town of;
    of.all_join({"berta", "ana"}, "#sala");
    of.hears("berta", "#sala");
    of.does("ana", set_away{"comiendo"});
    CHECK(of.tells("ana"));
    of.bans("berta", "#sala", "ana!*@*");
    CHECK_FALSE(of.tells("ana"));
    of.disconnects("ana");
    CHECK_FALSE(of.tells("ana"));
}

TEST_CASE("what was said to those with a role is told to them alone") {
    pushing_town of;
    of.all_join({"berta", "ana"}, "#sala");
    of.disconnects("ana");
    of.hears("berta", "#sala");
    CHECK(of.tells("ana"));
    CHECK_FALSE(of.tells("ana", role::voice));
}

TEST_CASE("a private message is told to whom it is for, and to nobody else") {
    pushing_town of;
    of.disconnects("ana");
    of.hears("carla", "ana");
    CHECK(of.tells("ana"));
    of.disconnects("berta");
    CHECK_FALSE(of.tells("berta"));
}

TEST_CASE("whom she has silenced tells her nothing, in private or in rooms, there or gone") {
    pushing_town of;
    of.does("ana", silence{{"carla!*@*", "carla!*@*", {}, {}}, true});
    of.disconnects("ana");
    of.hears("carla", "#lobby");
    CHECK_FALSE(of.tells("ana"));
    of.disconnects("carla");
    CHECK_FALSE(of.tells("ana"));
    of.connects("carla");
    of.hears("carla", "ana");
    CHECK_FALSE(of.tells("ana"));
}

TEST_CASE("nobody is told of her own words, nor who is suspended") {
    pushing_town of;
    of.does("ana", set_away{"comiendo"});
    of.hears("ana", "#lobby");
    CHECK_FALSE(of.tells("ana"));
    of.does("ana", suspend_account{named("ana"), true, authority::machine});
    of.hears("carla", "#lobby");
    CHECK_FALSE(of.tells("ana"));
}

TEST_CASE("a room that is no more, and an account that is none, are told of nothing") {
    pushing_town of;
    of.all_join({"berta", "ana"}, "#sala");
    of.disconnects("ana");
    of.hears("berta", "#sala");
    of.chat.ask(
        {}, 7, of.now,
        ask_pushable{{person_id{999}}, of.said.by, of.said.conversation, true, role::member},
        of.asked());
    CHECK(of.answer<pushable_answer>().whom.empty());
    of.said.conversation = {999};
    CHECK_FALSE(of.tells("ana"));
}

TEST_CASE("a person who asks learns nothing") {
    pushing_town of;
    of.disconnects("ana");
    of.hears("carla", "#lobby");
    of.asks(
        "carla",
        ask_pushable{{of.account("ana")}, of.said.by, of.said.conversation, true, role::member});
    CHECK(of.answer<pushable_answer>().whom.empty());
}
