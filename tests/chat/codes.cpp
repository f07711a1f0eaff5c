// SPDX-License-Identifier: Apache-2.0
// Codes by which accounts are made: how often, until when, and that none serves once too often.
#include "chat/code.hpp"
#include "chat/order_town.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

struct office : town {
    void makes_code(const std::string& code, std::uint32_t uses = 1,
                    std::optional<std::chrono::seconds> lasts = std::nullopt) {
        server_does(add_code{code, code.substr(0, 4), uses, lasts});
    }
    bool registers_with(const std::string& who, const std::string& code) {
        connects(who);
        does(who, register_account{named(who), {"secret", ""}, {}, code, {}});
        return happened<registered>();
    }
    [[nodiscard]] std::vector<account_code> codes() const { return chat.lasting_state().codes; }
};

} // namespace

TEST_CASE("a code makes as many accounts as it is for, and none more") {
    office of;
    of.makes_code("abcd-1", 2);
    CHECK(of.registers_with("luis", "abcd-1"));
    CHECK(of.the<code_saved>().what.uses == 1);
    CHECK(of.registers_with("eva", "abcd-1"));
    CHECK_FALSE(of.the<code_saved>().kept);
    CHECK_FALSE(of.registers_with("hugo", "abcd-1"));
    CHECK(of.refusal() == reason::code_wrong);
}

TEST_CASE("the use of a code is in the same entry as the account, and it is written down whose") {
    office of;
    of.makes_code("abcd-1");
    of.registers_with("luis", "abcd-1");
    CHECK(of.happened<account_saved>());
    CHECK(of.happened<code_saved>());
    CHECK(of.the<moderated>().what == measure::used_code);
    CHECK(of.the<moderated>().by == "luis");
    CHECK(of.the<moderated>().whom == "abcd");
}

TEST_CASE("a code that nobody made opens nothing") {
    office of;
    CHECK_FALSE(of.registers_with("luis", "none"));
    CHECK(of.refusal() == reason::code_wrong);
    CHECK_FALSE(of.happened<account_saved>());
}

TEST_CASE("a code ends with its time, and is forgotten") {
    office of;
    of.makes_code("abcd-1", 5, std::chrono::seconds{60});
    of.now += std::chrono::seconds{61};
    CHECK_FALSE(of.registers_with("luis", "abcd-1"));
    of.server_does(sweep{});
    CHECK(of.codes().empty());
}

TEST_CASE("a name that is taken uses no code up") {
    office of;
    of.makes_code("abcd-1");
    of.connects("luis");
    of.does("luis", register_account{named("ana"), {"secret", ""}, {}, "abcd-1", {}});
    CHECK(of.refusal() == reason::nickname_registered);
    CHECK(of.codes().front().uses == 1);
}

TEST_CASE("a code is taken back by all of it, or by its start where no other begins so") {
    office of;
    of.makes_code("abcd-1");
    of.makes_code("abcd-2");
    of.makes_code("wxyz-1");
    of.server_does(remove_code{"", "abcd"});
    CHECK(of.refusal() == reason::no_such_code);
    of.server_does(remove_code{"abcd-1", "abcd"});
    of.server_does(remove_code{"", "wxyz"});
    REQUIRE(of.codes().size() == 1);
    CHECK(of.codes().front().digest == "abcd-2");
    CHECK_FALSE(of.registers_with("luis", "abcd-1"));
}

TEST_CASE("a person is told of no code") {
    office of;
    of.makes_operator("ana");
    of.makes_code("abcd-1");
    of.asks("ana", ask_codes{});
    CHECK(std::get<codes_answer>(*of.the<answered>().what).codes.empty());
}

TEST_CASE("a restart finds the codes with the uses that are left") {
    office of;
    of.makes_code("abcd-1", 3);
    of.registers_with("luis", "abcd-1");
    const heart again(of.chat.lasting_state());
    const restored found = again.lasting_state();
    REQUIRE(found.codes.size() == 1);
    CHECK(found.codes.front().uses == 2);
    CHECK(found.codes.front().used == 1);
}

TEST_CASE("from a banned address nobody makes an account") {
    office of;
    of.makes_operator("ana");
    of.does("ana", impose{sanction_kind::ban,
                          {sanction_target::kind::network, {}, *base::parse_network("192.0.2.7")},
                          {},
                          "spam"});
    of.sessions["stranger"] = {0, 1, of.next_session++};
    of.does(
        "stranger",
        register_account{named("luis"), {"secret", ""}, {}, {}, base::parse_network("192.0.2.7")});
    CHECK(of.refusal() == reason::server_banned);
}
