// SPDX-License-Identifier: Apache-2.0
// Roles that stay with accounts, and whose a room is.
#include "chat/restart.hpp"

#include <string>
#include <vector>

using namespace tertulia;
using namespace tertulia::chat;

namespace {

// ana, luis and eva have accounts; the room is ana's, and the others are not in it.
struct house : world {
    house() {
        for (const std::string one : {"ana", "luis", "eva"}) {
            registers(one);
        }
        joins("ana", "#a");
    }
    void gives(const std::string& by, const std::string& whom, role rank) {
        does(by, grant_access{named("#a"), named(whom), rank});
    }
    void hands_on(const std::string& by, const std::string& to) {
        does(by, transfer_room{named("#a"), named(to)});
    }
    std::string list_for(const std::string& who) {
        asks(who, ask_access{named("#a")});
        const auto& found = answer<access_answer>();
        if (!found.room) {
            return "no such room";
        }
        std::string text = found.allowed ? "" : "not allowed";
        for (const auto& one : found.entries) {
            text += std::to_string(static_cast<int>(one.rank)) + one.account.key + " ";
        }
        return text;
    }
    role rank_of(const std::string& whom) {
        asks("ana", ask_names{named("#a")});
        const auto& members = answer<names_answer>().members;
        const auto found = std::ranges::find(
            members, whom, [](const member_view& one) { return one.who->nickname.key; });
        REQUIRE(found != members.end());
        return found->rank;
    }
    void comes_back(const std::string& who) {
        sessions[who] = {0, 1, next_session++};
        connect wish;
        wish.nickname = named(who);
        wish.address = "10.0.0.9";
        wish.as = proof{account_of(who), 1};
        does(who, wish);
    }
    person_id account_of(const std::string& who) {
        for (const account_saved& one : chat.lasting_state().accounts) {
            if (one.name.key == who) {
                return one.id;
            }
        }
        return {};
    }
};

} // namespace

TEST_CASE("who is away has the role when she comes") {
    house of;
    of.disconnects("luis");
    of.gives("ana", "luis", role::room_operator);
    CHECK(of.the<room_settled>().what == room_outcome::access);
    of.comes_back("luis");
    of.joins("luis", "#a");
    CHECK(of.rank_of("luis") == role::room_operator);
}

TEST_CASE("who is there has the role at once, and the room sees it") {
    house of;
    of.joins("luis", "#a");
    of.gives("ana", "luis", role::half_operator);
    CHECK(of.happened<room_modes_changed>());
    CHECK(of.rank_of("luis") == role::half_operator);
    of.gives("ana", "luis", role::member);
    CHECK(of.rank_of("luis") == role::member);
}

TEST_CASE("who may give which role") {
    struct row {
        role by, had, wanted;
        std::optional<reason> refusal;
    };
    const row table[] = {
        {role::member, role::member, role::voice, reason::needs_operator},
        {role::voice, role::member, role::voice, reason::needs_operator},
        {role::half_operator, role::member, role::voice, std::nullopt},
        {role::half_operator, role::member, role::half_operator, reason::needs_operator},
        {role::half_operator, role::room_operator, role::member, reason::needs_operator},
        {role::room_operator, role::member, role::room_operator, std::nullopt},
        {role::room_operator, role::room_operator, role::member, std::nullopt},
        {role::room_operator, role::member, role::admin, reason::needs_owner},
        {role::room_operator, role::admin, role::voice, reason::needs_owner},
        {role::admin, role::member, role::admin, reason::needs_owner},
        {role::admin, role::room_operator, role::voice, std::nullopt},
        {role::owner, role::admin, role::member, std::nullopt},
        {role::owner, role::member, role::owner, std::nullopt},
    };
    for (const row& one : table) {
        house of;
        of.gives("ana", "luis", one.by);
        of.gives("ana", "eva", one.had);
        of.joins("luis", "#a");
        of.gives("luis", "eva", one.wanted);
        CAPTURE(static_cast<int>(one.by));
        CAPTURE(static_cast<int>(one.wanted));
        CHECK(of.refusal() == one.refusal);
    }
}

TEST_CASE("a role is given from elsewhere by the role of one's account, not by a stranger") {
    house of;
    of.gives("ana", "luis", role::room_operator);
    of.gives("luis", "eva", role::voice);
    CHECK_FALSE(of.refusal().has_value());
    of.gives("luis", "luis", role::member);
    of.gives("luis", "eva", role::member);
    CHECK(of.refusal() == reason::not_in_room);
}

TEST_CASE("one steps down by oneself, but the last owner does not") {
    house of;
    of.gives("ana", "luis", role::admin);
    of.gives("luis", "luis", role::voice);
    CHECK_FALSE(of.refusal().has_value());
    of.gives("ana", "ana", role::voice);
    CHECK(of.refusal() == reason::last_owner);
    of.sets("ana", "#a", role_change{role::owner, false, named("ana")});
    CHECK(of.refusal() == reason::last_owner);
}

TEST_CASE("a role is given to accounts alone, in rooms that are kept") {
    house of;
    of.gives("ana", "nadie", role::voice);
    CHECK(of.refusal() == reason::no_such_account);
    of.connects("pia");
    of.joins("pia", "#guests");
    of.does("pia", grant_access{named("#guests"), named("luis"), role::voice});
    CHECK(of.refusal() == reason::room_not_kept);
}

TEST_CASE("the list is for those who keep order; to others a hidden room does not exist") {
    house of;
    of.gives("ana", "luis", role::half_operator);
    const std::string all = "5ana 2luis ";
    CHECK(of.list_for("ana") == all);
    CHECK(of.list_for("luis") == all); // from elsewhere
    CHECK(of.list_for("eva") == "not allowed");
    of.sets("ana", "#a", flag_change{room_flag::secret, true});
    CHECK(of.list_for("eva") == "no such room");
    CHECK(of.list_for("luis") == all);
}

TEST_CASE("a hidden room refuses a stranger's changes as if it were not there") {
    house of;
    of.sets("ana", "#a", flag_change{room_flag::secret, true});
    of.gives("eva", "eva", role::owner);
    CHECK(of.refusal() == reason::no_such_room);
    of.hands_on("eva", "eva");
    CHECK(of.refusal() == reason::no_such_room);
    of.does("eva", close_room{named("#a"), ""});
    CHECK(of.refusal() == reason::no_such_room);
    of.does("eva", uninvite{named("ana"), named("#a")});
    CHECK(of.refusal() == reason::no_such_room);
}

TEST_CASE("the owner hands the room on, and is an admin of it then") {
    house of;
    of.hands_on("ana", "luis");
    CHECK(of.the<room_settled>().what == room_outcome::transferred);
    CHECK(of.list_for("luis") == "5luis 4ana ");
    CHECK(of.rank_of("ana") == role::admin);
    of.hands_on("ana", "eva");
    CHECK(of.refusal() == reason::needs_owner);
}

TEST_CASE("the new owner is told, wherever she is") {
    house of;
    of.hands_on("ana", "luis");
    const auto told = std::ranges::find_if(of.events, [](const event& one) {
        const auto* const settled = std::get_if<room_settled>(&one.what);
        return settled != nullptr && settled->what == room_outcome::received;
    });
    REQUIRE(told != of.events.end());
    CHECK(std::get<to_sessions>(told->heard_by).sessions.front() == of.sessions["luis"]);
}

TEST_CASE("a room is handed on by its owner alone, to an account that may come") {
    house of;
    of.gives("ana", "eva", role::admin);
    of.hands_on("eva", "eva");
    CHECK(of.refusal() == reason::needs_owner);
    of.hands_on("ana", "nadie");
    CHECK(of.refusal() == reason::no_such_account);
    of.server_does(suspend_account{named("luis"), true, authority::machine});
    of.hands_on("ana", "luis");
    CHECK(of.refusal() == reason::account_suspended);
}

TEST_CASE("a room whose last owner's account ends is its highest one's, the oldest of several") {
    house of;
    of.gives("ana", "eva", role::room_operator);
    of.gives("ana", "luis", role::room_operator);
    of.does("ana", end_account{{of.account_of("ana"), 1}});
    CHECK(of.list_for("luis") == "5luis 3eva ");
}

TEST_CASE("a voice does not inherit, nor does who is suspended") {
    house of;
    of.gives("ana", "eva", role::room_operator);
    of.gives("ana", "luis", role::voice);
    of.server_does(suspend_account{named("eva"), true, authority::machine});
    of.does("ana", end_account{{of.account_of("ana"), 1}});
    of.asks("luis", ask_keeping{named("#a")});
    CHECK(of.answer<keeping_answer>().owners.empty());
    CHECK(of.answer<keeping_answer>().kept);
}

TEST_CASE("an operator of the server for rooms gives a room that is nobody's, and no other") {
    house of;
    of.server_does(
        set_rights{named("eva"), rights().set(static_cast<std::size_t>(right::rooms)), {}});
    of.gives("eva", "eva", role::owner);
    CHECK(of.refusal() == reason::not_in_room);
    of.does("ana", end_account{{of.account_of("ana"), 1}});
    of.gives("luis", "luis", role::owner);
    CHECK(of.refusal() == reason::not_in_room);
    of.gives("eva", "luis", role::owner);
    CHECK(of.the<moderated>().what == measure::gave_room);
    CHECK(of.list_for("luis") == "5luis ");
}

TEST_CASE("the operator of a guests' room registers it, and what the others are stays") {
    house of;
    of.connects("pia");
    of.joins("pia", "#g");
    of.joins("luis", "#g");
    of.does("pia", register_room{named("#g")});
    CHECK(of.refusal() == reason::not_logged_in);
    of.does("luis", register_room{named("#g")});
    CHECK(of.refusal() == reason::needs_operator);
    of.joins("eva", "#g");
    of.grants("pia", "#g", role::voice, "eva");
    of.grants("pia", "#g", role::room_operator, "luis");
    of.does("luis", register_room{named("#g")});
    CHECK(of.the<room_saved>().kept);
    of.asks("luis", ask_access{named("#g")});
    CHECK(of.answer<access_answer>().entries.size() == 2);
    of.does("luis", register_room{named("#g")});
    CHECK(of.refusal() == reason::room_kept_already);
}

TEST_CASE("accounts with a role are bounded") {
    house of;
    std::vector<account_saved> many;
    restored all = of.chat.lasting_state();
    for (std::uint64_t i = 0; i < 1'000; ++i) {
        all.rooms.front().access.emplace_back(person_id{1'000'000 + i}, role::voice);
        const std::string name = "p" + std::to_string(i);
        all.accounts.push_back({person_id{1'000'000 + i}, named(name), {}, 1, false, {}});
    }
    restart(of, all);
    of.comes_back("ana");
    of.gives("ana", "luis", role::voice);
    CHECK(of.refusal() == reason::list_full);
}
