// SPDX-License-Identifier: Apache-2.0
// Redactions and edits: who may, where, and that what was looked up still holds.
#include "chat/order_town.hpp"
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

// Ana's room with Berta and Carla in it, and Dora outside; Berta has said something.
struct said_by_berta : world {
    said_by_berta() {
        all_join({"ana", "berta", "carla"}, "#a");
        connects("dora");
        says("berta", "#a");
        remember();
    }
    void remember() {
        const spoke& said = the<spoke>();
        what = {said.conversation, said.number, said.by->person, said.kind, said.heard_from};
    }
    void redacts(const std::string& who, const std::string& where = "#a",
                 const std::string& why = {}) {
        does(who, redact{named(where), what, why});
    }
    void edits(const std::string& who, const std::string& where = "#a") {
        does(who, edit{named(where), what, "adiós"});
    }

    message_facts what;
};

} // namespace

TEST_CASE("whoever said it takes it back, and the room hears it") {
    said_by_berta of;
    of.redacts("berta", "#A", "perdón");
    const auto& done = of.the<redacted>();
    CHECK(done.message == of.what.number);
    CHECK(done.number > done.message);
    CHECK(done.conversation == of.what.conversation);
    CHECK(done.reason == "perdón");
    CHECK(done.own);
    CHECK(std::holds_alternative<to_room>(of.events.front().heard_by));
    CHECK(lasts(of.events.front()));
}

TEST_CASE("who moderates a room takes back what others said there, but not her betters") {
    said_by_berta of;
    of.redacts("carla");
    CHECK(of.refusal() == reason::not_ones_own);
    CHECK(of.the<refused>().about == of.what.number);
    of.grants("ana", "#a", role::voice, "carla");
    of.redacts("carla");
    CHECK(of.refusal() == reason::not_ones_own);
    of.grants("ana", "#a", role::half_operator, "carla");
    of.grants("ana", "#a", role::room_operator, "berta");
    of.redacts("carla");
    CHECK(of.refusal() == reason::not_ones_own);
    of.sets("ana", "#a", role_change{role::room_operator, false, named("berta")});
    of.redacts("carla");
    CHECK_FALSE(of.the<redacted>().own);
}

TEST_CASE(
    "what was said by somebody who is gone, or whom nobody knows any more, is moderated too") {
    said_by_berta of;
    of.disconnects("berta");
    of.redacts("ana");
    CHECK(of.happened<redacted>());
    of.what = {of.what.conversation, {of.what.number.value + 1}, {}};
    of.redacts("carla");
    CHECK(of.refusal() == reason::not_ones_own);
    of.redacts("ana");
    CHECK(of.happened<redacted>());
}

TEST_CASE("the role of an account that is away counts") {
    said_by_berta of;
    of.does("ana", register_account{named("ana"), {"p", "s"}});
    of.does("berta", register_account{named("berta"), {"p", "s"}});
    of.all_join({"ana", "berta", "carla"}, "#kept");
    of.says("berta", "#kept");
    of.remember();
    of.grants("ana", "#kept", role::room_operator, "berta");
    of.grants("ana", "#kept", role::half_operator, "carla");
    of.disconnects("berta");
    of.redacts("carla", "#kept");
    CHECK(of.refusal() == reason::not_ones_own);
}

TEST_CASE("nobody changes anything where she is not, nor under another room's name") {
    said_by_berta of;
    of.redacts("dora");
    CHECK(of.refusal() == reason::no_such_message);
    of.joins("berta", "#b");
    of.redacts("berta", "#b");
    CHECK(of.refusal() == reason::no_such_message);
    of.edits("berta", "#none");
    CHECK(of.refusal() == reason::no_such_message);
    of.does("ana", kick{named("#a"), named("berta"), {}});
    of.redacts("berta");
    CHECK(of.refusal() == reason::no_such_message);
    of.edits("berta");
    CHECK(of.refusal() == reason::no_such_message);
}

TEST_CASE("a message is taken back once, and has no other text afterwards") {
    said_by_berta of;
    of.redacts("ana");
    of.redacts("berta");
    CHECK(of.refusal() == reason::no_such_message);
    of.edits("berta");
    CHECK(of.refusal() == reason::no_such_message);
}

TEST_CASE("one's own message gets another text, nobody else's does") {
    said_by_berta of;
    of.edits("ana");
    CHECK(of.refusal() == reason::not_ones_own);
    of.edits("berta");
    CHECK(of.the<edited>().text == "adiós");
    CHECK(of.the<edited>().message == of.what.number);
    CHECK(lasts(of.events.front()));
    of.edits("berta");
    CHECK(of.happened<edited>());
    of.what.kind = message_kind::tags;
    of.edits("berta");
    CHECK(of.refusal() == reason::not_ones_own);
}

TEST_CASE("who may not speak takes back in silence, and edits nothing") {
    said_by_berta of;
    of.sets("ana", "#a", flag_change{room_flag::moderated, true});
    of.edits("berta");
    CHECK(of.refusal() == reason::may_not_speak);
    of.redacts("berta", "#a", "y además digo");
    CHECK(of.the<redacted>().reason.empty());
}

TEST_CASE("in private each takes back her own") {
    said_by_berta of;
    of.says("berta", "dora");
    of.remember();
    of.redacts("dora", "berta");
    CHECK(of.refusal() == reason::not_ones_own);
    of.redacts("ana", "berta");
    CHECK(of.refusal() == reason::no_such_message);
    of.redacts("berta", "ana");
    CHECK(of.refusal() == reason::no_such_message);
    of.redacts("berta", "dora");
    CHECK(of.the<redacted>().to->nickname.key == "dora");
    CHECK(of.heard_by_sessions({"berta", "dora"}));
}

TEST_CASE("what was said to an account is changed while it is away") {
    said_by_berta of;
    of.does("dora", register_account{named("dora"), {"p", "s"}});
    of.says("berta", "dora");
    of.remember();
    of.disconnects("dora");
    of.edits("berta", "dora");
    CHECK(of.heard_by_sessions({"berta"}));
    of.redacts("berta", "dora");
    CHECK(of.happened<redacted>());
}

TEST_CASE("what only some roles heard is taken back before them alone") {
    said_by_berta of;
    of.does("berta", speak{named("#a"), message_kind::message, "x", {}, role::room_operator});
    of.remember();
    of.redacts("berta");
    CHECK(of.heard_by_sessions({"ana", "berta"}));
}

TEST_CASE("whose nickname somebody takes, her messages she does not get") {
    said_by_berta of;
    of.disconnects("berta");
    of.connects("berta");
    of.joins("berta", "#a");
    of.redacts("berta");
    CHECK(of.refusal() == reason::not_ones_own);
    of.edits("berta");
    CHECK(of.refusal() == reason::not_ones_own);
}

TEST_CASE("changes are refused while the disk is nearly full") {
    const said_by_berta of;
    CHECK(of.chat.would_last(redact{}));
    CHECK(of.chat.would_last(edit{}));
}

TEST_CASE("a reply carries what it replies to") {
    said_by_berta of;
    of.does("ana",
            speak{named("#a"), message_kind::message, "sí", {}, role::member, of.what.number});
    CHECK(of.the<spoke>().about == of.what.number);
}

TEST_CASE("an operator of the server redacts in any room that she sees, and it is written down") {
    said_by_berta of;
    of.does("dora", register_account{named("dora"), {"p", "s"}});
    of.redacts("dora");
    CHECK(of.refusal() == reason::no_such_message);
    of.server_does(set_rights{named("dora"), only(right::redact), {}});
    of.asks("dora", ask_history{named("#a"), true});
    CHECK(std::get<history_answer>(*of.the<answered>().what).conversation == of.what.conversation);
    of.redacts("dora", "#a", "insults");
    CHECK_FALSE(of.the<redacted>().own);
    CHECK(of.the<moderated>().what == measure::redacted);
    CHECK(of.the<moderated>().by == "dora");
    CHECK(of.the<moderated>().whom == "#a berta " + std::to_string(of.what.number.value));
    CHECK(of.the<moderated>().why == "insults");
}

TEST_CASE("whose message was redacted is written down after she went, too") {
    said_by_berta of;
    of.does("dora", register_account{named("dora"), {"p", "s"}});
    of.server_does(set_rights{named("dora"), only(right::redact), {}});
    of.disconnects("berta");
    of.redacts("dora", "#a", "insults");
    CHECK(of.the<moderated>().whom == "#a berta " + std::to_string(of.what.number.value));
}

TEST_CASE("another right redacts nothing, nor does that one in secret or in private") {
    said_by_berta of;
    of.does("dora", register_account{named("dora"), {"p", "s"}});
    of.server_does(set_rights{named("dora"), only(right::kill), {}});
    of.redacts("dora");
    CHECK(of.refusal() == reason::no_such_message);
    of.server_does(set_rights{named("dora"), only(right::redact), {}});
    of.asks("dora", ask_history{named("#a"), false}); // nor does she read from outside
    CHECK_FALSE(std::get<history_answer>(*of.the<answered>().what).conversation);
    of.sets("ana", "#a", flag_change{room_flag::secret, true});
    of.asks("dora", ask_history{named("#a"), true});
    CHECK_FALSE(std::get<history_answer>(*of.the<answered>().what).conversation);
    of.redacts("dora");
    CHECK(of.refusal() == reason::no_such_message);
    of.says("berta", "carla");
    of.remember();
    of.redacts("dora", "berta");
    CHECK(of.refusal() == reason::no_such_message);
}

TEST_CASE("the right to redact is not one to edit") {
    said_by_berta of;
    of.does("dora", register_account{named("dora"), {"p", "s"}});
    of.server_does(set_rights{named("dora"), only(right::redact), {}});
    of.edits("dora");
    CHECK(of.refusal() == reason::no_such_message);
}
