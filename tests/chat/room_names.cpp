// SPDX-License-Identifier: Apache-2.0
// A room gets another name, and is what it was.
#include "base/limits.hpp"
#include "chat/restart.hpp"

#include <string>

using namespace tertulia;
using namespace tertulia::chat;

namespace {

// ana's room, with luis in it; eva is outside.
struct house : world {
    house() {
        registers("ana");
        joins("ana", "#old");
        all_join({"luis"}, "#old");
        connects("eva");
    }
    void renames(const std::string& by, const std::string& from, const std::string& to) {
        does(by, rename_room{named(from), named(to), "why"});
    }
};

} // namespace

TEST_CASE("a renamed room keeps its identity, members, modes and topic") {
    house of;
    of.does("ana", set_topic{named("#old"), "tema"});
    of.asks("ana", ask_history{named("#old")});
    const conversation_id before = of.answer<history_answer>().conversation;
    of.renames("ana", "#old", "#new");
    const room_renamed& told = of.the<room_renamed>();
    CHECK(told.before->name.key == "#old");
    CHECK(told.after->name.key == "#new");
    CHECK(told.members->members.size() == 2);
    CHECK(of.heard_by_sessions({"ana", "luis"}));
    of.asks("luis", ask_history{named("#new")});
    CHECK(of.answer<history_answer>().conversation == before);
    of.asks("luis", ask_room{named("#new"), room_aspect::topic});
    CHECK(of.answer<room_answer>().view->topic == "tema");
    of.says("luis", "#new");
    CHECK(of.happened<spoke>());
}

TEST_CASE("only its owner renames a kept room; a guests' room its operators") {
    house of;
    of.does("luis", rename_room{named("#old"), named("#new"), ""});
    CHECK(of.refusal() == reason::needs_owner);
    of.grants("ana", "#old", role::room_operator, "luis");
    of.renames("luis", "#old", "#new");
    CHECK(of.refusal() == reason::needs_owner);
    of.renames("eva", "#old", "#new");
    CHECK(of.refusal() == reason::not_in_room);
    of.all_join({"pia", "eva"}, "#g");
    of.renames("eva", "#g", "#h");
    CHECK(of.refusal() == reason::needs_operator);
    of.renames("pia", "#g", "#h");
    CHECK(of.happened<room_renamed>());
}

TEST_CASE("a hidden room is not renamed by who is not in it, nor told of") {
    house of;
    of.sets("ana", "#old", flag_change{room_flag::secret, true});
    of.renames("eva", "#old", "#new");
    CHECK(of.refusal() == reason::no_such_room);
}

TEST_CASE("a name that another room has, had lately, or looks like is taken") {
    house of;
    of.joins("eva", "#taken");
    of.renames("ana", "#old", "#taken");
    CHECK(of.refusal() == reason::room_name_taken);
    of.renames("eva", "#taken", "#eva");
    of.renames("ana", "#old", "#taken");
    CHECK(of.refusal() == reason::room_name_taken);
    base::name alike = named("#еva");
    alike.skeleton = named("#eva").skeleton;
    alike.latin = false;
    of.does("ana", rename_room{named("#old"), alike, ""});
    CHECK(of.refusal() == reason::room_name_taken);
}

TEST_CASE("a name is written otherwise at any time") {
    house of;
    of.renames("ana", "#old", "#OLD");
    CHECK(of.the<room_renamed>().after->name.display == "#OLD");
    of.renames("ana", "#old", "#Old");
    CHECK(of.happened<room_renamed>());
    of.renames("ana", "#old", "#Old");
    CHECK_FALSE(of.happened<room_renamed>()); // as it is
    CHECK_FALSE(of.refusal().has_value());
}

TEST_CASE("a room is not renamed again at once, and the lobby never") {
    house of;
    of.renames("ana", "#old", "#new");
    of.renames("ana", "#new", "#newer");
    CHECK(of.refusal() == reason::cannot_rename);
    of.waits(base::limits::rename_pause);
    of.renames("ana", "#new", "#newer");
    CHECK(of.happened<room_renamed>());
    of.server_does(keep_room{named("#lobby")});
    of.joins("ana", "#lobby");
    of.does("ana", claim_server{});
    of.renames("ana", "#lobby", "#sala");
    CHECK(of.refusal() == reason::cannot_rename);
}

TEST_CASE("the old name leads to the new one for a while, and is free then") {
    house of;
    of.renames("ana", "#old", "#new");
    of.joins("eva", "#old");
    CHECK(of.the<refused>().why == reason::room_renamed);
    CHECK(of.the<refused>().b == "#new");
    of.waits(base::limits::former_name_lasts);
    of.joins("eva", "#old");
    CHECK(of.happened<joined>());
}

TEST_CASE("the old name of a hidden room tells strangers nothing") {
    house of;
    of.sets("ana", "#old", flag_change{room_flag::secret, true});
    of.renames("ana", "#old", "#new");
    of.joins("eva", "#old");
    CHECK(of.happened<joined>());
    CHECK(of.the<joined>().view->member_count == 1);
}

TEST_CASE("a room takes its own old name back") {
    house of;
    of.renames("ana", "#old", "#new");
    of.waits(base::limits::rename_pause);
    of.renames("ana", "#new", "#old");
    CHECK(of.happened<room_renamed>());
    of.joins("eva", "#new");
    CHECK(of.the<refused>().b == "#old");
    of.joins("eva", "#old");
    CHECK(of.happened<joined>());
}

TEST_CASE("former names are bounded, stay over a restart and end with the room") {
    house of;
    std::string name = "#old";
    for (std::size_t i = 0; i <= base::limits::former_names_max; ++i) {
        const std::string next = "#n" + std::to_string(i);
        of.renames("ana", name, next);
        of.waits(base::limits::rename_pause);
        name = next;
    }
    of.joins("eva", "#old"); // the oldest is free
    CHECK(of.happened<joined>());
    restart(of);
    of.server_does(node_gone{0});
    of.connects("pia");
    of.joins("pia", "#n0");
    CHECK(of.the<refused>().b == name);
    of.server_does(close_room{named(name), ""});
    of.joins("pia", "#n0");
    CHECK(of.happened<joined>());
}

TEST_CASE("who is away is in the room under its new name when she comes back") {
    house of;
    of.renames("ana", "#old", "#new");
    restart(of);
    connect wish;
    wish.address = "10.0.0.9";
    wish.as = proof{of.chat.lasting_state().accounts.front().id, 1};
    of.does("ana", wish);
    CHECK(of.the<joined>().room->name.key == "#new");
}
