// SPDX-License-Identifier: Apache-2.0
// Whom somebody does not hear in private.
#include "base/limits.hpp"
#include "chat/order_town.hpp"
#include "chat/silence.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

silence off(const std::string& mask) { return {{mask, mask, {}, {}}, true}; }
silence on_again(const std::string& mask) { return {{mask, mask, {}, {}}, false}; }

// berta, an account, does not hear carla.
struct quiet_town : town {
    quiet_town() { does("berta", off("carla!*@*")); }
    [[nodiscard]] bool hears(const std::string& who, const event* what) const {
        const auto* const heard =
            what == nullptr ? nullptr : std::get_if<to_sessions>(&what->heard_by);
        return heard != nullptr &&
               std::ranges::find(heard->sessions, sessions.at(who)) != heard->sessions.end();
    }
};

} // namespace

TEST_CASE("what who is silenced says in private is not heard, nor kept, and she is not told") {
    quiet_town of;
    for (const message_kind kind :
         {message_kind::message, message_kind::notice, message_kind::tags}) {
        of.does("carla", speak{named("berta"), kind, "x", "+x"});
        CHECK(of.hears("carla", of.find<spoke>()));
        CHECK_FALSE(of.hears("berta", of.find<spoke>()));
        CHECK_FALSE(of.the<spoke>().kept);
        CHECK_FALSE(of.happened<refused>());
        CHECK_FALSE(of.happened<conversation_opened>());
    }
    of.asks("carla", signal{named("berta"), "+typing=active"});
    CHECK_FALSE(of.hears("berta", of.find<signalled>()));
    of.says("carla", "#lobby");
    CHECK(std::holds_alternative<to_room>(of.find<spoke>()->heard_by));
}

TEST_CASE("an address that is not shown tells itself to no silence") {
    town of;
    of.does("berta", off("*!*@10.0.0.1"));
    of.says("carla", "berta");
    CHECK(of.the<spoke>().kept);
}

TEST_CASE("nobody silences herself") {
    town of;
    of.does("berta", off("berta!*@*"));
    CHECK(of.refusal() == reason::is_oneself);
    of.does("berta", off("a:berta"));
    CHECK(of.refusal() == reason::is_oneself);
    of.does("berta", off("*!*@*")); // who hears nobody else may still talk to herself
    CHECK(of.happened<silence_changed>());
}

TEST_CASE("who is silenced invites in vain, and is not told") {
    quiet_town of;
    of.joins("carla", "#sala");
    of.does("carla", invite{named("berta"), named("#sala")});
    CHECK(of.the<invited>().heard_as == invited_as::reply);
    CHECK_FALSE(of.hears("berta", of.find<invited>()));
    of.asks("berta", ask_invitations{});
    CHECK(of.answer<invitations_answer>().rooms.empty());
}

TEST_CASE("what was said in private before is not edited before her eyes") {
    town of;
    of.says("carla", "berta");
    const spoke said = of.the<spoke>();
    of.does("berta", off("carla!*@*"));
    of.does("carla", edit{named("berta"),
                          {said.conversation, said.number, said.by->person, said.kind, {}},
                          "y"});
    const auto& heard = std::get<to_sessions>(of.find<edited>()->heard_by).sessions;
    CHECK(heard == std::vector{of.sessions.at("carla")});
}

TEST_CASE("an account that is away does not find it in its history") {
    quiet_town of;
    of.disconnects("berta");
    of.says("carla", "berta");
    CHECK(of.the<spoke>().waits);
    CHECK_FALSE(of.the<spoke>().kept);
}

TEST_CASE("others are heard, operators always, and who is no longer silenced") {
    quiet_town of;
    of.does("berta", off("ana!*@*"));
    of.says("ana", "berta");
    CHECK_FALSE(of.hears("berta", of.find<spoke>()));
    of.makes_operator("ana", only(right::log));
    of.says("ana", "berta");
    CHECK(of.hears("berta", of.find<spoke>()));
    of.does("berta", on_again("carla!*@*"));
    of.says("carla", "berta");
    CHECK(of.hears("berta", of.find<spoke>()));
    of.says("berta", "berta");
    CHECK(of.hears("berta", of.find<spoke>()));
}

TEST_CASE("an account is silenced by its name, from wherever it comes") {
    town of;
    of.does("carla", off("a:berta"));
    of.says("berta", "carla");
    CHECK_FALSE(of.the<spoke>().kept);
}

TEST_CASE("an account's list outlasts a restart; a guest's goes with her into her account") {
    quiet_town of;
    of.does("carla", off("ana!*@*"));
    CHECK_FALSE(of.happened<silence_saved>());
    of.does("carla", register_account{named("carla"), {"x", ""}});
    CHECK(of.the<silence_saved>().whom.mask == "ana!*@*");
    CHECK(heart(of.chat.lasting_state()).lasting_state().silences.size() == 2);
    of.server_does(delete_account{named("carla"), authority::machine});
    CHECK(of.chat.lasting_state().silences.size() == 1);
}

TEST_CASE("a list is full at some time, has each mask once, and is nobody else's to see") {
    quiet_town of;
    of.does("berta", off("carla!*@*"));
    CHECK_FALSE(of.happened<silence_changed>());
    of.does("berta", on_again("nadie!*@*"));
    CHECK_FALSE(of.happened<silence_changed>());
    for (std::size_t i = 1; i < base::limits::silences_max; ++i) {
        of.does("berta", off("n" + std::to_string(i)));
    }
    of.does("berta", off("one more"));
    CHECK(of.refusal() == reason::silence_list_full);
    of.asks("berta", ask_silences{});
    CHECK(of.answer<silences_answer>().masks.size() == base::limits::silences_max);
    of.asks("carla", ask_silences{});
    CHECK(of.answer<silences_answer>().masks.empty());
}
