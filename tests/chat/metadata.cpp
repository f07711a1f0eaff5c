// SPDX-License-Identifier: Apache-2.0
// What people and rooms say of themselves: who may set it, who may read it, what is kept.
#include "base/limits.hpp"
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

struct gallery : world {
    gallery() {
        all_join({"ana", "luis"}, "#a"); // ana keeps order in #a
        connects("eva");
    }
    void sets(const std::string& who, const std::string& target, const std::string& key,
              const std::string& value) {
        does(who, set_metadata{named(target), {key, value}});
    }
    using world::sets;
    const metadata_answer& reads(const std::string& who, const std::string& target,
                                 metadata_of what = metadata_of::one) {
        asks(who, ask_metadata{named(target), what, true, {}});
        return answer<metadata_answer>();
    }
};

} // namespace

TEST_CASE("what one says of oneself is heard by those who share a room, and read by all") {
    gallery of;
    of.sets("ana", "*", "avatar", "https://example.org/a.png");
    CHECK(of.the<metadata_changed>().who->nickname.display == "ana");
    CHECK(std::get<to_rooms>(of.find<metadata_changed>()->heard_by).rooms.size() == 1);
    REQUIRE(of.reads("eva", "ANA").entries.size() == 1);
    CHECK(of.reads("eva", "ANA").entries[0].target == "ana");
}

TEST_CASE("a value is replaced, taken away, and told to the author alone when it is the same") {
    gallery of;
    of.sets("ana", "*", "status", "aquí");
    of.sets("ana", "*", "status", "aquí");
    CHECK(std::holds_alternative<to_session>(of.find<metadata_changed>()->heard_by));
    of.sets("ana", "ana", "status", "");
    CHECK(of.reads("ana", "*").entries.empty());
    of.sets("ana", "*", "status", "");
    CHECK(of.happened<metadata_changed>());
}

TEST_CASE("nobody sets another's metadata, nor that of a room that she keeps no order in") {
    gallery of;
    of.sets("ana", "luis", "status", "x");
    CHECK(of.refusal() == reason::metadata_of_another);
    of.sets("luis", "#a", "url", "x");
    CHECK(of.refusal() == reason::metadata_of_another);
    of.sets("eva", "#a", "url", "x");
    CHECK(of.refusal() == reason::metadata_of_another);
    of.sets("ana", "nadie", "status", "x");
    CHECK(of.refusal() == reason::metadata_target);
    of.does("luis", clear_metadata{named("#a")});
    CHECK(of.refusal() == reason::metadata_of_another);
}

TEST_CASE("a hidden or closed room tells those outside as little as one that does not exist") {
    gallery of;
    of.sets("ana", "#a", "url", "https://example.org");
    CHECK(of.reads("eva", "#a").entries.size() == 1);
    for (const mode_change& closing : std::vector<mode_change>{
             flag_change{room_flag::secret, true}, flag_change{room_flag::invite_only, true},
             password_change{"cave"}}) {
        gallery again;
        again.sets("ana", "#a", "url", "https://example.org");
        again.sets("ana", "#a", closing);
        CHECK_FALSE(again.reads("eva", "#a").found);
        CHECK(again.reads("luis", "#a").entries.size() == 1);
        again.sets("eva", "#a", "url", "x");
        CHECK(again.refusal() == reason::metadata_target);
    }
    CHECK_FALSE(of.reads("eva", "#none").found);
}

TEST_CASE("of a room's members only a member is told") {
    gallery of;
    of.sets("luis", "*", "status", "aquí");
    of.sets("ana", "#a", "url", "x");
    CHECK(of.reads("ana", "#a", metadata_of::one_with_members).entries.size() == 2);
    CHECK_FALSE(of.reads("eva", "#a", metadata_of::one_with_members).found);
    CHECK(of.reads("ana", "*ALL", metadata_of::everything_seen).entries.size() == 2);
    CHECK(of.reads("eva", "*ALL", metadata_of::everything_seen).entries.empty());
}

TEST_CASE("so many keys and no more") {
    gallery of;
    for (std::size_t i = 0; i < base::limits::metadata_keys_max; ++i) {
        of.sets("ana", "*", "k" + std::to_string(i), "v");
    }
    of.sets("ana", "*", "more", "v");
    CHECK(of.refusal() == reason::metadata_full);
    of.sets("ana", "*", "k0", "w");
    CHECK_FALSE(of.refusal());
    of.does("ana", clear_metadata{named("*")});
    CHECK(of.the<metadata_changed>().values.size() == base::limits::metadata_keys_max);
    CHECK(of.reads("ana", "*").entries.empty());
}

TEST_CASE("an account's metadata and a room's are the store's, a guest's is not") {
    gallery of;
    of.sets("ana", "*", "status", "x");
    CHECK_FALSE(of.happened<metadata_saved>());
    of.does("ana", register_account{named("ana"), {}, {}});
    CHECK(of.the<metadata_saved>().what.key == "status");
    of.sets("ana", "#a", "url", "y");
    CHECK(of.the<metadata_saved>().room);
    const heart again(of.chat.lasting_state());
    CHECK(again.lasting_state().about.size() == 2);
    of.disconnects("ana");
    CHECK(of.reads("luis", "ana").entries.size() == 1); // away
}

TEST_CASE("a room that begins anew says nothing of before") {
    world of;
    of.connects("ana");
    of.joins("ana", "#a");
    of.does("ana", set_metadata{named("#a"), {"url", "x"}});
    of.sets("ana", "#a", flag_change{room_flag::invite_only, true});
    of.parts("ana", "#a");
    of.joins("ana", "#a");
    of.asks("ana", ask_metadata{named("#a"), metadata_of::one, true, {}});
    CHECK(of.answer<metadata_answer>().entries.empty());
}

TEST_CASE("what is said before the welcome is there with it") {
    world of;
    connect wish;
    wish.nickname = named("ana");
    wish.address = "10.0.0.1";
    wish.about = {{"status", "x"}, {"status", "y"}};
    of.sessions["ana"] = {0, 1, 50};
    of.does("ana", wish);
    REQUIRE(of.the<welcomed>().about.size() == 1);
    CHECK(of.the<welcomed>().about[0].value == "y");
}

TEST_CASE("what an account keeps for itself is told to its own sessions alone") {
    for (const std::string key : {"tertulia/highlights", "tertulia/levels"}) {
        CAPTURE(key);
        gallery of;
        of.sets("ana", "*", key, "jazz");
        CHECK(std::holds_alternative<to_sessions>(of.find<metadata_changed>()->heard_by));
        REQUIRE(of.reads("ana", "*").entries.size() == 1);
        CHECK(of.reads("ana", "ana").entries[0].what.value == "jazz");
        CHECK(of.reads("luis", "ana").entries.empty());
        CHECK(of.reads("luis", "#a", metadata_of::one_with_members).entries.empty());
        of.asks("luis", ask_metadata{named("ana"), metadata_of::one, false, {key}});
        CHECK(of.answer<metadata_answer>().entries[0].what.value.empty());
        of.does("ana", clear_metadata{named("*")}); // she says nothing of it
        CHECK(of.reads("ana", "*").entries.size() == 1);
        of.sets("ana", "*", key, "");
        CHECK(of.reads("ana", "*").entries.empty());
    }
}
