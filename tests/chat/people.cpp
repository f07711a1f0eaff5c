// SPDX-License-Identifier: Apache-2.0
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

base::name cyrillic(const std::string& shown, const std::string& looks_like) {
    return {shown, shown, named(looks_like).skeleton, false};
}

} // namespace

TEST_CASE("a guest is welcomed and counted") {
    world of;
    of.connects("ana");
    CHECK(of.the<welcomed>().who->nickname.display == "ana");
    CHECK(of.the<welcomed>().counts.persons == 1);
}

TEST_CASE("every act ends in done, for its author") {
    world of;
    of.connects("ana");
    CHECK(std::holds_alternative<done>(of.events.back().what));
    of.joins("ana", "#a");
    CHECK(std::holds_alternative<done>(of.events.back().what));
    CHECK(std::get<to_session>(of.events.back().heard_by).session == of.sessions["ana"]);
}

TEST_CASE("a nickname is held by one at a time, whatever its case") {
    world of;
    of.connects("ana");
    of.connects_as("other", named("ANA"));
    CHECK(of.refusal() == reason::nickname_in_use);
    of.disconnects("ana");
    of.connects_as("other", named("ANA"));
    CHECK(of.happened<welcomed>());
}

TEST_CASE("a name in another script that looks like one in use is refused, and the reverse") {
    world of;
    of.connects("ana");
    of.connects_as("other", cyrillic("\u0430\u043d\u0430", "ana"));
    CHECK(of.refusal() == reason::nickname_looks_alike);
    world reverse;
    reverse.connects_as("other", cyrillic("\u0430\u043d\u0430", "ana"));
    reverse.connects("ana");
    CHECK(reverse.refusal() == reason::nickname_looks_alike);
}

TEST_CASE("two plain names that differ as rn and m do are two") {
    world of;
    base::name corn = named("corn");
    base::name com = named("com");
    com.skeleton = corn.skeleton;
    of.connects_as("a", corn);
    of.connects_as("b", com);
    CHECK(of.happened<welcomed>());
}

TEST_CASE("an address has so many sessions and no more, until one leaves") {
    world of;
    of.connects("ana", 2);
    of.connects("berta", 2);
    of.connects("carla", 2);
    CHECK(of.refusal() == reason::too_many_from_address);
    of.disconnects("ana");
    of.connects("carla", 2);
    CHECK(of.happened<welcomed>());
}

TEST_CASE("a stranger's command has no effect") {
    world of;
    of.sessions["nobody"] = {0, 1, 99};
    of.joins("nobody", "#a");
    CHECK(of.events.size() == 1 + std::size_t{of.happened<numbers_reserved>()});
    CHECK(of.chat.lasting_state().rooms.empty());
}

TEST_CASE("who leaves is missed in every room she was in, once") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    of.all_join({"ana"}, "#b");
    of.disconnects("ana");
    const auto& heard = std::get<to_rooms>(of.find<person_left>()->heard_by);
    CHECK(heard.rooms.size() == 2);
    CHECK(heard.own.empty());
    CHECK_FALSE(of.chat.knows(of.sessions["ana"]));
}

TEST_CASE("a rename is heard by acquaintances and by herself") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    of.does("ana", chat::rename{named("Anita")});
    CHECK(of.the<renamed>().before->nickname.display == "ana");
    CHECK(of.the<renamed>().after->nickname.display == "Anita");
    CHECK(std::get<to_rooms>(of.events.front().heard_by).own.size() == 1);
}

TEST_CASE("one may change the case of one's own name") {
    world of;
    of.connects("ana");
    of.does("ana", chat::rename{named("Ana")});
    CHECK(of.happened<renamed>());
}

TEST_CASE("a rename to a name in use is refused and changes nothing") {
    world of;
    of.connects("ana");
    of.connects("berta");
    of.does("ana", chat::rename{named("Berta")});
    CHECK(of.refusal() == reason::nickname_in_use);
    of.says("berta", "ana");
    CHECK(of.happened<spoke>());
}

TEST_CASE("going away is told to others once, and again to herself") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    of.does("ana", set_away{"comiendo"});
    CHECK(std::holds_alternative<to_rooms>(of.find<away_changed>()->heard_by));
    of.does("ana", set_away{"comiendo"});
    CHECK(of.the<away_changed>().text == "comiendo");
    CHECK(std::holds_alternative<to_session>(of.find<away_changed>()->heard_by));
    of.does("ana", set_away{std::nullopt});
    CHECK_FALSE(of.the<away_changed>().text.has_value());
}

TEST_CASE("a lost node takes its people with it and leaves the others") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    of.sessions["carla"] = {5, 1, 1};
    connect wish;
    wish.nickname = named("carla");
    of.does("carla", wish);
    of.joins("carla", "#a");
    of.server_does(node_gone{0});
    CHECK_FALSE(of.chat.knows(of.sessions["ana"]));
    CHECK(of.chat.knows(of.sessions["carla"]));
    of.says("carla", "#a");
    CHECK(of.happened<spoke>());
}

TEST_CASE("numbers are promised before they are used, a block at a time") {
    world of;
    of.connects("ana");
    const std::uint64_t promised = of.the<numbers_reserved>().up_to.value;
    CHECK(std::holds_alternative<numbers_reserved>(of.events.front().what));
    of.joins("ana", "#a");
    CHECK_FALSE(of.happened<numbers_reserved>());
    heart after(of.chat.lasting_state());
    std::vector<event> events;
    after.apply({{}, 0, of.now, keep_room{named("#lobby")}}, events);
    CHECK(std::get<numbers_reserved>(events.front().what).up_to.value > promised);
}
