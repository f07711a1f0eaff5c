// SPDX-License-Identifier: Apache-2.0
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

// ana is operator of #a, "by" and "whom" hold what they are given.
struct court : world {
    court(role by, role whom) {
        all_join({"ana", "by", "whom"}, "#a");
        grants("ana", "#a", by, "by");
        grants("ana", "#a", whom, "whom");
    }
    void takes(const std::string& who, role what, const std::string& whom) {
        sets(who, "#a", role_change{what, false, named(whom)});
    }
    role rank_of(const std::string& whom) {
        asks("ana", ask_names{named("#a")});
        const auto& members = answer<names_answer>().members;
        const auto found = std::ranges::find(
            members, whom, [](const member_view& one) { return one.who->nickname.key; });
        return found == members.end() ? role::member : found->rank;
    }
};

mask_change mask(room_list list, bool add, const std::string& of) {
    return {list, add, {of, of, {}, {}}};
}

} // namespace

TEST_CASE("who may take which role from whom") {
    struct row {
        role by, whom;
        std::optional<reason> refusal;
    };
    const row table[] = {
        {role::member, role::voice, reason::needs_operator},
        {role::voice, role::voice, reason::needs_operator},
        {role::half_operator, role::voice, std::nullopt},
        {role::half_operator, role::half_operator, reason::needs_operator},
        {role::half_operator, role::room_operator, reason::needs_operator},
        {role::room_operator, role::voice, std::nullopt},
        {role::room_operator, role::half_operator, std::nullopt},
        {role::room_operator, role::room_operator, std::nullopt},
    };
    for (const row& one : table) {
        court of(one.by, one.whom);
        of.takes("by", one.whom, "whom");
        INFO(static_cast<int>(one.by), " takes ", static_cast<int>(one.whom));
        CHECK(of.refusal() == one.refusal);
        CHECK(of.rank_of("whom") == (one.refusal ? one.whom : role::member));
    }
}

TEST_CASE("everybody may step down") {
    for (const role held : {role::voice, role::half_operator, role::room_operator}) {
        court of(held, role::member);
        of.takes("by", held, "by");
        CHECK_FALSE(of.happened<refused>());
        CHECK(of.rank_of("by") == role::member);
    }
}

TEST_CASE("nobody rises by her own word") {
    for (const role held : {role::member, role::voice, role::half_operator}) {
        court of(held, role::member);
        of.grants("by", "#a", role::room_operator, "by");
        CHECK(of.refusal() == reason::needs_operator);
        CHECK(of.rank_of("by") == held);
    }
}

TEST_CASE("a higher role replaces the one held, a lower one does not") {
    court of(role::member, role::half_operator);
    of.grants("ana", "#a", role::voice, "whom");
    CHECK_FALSE(of.happened<room_modes_changed>());
    CHECK(of.rank_of("whom") == role::half_operator);
    of.grants("ana", "#a", role::room_operator, "whom");
    CHECK(of.rank_of("whom") == role::room_operator);
}

TEST_CASE("a role in the event bears the name as its holder writes it") {
    world of;
    of.all_join({"ana", "Berta"}, "#a");
    of.grants("ana", "#a", role::voice, "bERTA");
    const auto& change = std::get<role_change>(of.the<room_modes_changed>().changes.front());
    CHECK(change.target.display == "Berta");
    CHECK_FALSE(of.happened<room_saved>()); // a guest's role ends with her
}

TEST_CASE("a role is given to members only") {
    court of(role::member, role::member);
    of.connects("carla");
    of.grants("ana", "#a", role::voice, "carla");
    CHECK(of.refusal() == reason::target_not_in_room);
    CHECK(of.the<refused>().a == "carla");
    CHECK(of.the<refused>().b == "#a");
    of.grants("ana", "#a", role::voice, "zoe");
    CHECK(of.refusal() == reason::no_such_nickname);
}

TEST_CASE("who steps down in the middle of a line may do no more in the rest of it") {
    court of(role::room_operator, role::member);
    of.does("by", set_room_modes{named("#a"),
                                 {flag_change{room_flag::moderated, true},
                                  role_change{role::room_operator, false, named("by")},
                                  flag_change{room_flag::secret, true}}});
    CHECK(of.refusal() == reason::needs_operator);
    CHECK(of.the<room_modes_changed>().changes.size() == 2);
    CHECK_FALSE(of.the<room_saved>().flags.test(static_cast<std::size_t>(room_flag::secret)));
}

TEST_CASE("modes are for half-operators and above") {
    const mode_change changes[] = {flag_change{room_flag::moderated, true},
                                   password_change{"clave"}, capacity_change{5},
                                   mask(room_list::ban, true, "x!*@*")};
    for (const mode_change& one : changes) {
        for (const role by : {role::member, role::voice}) {
            court of(by, role::member);
            of.sets("by", "#a", one);
            CHECK(of.refusal() == reason::needs_operator);
            CHECK(of.events.size() == 2);
        }
        court of(role::half_operator, role::member);
        of.sets("by", "#a", one);
        CHECK(of.the<room_modes_changed>().changes.size() == 1);
        CHECK(of.happened<room_saved>());
    }
}

TEST_CASE("modes of a room that one is not in are refused") {
    court of(role::member, role::member);
    of.connects("carla");
    of.sets("carla", "#a", flag_change{room_flag::moderated, true});
    CHECK(of.refusal() == reason::not_in_room);
    of.sets("carla", "#none", flag_change{room_flag::moderated, true});
    CHECK(of.refusal() == reason::no_such_room);
    of.sets("ana", "#a", flag_change{room_flag::secret, true});
    of.sets("carla", "#a", flag_change{room_flag::moderated, true});
    CHECK(of.refusal() == reason::no_such_room);
}

TEST_CASE("every flag can be set and taken back") {
    for (std::size_t bit = 0; bit < room_flag_count; ++bit) {
        const auto flag = static_cast<room_flag>(bit);
        court of(role::member, role::member);
        for (const bool on : {false, true, false}) {
            of.sets("ana", "#a", flag_change{flag, on});
            of.asks("ana", ask_room{named("#a")});
            CHECK(of.answer<room_answer>().view->flags.test(bit) == on);
        }
    }
}

TEST_CASE("a password or a capacity that is there already is no change, and can be taken away") {
    court of(role::member, role::member);
    for (const mode_change& one :
         {mode_change{password_change{"clave"}}, mode_change{capacity_change{5}}}) {
        of.sets("ana", "#a", one);
        CHECK(of.happened<room_modes_changed>());
        of.sets("ana", "#a", one);
        CHECK(of.events.size() == 1);
    }
    of.does("ana", set_room_modes{named("#a"), {password_change{}, capacity_change{}}});
    CHECK(of.the<room_modes_changed>().changes.size() == 2);
    CHECK(of.the<room_saved>().password.empty());
    CHECK(of.the<room_saved>().capacity == 0);
}

TEST_CASE("a mask is signed and dated, and found again however it is written") {
    court of(role::member, role::member);
    of.sets("ana", "#a", mask_change{room_list::ban, true, {"X!*@*", "x!*@*", "forged", {}}});
    const auto& added = std::get<mask_change>(of.the<room_modes_changed>().changes.front());
    CHECK(added.entry.set_by == "ana");
    CHECK(added.entry.set_at == of.now);
    of.sets("ana", "#a", mask(room_list::ban, false, "x!*@*"));
    const auto& removed = std::get<mask_change>(of.the<room_modes_changed>().changes.front());
    CHECK(removed.entry.mask == "X!*@*");
    of.sets("ana", "#a", mask(room_list::ban, false, "x!*@*"));
    CHECK(of.events.size() == 1);
}

TEST_CASE("the three lists of a room are apart, and each has its own bound") {
    court of(role::member, role::member);
    for (int i = 0; i < 100; ++i) {
        of.bans("ana", "#a", std::to_string(i) + "!*@*");
    }
    of.sets("ana", "#a", mask(room_list::ban_exception, true, "0!*@*"));
    CHECK(of.happened<room_modes_changed>());
    of.sets("ana", "#a", mask(room_list::ban, true, "other!*@*"));
    CHECK(of.refusal() == reason::list_full);
    CHECK(of.the<refused>().b == "other!*@*");
    of.sets("ana", "#a", mask(room_list::ban, false, "0!*@*"));
    of.sets("ana", "#a", mask(room_list::ban, true, "other!*@*"));
    CHECK(of.happened<room_modes_changed>());
}

TEST_CASE("refused changes leave the others of their line") {
    court of(role::member, role::member);
    of.does("ana", set_room_modes{named("#a"),
                                  {role_change{role::voice, true, named("zoe")},
                                   flag_change{room_flag::moderated, true},
                                   role_change{role::owner, true, named("by")},
                                   role_change{role::admin, true, named("by")}}});
    CHECK(of.the<room_modes_changed>().changes.size() == 1);
    const auto refusals = std::ranges::count_if(
        of.events, [](const event& one) { return std::holds_alternative<refused>(one.what); });
    CHECK(refusals == 2); // no such nickname; needs_operator once for both roles
}
