// SPDX-License-Identifier: Apache-2.0
// Who an account is, from however many sessions, and what stays of her while she is away.
#include "chat/world.hpp"

using namespace tertulia;
using namespace tertulia::chat;

namespace {

struct village : world {
    std::map<std::string, proof> proofs;

    void registers(const std::string& who, const std::string& as) {
        does(who, register_account{named(as), {"password of " + as, ""}});
        proofs[as] = the<registered>().as;
    }
    // A guest becomes the account.
    void logs_in(const std::string& who, const std::string& as) {
        does(who, log_in{proofs.at(as)});
    }
    // A new session that is the account from its first moment.
    void returns(const std::string& who, const std::string& as) {
        sessions[who] = {0, 1, next_session++};
        connect wish;
        wish.nickname = named("wished");
        wish.address = "10.0.0.2";
        wish.as = proofs.at(as);
        does(who, wish);
    }
    // ana has an account and a room, #a, that is hers.
    village() {
        connects("ana");
        registers("ana", "ana");
        joins("ana", "#a");
    }
};

} // namespace

TEST_CASE("who registers stays who she was, by another name or the same") {
    world of;
    of.connects("ana");
    const person_id before = of.the<welcomed>().who->person;
    of.does("ana", register_account{named("marta"), {}});
    CHECK(of.the<registered>().as.account == before);
    CHECK(of.the<logged_in>().after->nickname.key == "marta");
    CHECK(of.the<renamed>().after->registered);
}

TEST_CASE("a guest's conversations are her account's when she registers") {
    world of;
    of.connects("ana");
    of.connects("berta");
    of.says("ana", "berta");
    const conversation_id id = of.the<spoke>().conversation;
    of.does("ana", register_account{named("ana"), {}});
    of.says("ana", "berta");
    CHECK(of.the<spoke>().conversation == id);
}

TEST_CASE("a room that an account makes is kept, and hers when she comes back") {
    village of;
    CHECK(of.the<room_saved>().kept);
    of.disconnects("ana");
    of.server_does(sweep{of.now});
    CHECK_FALSE(of.happened<conversation_ended>());
    of.returns("ana again", "ana");
    CHECK(of.the<joined>().room->name.key == "#a");
    CHECK(of.the<joined>().rank == role::owner);
}

TEST_CASE("a room that she left herself does not take her in again") {
    village of;
    of.parts("ana", "#a");
    CHECK_FALSE(of.the<membership_saved>().in);
    of.disconnects("ana");
    of.returns("ana again", "ana");
    CHECK_FALSE(of.happened<joined>());
}

TEST_CASE("a role that an account was given waits for her") {
    village of;
    of.connects("berta");
    of.registers("berta", "berta");
    of.joins("berta", "#a");
    of.grants("ana", "#a", role::half_operator, "berta");
    CHECK(of.happened<room_saved>());
    of.disconnects("berta");
    of.returns("berta again", "berta");
    CHECK(of.the<joined>().rank == role::half_operator);
}

TEST_CASE("who was banned meanwhile is out for good") {
    village of;
    of.connects("berta");
    of.registers("berta", "berta");
    of.joins("berta", "#a");
    of.disconnects("berta");
    of.bans("ana", "#a", "berta!*@*");
    of.returns("berta again", "berta");
    CHECK_FALSE(of.happened<joined>());
    CHECK_FALSE(of.the<membership_saved>().in);
}

TEST_CASE("a second session is greeted with what the first one is in") {
    village of;
    of.returns("phone", "ana");
    CHECK(of.the<welcomed>().who->nickname.key == "ana");
    CHECK(of.the<joined>().sessions == std::vector{of.sessions["phone"]});
    of.joins("phone", "#b");
    CHECK(of.the<joined>().sessions.size() == 2);
}

TEST_CASE("nobody sees one of several sessions go") {
    village of;
    of.returns("phone", "ana");
    of.disconnects("ana");
    CHECK(of.happened<session_left>());
    CHECK_FALSE(of.happened<person_left>());
    of.disconnects("phone");
    CHECK(of.happened<person_left>());
}

TEST_CASE("somebody at whose last session nobody looks is away, and back with any that is seen") {
    village of;
    of.returns("phone", "ana");
    of.does("phone", set_away{"*"});
    CHECK(std::holds_alternative<to_session>(of.find<away_changed>()->heard_by));
    of.does("ana", set_away{"*"});
    CHECK(of.the<away_changed>().text == "*");
    CHECK(std::holds_alternative<to_rooms>(of.find<away_changed>()->heard_by));
    SUBCASE("one of hers") {
        of.does("phone", set_away{});
        CHECK_FALSE(of.the<away_changed>().text.has_value());
        of.disconnects("phone");
        CHECK(of.the<away_changed>().text == "*");
    }
    SUBCASE("a new one") {
        of.returns("tablet", "ana");
        CHECK_FALSE(of.the<away_changed>().text.has_value());
    }
    SUBCASE("a guest who turns out to be her") {
        of.connects("guest");
        of.logs_in("guest", "ana");
        CHECK_FALSE(of.the<away_changed>().text.has_value());
    }
}

TEST_CASE("where the last session that was seen ends, the others are away") {
    village of;
    of.returns("phone", "ana");
    of.does("ana", set_away{"*"});
    of.disconnects("phone");
    CHECK(of.the<away_changed>().text == "*");
}

TEST_CASE("a word why one is away stays until it is taken back where one looks") {
    village of;
    of.returns("phone", "ana");
    of.does("phone", set_away{"*"});
    of.does("ana", set_away{"comiendo"});
    of.does("ana", set_away{"*"});
    CHECK(std::holds_alternative<to_session>(of.find<away_changed>()->heard_by));
    of.does("phone", set_away{});
    CHECK(of.the<away_changed>().text == "comiendo");
    of.does("phone", set_away{});
    CHECK_FALSE(of.the<away_changed>().text.has_value());
}

TEST_CASE("a guest who logs in where the account is already becomes one more session of it") {
    village of;
    of.all_join({"guest"}, "#b");
    of.logs_in("guest", "ana");
    CHECK(of.the<person_left>().who->nickname.key == "guest");
    CHECK(of.the<person_left>().sessions.empty()); // her session stays where it is
    of.says("guest", "#b");
    CHECK(of.the<spoke>().by->nickname.key == "ana");
    of.says("ana", "#b");
    CHECK(of.happened<spoke>());
}

TEST_CASE("a guest who logs in where the account is already keeps the order of her rooms") {
    village of;
    of.all_join({"guest"}, "#b");
    of.logs_in("guest", "ana");
    const auto& told = of.the<room_modes_changed>();
    CHECK(std::get<role_change>(told.changes.front()).what == role::room_operator);
    CHECK(std::get<role_change>(told.changes.front()).target.key == "ana");
    of.does("ana", set_topic{named("#b"), "hers"});
    CHECK(of.happened<topic_changed>());
}

TEST_CASE("of what a guest and her account are in a room the higher one stays") {
    village of;
    of.all_join({"guest"}, "#b");
    of.joins("ana", "#b");
    SUBCASE("the guest's") {
        of.logs_in("guest", "ana");
        of.does("ana", set_topic{named("#b"), "hers"});
        CHECK(of.happened<topic_changed>());
    }
    SUBCASE("the account's") {
        of.grants("guest", "#b", role::room_operator, "ana");
        of.does("guest", set_room_modes{named("#b"),
                                        {role_change{role::room_operator, false, named("guest")}}});
        of.logs_in("guest", "ana");
        CHECK_FALSE(of.happened<room_modes_changed>());
        of.does("ana", set_topic{named("#b"), "hers"});
        CHECK(of.happened<topic_changed>());
    }
    SUBCASE("neither") {
        of.all_join({"other"}, "#a");
        of.logs_in("other", "ana");
        CHECK_FALSE(of.happened<room_modes_changed>());
    }
}

TEST_CASE("who logs in where the account is already does not hear the guest go") {
    village of;
    of.all_join({"guest", "berta"}, "#b");
    of.logs_in("guest", "ana");
    const auto* const heard = std::get_if<to_rooms>(&of.find<person_left>()->heard_by);
    REQUIRE(heard != nullptr);
    CHECK(heard->own == std::vector{of.sessions["guest"]}); // the hub leaves her out
}

TEST_CASE("a proof is void when the password has changed, and so is one of nobody") {
    village of;
    const proof old = of.proofs.at("ana");
    of.does("ana", change_credentials{old, {"new", ""}});
    CHECK(of.the<credentials_saved>().what.password == "new");
    of.returns("thief", "ana");
    CHECK(of.refusal() == reason::proof_outdated);
    of.connects("berta");
    of.does("berta", log_in{{person_id{999}, 1}});
    CHECK(of.refusal() == reason::proof_outdated);
}

TEST_CASE("another's proof changes nothing of one's own") {
    village of;
    of.connects("berta");
    of.registers("berta", "berta");
    of.does("berta", change_credentials{of.proofs.at("ana"), {"mine", ""}});
    CHECK(of.refusal() == reason::proof_outdated);
    of.does("berta", end_account{of.proofs.at("ana")});
    CHECK(of.refusal() == reason::proof_outdated);
}

TEST_CASE("an account that ends takes its name, its roles and its sessions with it") {
    village of;
    of.returns("phone", "ana");
    of.does("ana", end_account{of.proofs.at("ana")});
    CHECK(of.the<evicted>().why == eviction::account_ended);
    CHECK(of.the<room_saved>().access.empty());
    CHECK(of.happened<account_ended>());
    of.connects("ana");
    CHECK(of.happened<welcomed>());
}

TEST_CASE(
    "what is written to an absent account waits; what is written to an absent guest does not") {
    village of;
    of.connects("berta");
    of.disconnects("ana");
    of.says("berta", "ana");
    CHECK(of.the<spoke>().waits);
    of.says("berta", "nadie");
    CHECK(of.refusal() == reason::no_such_nickname);
}

TEST_CASE("a suspended account is put out and not let in until it is resumed") {
    village of;
    of.server_does(suspend_account{named("ana"), true, authority::machine});
    CHECK(of.the<evicted>().why == eviction::account_suspended);
    of.returns("ana again", "ana");
    CHECK(of.refusal() == reason::account_suspended);
    of.server_does(suspend_account{named("ana"), false, authority::machine});
    of.returns("ana again", "ana");
    CHECK(of.happened<welcomed>());
}

TEST_CASE("the operator's word on an account that is none is refused") {
    village of;
    of.server_does(suspend_account{named("nadie"), true, authority::machine});
    CHECK(of.refusal() == reason::no_such_account);
    of.server_does(delete_account{named("nadie"), authority::machine});
    CHECK(of.refusal() == reason::no_such_account);
    of.server_does(reset_credentials{named("nadie"), {}});
    CHECK(of.refusal() == reason::no_such_account);
}

TEST_CASE("the list of accounts is nobody's but the operator's") {
    village of;
    of.asks("ana", ask_accounts{});
    CHECK(of.answer<accounts_answer>().accounts.empty());
    of.sessions["control"] = {0, 1, 77};
    of.asks("control", ask_accounts{});
    REQUIRE(of.answer<accounts_answer>().accounts.size() == 1);
    CHECK(of.answer<accounts_answer>().accounts[0].present);
}

TEST_CASE("the owner closes her room; others do not, and nobody the server's own") {
    village of;
    of.all_join({"berta"}, "#a");
    of.does("berta", close_room{named("#a"), {}});
    CHECK(of.refusal() == reason::needs_owner);
    of.does("ana", close_room{named("#a"), "se acabó"});
    CHECK(of.happened<conversation_ended>());
    of.server_does(keep_room{named("#lobby")});
    of.joins("ana", "#lobby");
    of.does("ana", close_room{named("#lobby"), {}});
    CHECK(of.refusal() == reason::needs_owner);
}
