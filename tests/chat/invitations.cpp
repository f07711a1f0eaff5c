// SPDX-License-Identifier: Apache-2.0
// Invitations that stay.
#include "base/limits.hpp"
#include "chat/restart.hpp"

#include <string>

using namespace tertulia;
using namespace tertulia::chat;

namespace {

// ana's room is for the invited; luis and eva have accounts, pia has none.
struct house : world {
    house() {
        for (const std::string one : {"ana", "luis", "eva"}) {
            registers(one);
        }
        connects("pia");
        joins("ana", "#a");
        sets("ana", "#a", flag_change{room_flag::invite_only, true});
    }
    void asks_in(const std::string& by, const std::string& whom) {
        does(by, invite{named(whom), named("#a")});
    }
    void comes_back(const std::string& who, std::uint64_t as) {
        sessions[who] = {0, 1, next_session++};
        connect wish;
        wish.nickname = named(who);
        wish.address = "10.0.0.9";
        wish.as = proof{person_id{as}, 1};
        does(who, wish);
    }
    std::uint64_t id_of(const std::string& who) {
        for (const account_saved& one : chat.lasting_state().accounts) {
            if (one.name.key == who) {
                return one.id.value;
            }
        }
        return 0;
    }
    bool may_come(const std::string& who) {
        joins(who, "#a");
        return happened<joined>();
    }
    std::size_t waiting() {
        asks("ana", ask_invited{named("#a")});
        return answer<invited_answer>().whom.size();
    }
};

} // namespace

TEST_CASE("an account that is away is asked in, and comes when she is back, once") {
    house of;
    of.disconnects("luis");
    of.asks_in("ana", "luis");
    CHECK(of.the<invited>().heard_as == invited_as::reply);
    CHECK(of.waiting() == 1);
    of.comes_back("luis", of.id_of("luis"));
    CHECK(of.may_come("luis"));
    CHECK(of.waiting() == 0);
    of.parts("luis", "#a");
    CHECK_FALSE(of.may_come("luis"));
}

TEST_CASE("an invitation stays over a restart") {
    house of;
    of.asks_in("ana", "luis");
    restart(of);
    of.comes_back("luis", of.id_of("luis"));
    CHECK(of.may_come("luis"));
}

TEST_CASE("a guest's invitation ends with her") {
    house of;
    of.asks_in("ana", "pia");
    of.disconnects("pia");
    of.connects("pia");
    CHECK(of.may_come("pia") == false);
}

TEST_CASE("an invitation that was taken back opens nothing") {
    house of;
    of.asks_in("ana", "luis");
    of.asks_in("ana", "pia");
    for (const std::string one : {"luis", "pia"}) {
        of.does("ana", uninvite{named(one), named("#a")});
        CHECK(of.the<room_settled>().what == room_outcome::uninvited);
        CHECK_FALSE(of.may_come(one));
        of.does("ana", uninvite{named(one), named("#a")});
        CHECK(of.refusal() == reason::not_invited);
    }
}

TEST_CASE("invitations are taken back by those who keep order") {
    house of;
    of.asks_in("ana", "luis");
    of.asks_in("ana", "eva");
    CHECK(of.may_come("eva"));
    of.does("eva", uninvite{named("luis"), named("#a")});
    CHECK(of.refusal() == reason::needs_operator);
    of.does("luis", uninvite{named("luis"), named("#a")});
    CHECK(of.refusal() == reason::not_in_room);
}

TEST_CASE("an old invitation opens nothing and is not listed") {
    house of;
    of.asks_in("ana", "luis");
    of.waits(base::limits::invitation_lasts);
    CHECK(of.waiting() == 0);
    CHECK_FALSE(of.may_come("luis"));
}

TEST_CASE("a plain member's invitation is a message: it lifts no ban and opens no door later") {
    house of;
    of.sets("ana", "#a", flag_change{room_flag::invite_only, false});
    of.joins("eva", "#a");
    of.bans("ana", "#a", "luis!*@*");
    of.asks_in("eva", "luis");
    CHECK(of.happened<invited>());
    CHECK_FALSE(of.may_come("luis"));
    of.sets("ana", "#a", flag_change{room_flag::invite_only, true});
    CHECK(of.waiting() == 0);
}

TEST_CASE("only those who keep order learn who was asked in") {
    house of;
    of.asks_in("ana", "luis");
    of.asks("eva", ask_invited{named("#a")});
    CHECK_FALSE(of.answer<invited_answer>().allowed);
    CHECK(of.answer<invited_answer>().whom.empty());
    of.sets("ana", "#a", flag_change{room_flag::secret, true});
    of.asks("eva", ask_invited{named("#a")});
    CHECK_FALSE(of.answer<invited_answer>().room);
}

TEST_CASE("who keeps order there from elsewhere asks herself in; a stranger does not") {
    house of;
    of.asks_in("luis", "luis");
    CHECK(of.refusal() == reason::not_in_room);
    of.does("ana", grant_access{named("#a"), named("luis"), role::room_operator});
    of.asks_in("luis", "luis");
    CHECK(of.may_come("luis"));
}

TEST_CASE("an account keeps so many invitations and no more; the oldest goes") {
    house of;
    of.asks_in("ana", "luis");
    of.does("ana", set_person_modes{});
    for (std::size_t i = 0; i < base::limits::invitations_per_person_max; ++i) {
        const std::string room = "#b" + std::to_string(i);
        of.joins("ana", room);
        of.does("ana", invite{named("luis"), named(room)});
        of.parts("ana", room);
    }
    CHECK(of.waiting() == 0);
}

TEST_CASE("invitations end with the room") {
    house of;
    of.asks_in("ana", "luis");
    of.does("ana", close_room{named("#a"), ""});
    CHECK_FALSE(of.the<invitation_saved>().open);
    CHECK(of.chat.lasting_state().invitations.empty());
}
