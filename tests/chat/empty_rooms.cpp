// SPDX-License-Identifier: Apache-2.0
// What becomes of a room that nobody is in any more, and who reads what was said there.
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

const mode_change hidden = flag_change{room_flag::secret, true};
const mode_change for_the_invited = flag_change{room_flag::invite_only, true};
const mode_change locked = password_change{"clave"};

mode_change mask(room_list list, const std::string& who) {
    return mask_change{list, true, {who, who, {}, {}}};
}

// A room of ana's, with a topic; berta is somewhere else. Both are at node 0.
struct house : world {
    conversation_id id;

    house() {
        all_join({"ana"}, "#a");
        id = the<joined>().room->id;
        does("ana", set_topic{named("#a"), "tema"});
        connects("berta");
    }
    // The node goes down with everybody, and comes up again.
    void restarts() {
        server_does(node_gone{0});
        for (const std::string who : {"ana", "berta"}) {
            connects(who);
        }
    }
    [[nodiscard]] bool in_the_same_room() const {
        return the<joined>().room->id == id && the<joined>().view->topic == "tema";
    }
};

} // namespace

TEST_CASE("a room that emptied waits with its history for the next, who becomes operator") {
    world of;
    of.all_join({"ana"}, "#a");
    const conversation_id id = of.the<joined>().room->id;
    of.parts("ana", "#a");
    CHECK(of.the<room_saved>().empty_since.has_value());
    of.all_join({"berta"}, "#a");
    CHECK(of.the<joined>().room->id == id);
    CHECK(of.the<joined>().rank == role::room_operator);
    CHECK_FALSE(of.the<room_saved>().empty_since.has_value());
}

TEST_CASE("a room that was empty for long enough ends, and a new one of its name is another") {
    world of;
    of.all_join({"ana"}, "#a");
    const conversation_id id = of.the<joined>().room->id;
    of.parts("ana", "#a");
    of.server_does(sweep{of.now - std::chrono::hours{1}});
    CHECK_FALSE(of.happened<conversation_ended>());
    of.server_does(sweep{of.now});
    CHECK(of.the<conversation_ended>().id == id);
    of.joins("ana", "#a");
    CHECK(of.the<joined>().room->id != id);
}

TEST_CASE("rooms with people in them and kept rooms never end") {
    world of;
    of.server_does(keep_room{named("#lobby")});
    of.all_join({"ana"}, "#a");
    of.server_does(sweep{of.now + std::chrono::hours{1}});
    CHECK_FALSE(of.happened<conversation_ended>());
}

TEST_CASE("a room that is closed when its last one leaves is over, and what was said there gone") {
    for (const mode_change& closes :
         {hidden, for_the_invited, locked, mask(room_list::ban, "*!*@*")}) {
        house of;
        of.sets("ana", "#a", closes);
        of.parts("ana", "#a");
        CHECK(of.the<conversation_ended>().id == of.id);
        of.joins("berta", "#a");
        CHECK_FALSE(of.in_the_same_room());
        CHECK(of.the<joined>().rank == role::room_operator);
        CHECK(of.the<joined>().view->password.empty());
        CHECK(of.the<joined>().view->flags.count() == 2); // as every new room's
    }
}

TEST_CASE("however the last one leaves a closed room, it is over") {
    house of;
    of.sets("ana", "#a", locked);
    SUBCASE("by her connection") { of.disconnects("ana"); }
    SUBCASE("put out") { of.does("ana", kick{named("#a"), named("ana"), {}}); }
    CHECK(of.the<conversation_ended>().id == of.id);
    CHECK(of.chat.lasting_state().rooms.empty());
}

TEST_CASE("a closed room is not over while somebody is in it, nor where it is kept") {
    house of;
    of.joins("berta", "#a");
    of.sets("ana", "#a", for_the_invited);
    of.parts("ana", "#a");
    CHECK_FALSE(of.happened<conversation_ended>());
    of.server_does(keep_room{named("#a")});
    of.parts("berta", "#a");
    CHECK_FALSE(of.happened<conversation_ended>());
}

TEST_CASE("a ban on others and a limit close no room: it waits, and the ban holds") {
    house of;
    of.sets("ana", "#a", capacity_change{1});
    of.bans("ana", "#a", "berta!*@*");
    of.parts("ana", "#a");
    CHECK(of.the<room_saved>().empty_since == of.now);
    of.joins("berta", "#a");
    CHECK(of.refusal() == reason::banned);
    of.joins("ana", "#a");
    CHECK(of.in_the_same_room());
}

TEST_CASE("for the invited, but she who left it last may come back by an exception: it waits") {
    house of;
    of.sets("ana", "#a", for_the_invited);
    of.sets("ana", "#a", mask(room_list::invite_exception, "ana!*@*"));
    of.parts("ana", "#a");
    CHECK_FALSE(of.happened<conversation_ended>());
    of.joins("ana", "#a");
    CHECK(of.in_the_same_room());
}

TEST_CASE("a locked room that went down with its node waits, with its history, for the password") {
    house of;
    of.sets("ana", "#a", locked);
    of.restarts();
    of.joins("berta", "#a");
    CHECK(of.refusal() == reason::wrong_password);
    of.joins("ana", "#a", "clave");
    CHECK(of.in_the_same_room());
    CHECK(of.the<joined>().rank == role::room_operator);
    CHECK(of.the<joined>().view->password == "clave");
}

TEST_CASE("whose server stops has not left: the room waits") {
    house of;
    of.sets("ana", "#a", locked);
    of.does("ana", disconnect{"the server stops", departure::with_node});
    CHECK(of.the<room_saved>().empty_since == of.now);
    CHECK_FALSE(of.happened<conversation_ended>());
    of.joins("berta", "#a", "clave");
    CHECK(of.in_the_same_room());
}

TEST_CASE("a hidden room that went down with its node waits, with its history, for who knows it") {
    house of;
    of.sets("ana", "#a", hidden);
    of.restarts();
    of.asks("berta", ask_room{named("#a")});
    CHECK_FALSE(of.answer<room_answer>().view);
    of.joins("ana", "#a");
    CHECK(of.in_the_same_room());
    of.parts("ana", "#a");
    CHECK(of.happened<conversation_ended>());
}

TEST_CASE("a room for the invited that went down with its node opens with its modes, and empty") {
    house of;
    of.sets("ana", "#a", for_the_invited);
    of.bans("ana", "#a", "x!*@*");
    of.restarts();
    of.joins("berta", "#a");
    CHECK(of.the<conversation_ended>().id == of.id);
    CHECK(of.the<joined>().rank == role::room_operator);
    const auto& saved = of.the<room_saved>();
    CHECK(saved.id == of.the<joined>().room->id);
    CHECK(saved.id != of.id);
    CHECK(saved.topic.empty());
    CHECK(saved.flags.test(static_cast<std::size_t>(room_flag::invite_only)));
    CHECK(saved.lists[0].size() == 1);
    of.joins("ana", "#a");
    CHECK(of.refusal() == reason::invite_only);
}

TEST_CASE("a room for the invited that went down with its node knows who may come in by a mask") {
    house of;
    of.sets("ana", "#a", for_the_invited);
    of.sets("ana", "#a", mask(room_list::invite_exception, "ana!*@*"));
    of.restarts();
    of.joins("ana", "#a");
    CHECK(of.in_the_same_room());
}

TEST_CASE("an empty room for the invited opens to no one who is banned or has not the password") {
    house of;
    of.sets("ana", "#a", for_the_invited);
    of.sets("ana", "#a", locked);
    of.bans("ana", "#a", "ana!*@*");
    of.restarts();
    of.joins("berta", "#a", "falsa");
    CHECK(of.refusal() == reason::wrong_password);
    of.joins("ana", "#a", "clave");
    CHECK(of.refusal() == reason::banned);
    of.joins("berta", "#a", "clave");
    CHECK_FALSE(of.in_the_same_room());
}

TEST_CASE("a closed room waits over a restart as over the loss of a node") {
    house of;
    of.sets("ana", "#a", locked);
    world after{heart(of.chat.lasting_state()), {}, {}, of.now};
    after.server_does(node_gone{0});
    CHECK(after.the<room_saved>().empty_since == of.now);
    after.connects("ana");
    after.joins("ana", "#a", "clave");
    CHECK(after.the<joined>().room->id == of.id);
}

TEST_CASE("a closed room that went down with its node ends like any other that stays empty") {
    house of;
    of.sets("ana", "#a", locked);
    of.restarts();
    of.server_does(sweep{of.now});
    CHECK(of.the<conversation_ended>().id == of.id);
    of.joins("berta", "#a");
    CHECK_FALSE(of.in_the_same_room());
}
