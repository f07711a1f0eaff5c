// SPDX-License-Identifier: Apache-2.0
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

TEST_CASE("the maker of a room is its operator, who comes after is not") {
    world of;
    of.all_join({"ana"}, "#a");
    CHECK(of.the<joined>().rank == role::room_operator);
    of.all_join({"berta"}, "#a");
    CHECK(of.the<joined>().rank == role::member);
    CHECK(of.the<joined>().members->members.size() == 2);
}

TEST_CASE("nobody becomes operator of a kept room") {
    world of;
    of.server_does(keep_room{named("#lobby")});
    of.all_join({"ana"}, "#lobby");
    CHECK(of.the<joined>().rank == role::member);
}

TEST_CASE("joining where one is already says nothing") {
    world of;
    of.all_join({"ana"}, "#a");
    of.joins("ana", "#a");
    CHECK(of.events.size() == 1);
}

TEST_CASE("a join into a room with people in it leaves nothing to store") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    CHECK_FALSE(of.happened<room_saved>());
}

TEST_CASE("a locked door opens for the right ones only") {
    world of;
    of.all_join({"ana"}, "#a");
    of.connects("berta");
    SUBCASE("invite only") {
        of.sets("ana", "#a", flag_change{room_flag::invite_only, true});
        of.joins("berta", "#a");
        CHECK(of.refusal() == reason::invite_only);
        of.does("ana", invite{named("berta"), named("#a")});
    }
    SUBCASE("invite only, with an exception") {
        of.sets("ana", "#a", flag_change{room_flag::invite_only, true});
        of.sets("ana", "#a",
                mask_change{room_list::invite_exception, true, {"berta!*@*", "berta!*@*", {}, {}}});
    }
    SUBCASE("banned") {
        of.bans("ana", "#a", "*!*@berta.example");
        of.joins("berta", "#a");
        CHECK(of.refusal() == reason::banned);
        of.does("ana", invite{named("berta"), named("#a")});
    }
    SUBCASE("banned, with an exception") {
        of.bans("ana", "#a", "*!*@berta.example");
        of.joins("berta", "#a");
        CHECK(of.refusal() == reason::banned);
        of.sets("ana", "#a",
                mask_change{room_list::ban_exception, true, {"berta!*@*", "berta!*@*", {}, {}}});
    }
    SUBCASE("full") {
        of.sets("ana", "#a", capacity_change{1});
        of.joins("berta", "#a");
        CHECK(of.refusal() == reason::room_full);
        of.does("ana", invite{named("berta"), named("#a")});
    }
    SUBCASE("with a password") {
        of.sets("ana", "#a", password_change{"clave"});
        of.joins("berta", "#a");
        CHECK(of.refusal() == reason::wrong_password);
        of.does("ana", invite{named("berta"), named("#a")});
        of.joins("berta", "#a", "falsa");
        CHECK(of.refusal() == reason::wrong_password);
        of.sets("ana", "#a", password_change{"buena"});
    }
    of.joins("berta", "#a", "buena");
    CHECK(of.happened<joined>());
}

TEST_CASE("an invitation is used up by coming in") {
    world of;
    of.all_join({"ana"}, "#a");
    of.connects("berta");
    of.sets("ana", "#a", flag_change{room_flag::invite_only, true});
    of.does("ana", invite{named("berta"), named("#a")});
    of.joins("berta", "#a");
    of.parts("berta", "#a");
    of.joins("berta", "#a");
    CHECK(of.refusal() == reason::invite_only);
}

TEST_CASE("an invitation is told to both and to the room") {
    world of;
    of.all_join({"ana"}, "#a");
    of.connects("berta");
    of.does("ana", invite{named("berta"), named("#a")});
    CHECK(std::ranges::count_if(of.events, [](const event& one) {
              return std::holds_alternative<invited>(one.what);
          }) == 3);
}

TEST_CASE("invitations are refused") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    of.connects("carla");
    SUBCASE("from outside") {
        of.does("carla", invite{named("ana"), named("#a")});
        CHECK(of.refusal() == reason::not_in_room);
    }
    SUBCASE("of nobody") {
        of.does("ana", invite{named("zoe"), named("#a")});
        CHECK(of.refusal() == reason::no_such_nickname);
    }
    SUBCASE("of one who is there") {
        of.does("ana", invite{named("berta"), named("#a")});
        CHECK(of.refusal() == reason::target_in_room_already);
    }
    SUBCASE("by a mere member, where only the invited come in") {
        of.sets("ana", "#a", flag_change{room_flag::invite_only, true});
        of.does("berta", invite{named("carla"), named("#a")});
        CHECK(of.refusal() == reason::needs_operator);
    }
}

TEST_CASE("leaving a room that one is not in is refused; a secret one does not exist") {
    world of;
    of.all_join({"ana"}, "#a");
    of.connects("berta");
    of.parts("berta", "#a");
    CHECK(of.refusal() == reason::not_in_room);
    of.sets("ana", "#a", flag_change{room_flag::secret, true});
    of.parts("berta", "#a");
    CHECK(of.refusal() == reason::no_such_room);
}

TEST_CASE("who may put out whom") {
    struct row {
        role by, whom;
        std::optional<reason> refusal;
    };
    const row table[] = {
        {role::member, role::member, reason::needs_operator},
        {role::voice, role::member, reason::needs_operator},
        {role::half_operator, role::member, std::nullopt},
        {role::half_operator, role::voice, std::nullopt},
        {role::half_operator, role::half_operator, reason::needs_higher_role},
        {role::half_operator, role::room_operator, reason::needs_higher_role},
        {role::room_operator, role::half_operator, std::nullopt},
        {role::room_operator, role::room_operator, std::nullopt},
    };
    for (const row& one : table) {
        world of;
        of.all_join({"ana", "by", "whom"}, "#a");
        of.grants("ana", "#a", one.by, "by");
        of.grants("ana", "#a", one.whom, "whom");
        of.does("by", kick{named("#a"), named("whom"), "fuera"});
        INFO(static_cast<int>(one.by), " puts out ", static_cast<int>(one.whom));
        CHECK(of.refusal() == one.refusal);
        CHECK(of.happened<kicked>() == !one.refusal);
    }
}

TEST_CASE("nobody who is not there can be put out") {
    world of;
    of.all_join({"ana"}, "#a");
    of.connects("berta");
    of.does("ana", kick{named("#a"), named("berta"), {}});
    CHECK(of.refusal() == reason::target_not_in_room);
    of.does("ana", kick{named("#a"), named("zoe"), {}});
    CHECK(of.refusal() == reason::no_such_nickname);
}

TEST_CASE("a locked topic is for half-operators and above") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    of.does("berta", set_topic{named("#a"), "tema"});
    CHECK(of.refusal() == reason::needs_operator);
    of.does("ana", set_topic{named("#a"), "tema"});
    CHECK(of.the<topic_changed>().topic == "tema");
    CHECK(of.the<room_saved>().topic_by == "ana");
    of.sets("ana", "#a", flag_change{room_flag::topic_locked, false});
    of.does("berta", set_topic{named("#a"), "otro"});
    CHECK(of.happened<topic_changed>());
}

TEST_CASE("who may give which role") {
    struct row {
        role by, what;
        bool may;
    };
    const row table[] = {
        {role::member, role::voice, false},
        {role::voice, role::voice, false},
        {role::half_operator, role::voice, true},
        {role::half_operator, role::half_operator, false},
        {role::half_operator, role::room_operator, false},
        {role::room_operator, role::half_operator, true},
        {role::room_operator, role::room_operator, true},
        {role::room_operator, role::admin, false},
        {role::room_operator, role::owner, false},
    };
    for (const row& one : table) {
        world of;
        of.all_join({"ana", "by", "whom"}, "#a");
        of.grants("ana", "#a", one.by, "by");
        of.grants("by", "#a", one.what, "whom");
        INFO(static_cast<int>(one.by), " gives ", static_cast<int>(one.what));
        CHECK(of.happened<room_modes_changed>() == one.may);
        CHECK(of.refusal() == (one.may ? std::nullopt : std::optional(reason::needs_operator)));
    }
}

TEST_CASE("a role is taken from its holder, and nobody touches one above") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    of.grants("ana", "#a", role::half_operator, "berta");
    of.sets("ana", "#a", role_change{role::voice, false, named("berta")});
    CHECK_FALSE(of.happened<room_modes_changed>());
    of.sets("berta", "#a", role_change{role::voice, true, named("ana")});
    CHECK(of.refusal() == reason::needs_higher_role);
    of.sets("berta", "#a", role_change{role::half_operator, false, named("berta")});
    CHECK(of.happened<room_modes_changed>());
}

TEST_CASE("changes that change nothing are not heard; the others are one event") {
    world of;
    of.all_join({"ana"}, "#a");
    of.does("ana", set_room_modes{named("#a"),
                                  {flag_change{room_flag::members_only, true},
                                   flag_change{room_flag::moderated, true}, capacity_change{9}}});
    CHECK(of.the<room_modes_changed>().changes.size() == 2);
    CHECK(of.the<room_saved>().capacity == 9);
}

TEST_CASE("a mere member's changes are refused, once for all of them") {
    world of;
    of.all_join({"ana", "berta"}, "#a");
    of.does("berta", set_room_modes{named("#a"),
                                    {flag_change{room_flag::moderated, true}, capacity_change{9}}});
    CHECK(of.refusal() == reason::needs_operator);
    CHECK(of.events.size() == 2);
}

TEST_CASE("a list holds so many masks, each once") {
    world of;
    of.all_join({"ana"}, "#a");
    for (int i = 0; i < 100; ++i) {
        of.bans("ana", "#a", std::to_string(i) + "!*@*");
    }
    of.bans("ana", "#a", "5!*@*");
    CHECK_FALSE(of.happened<refused>());
    CHECK_FALSE(of.happened<room_modes_changed>());
    of.bans("ana", "#a", "one-more!*@*");
    CHECK(of.refusal() == reason::list_full);
}

TEST_CASE("a room that looks like another is not made") {
    world of;
    of.all_join({"ana"}, "#a");
    base::name alike{"#\u0430", "#\u0430", named("#a").skeleton, false};
    of.does("ana", join{alike, {}});
    CHECK(of.refusal() == reason::room_looks_alike);
}

TEST_CASE("who leaves is told with how many others there are") {
    world of;
    of.all_join({"ana", "ben", "eva"}, "#a");
    of.all_join({"ana", "ben"}, "#b");
    of.does("ana", chat::rename{named("anna")});
    CHECK(of.the<renamed>().others == std::vector<std::uint32_t>{2, 1});
    of.parts("eva", "#a");
    CHECK(of.the<parted>().others == 2);
    of.disconnects("ana");
    CHECK(of.the<person_left>().others == std::vector<std::uint32_t>{1, 1});
}
