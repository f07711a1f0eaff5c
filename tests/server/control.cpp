// SPDX-License-Identifier: Apache-2.0
#include "server/control.hpp"

#include "base/base64.hpp"
#include "base/limits.hpp"
#include "base/text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>

using namespace tertulia;

namespace {

struct line {
    server::control_dialect speaks;
    server::control_session one{speaks};
    session::output out;

    // What is written at once.
    std::string says(const std::string& bytes) {
        out.clear();
        CHECK(one.receive(bytes, {}, out) == bytes.size());
        return out.text();
    }
    std::string hears(chat::event_body what) {
        out.clear();
        one.deliver({{{}, 1}, {}, chat::nobody{}, std::move(what)}, {}, out);
        return out.text();
    }
    const chat::command& submitted() {
        REQUIRE(out.requests.size() == 1);
        return std::get<chat::command>(out.requests.front().what);
    }
};

std::string word(std::string_view text) { return " " + base::to_base64(text); }

} // namespace

TEST_CASE("a new account's password is hashed, then the account is made") {
    line at;
    CHECK(at.says("account-add" + word("ana") + word("secreto") + "\n").empty());
    REQUIRE(at.out.check);
    CHECK(std::get<session::password_hash>(at.out.check->what).password == "secreto");
    at.out.clear();
    at.one.deliver_check(session::hashed{{"phc", "keys"}, {}}, {}, at.out);
    const auto& made = std::get<chat::register_account>(at.submitted());
    CHECK(made.name.display == "ana");
    CHECK(made.what.password == "phc");
    CHECK(at.hears(chat::done{}) == "done\n");
}

TEST_CASE("an account's password is set anew") {
    line at;
    at.says("account-password" + word("ana") + word("otro") + "\n");
    at.out.clear();
    at.one.deliver_check(session::hashed{{"phc", ""}, {}}, {}, at.out);
    CHECK(std::get<chat::reset_credentials>(at.submitted()).account.key == "ana");
}

TEST_CASE("accounts are suspended, resumed and deleted") {
    line at;
    at.says("account-suspend" + word("ana") + "\n");
    CHECK(std::get<chat::suspend_account>(at.submitted()).on);
    CHECK(at.hears(chat::done{}) == "done\n");
    at.says("account-resume" + word("ana") + "\n");
    CHECK_FALSE(std::get<chat::suspend_account>(at.submitted()).on);
    at.hears(chat::done{});
    at.says("account-delete" + word("ana") + "\n");
    CHECK(std::get<chat::delete_account>(at.submitted()).account.key == "ana");
}

TEST_CASE("rights are given and taken, and nonsense is refused") {
    line at;
    at.says("account-rights" + word("ana") + word("+kill,ban -mute") + "\n");
    const auto& wish = std::get<chat::set_rights>(at.submitted());
    CHECK(wish.account.key == "ana");
    CHECK(wish.give.to_ulong() == 3);
    CHECK(wish.take.to_ulong() == 4);
    at.hears(chat::done{});
    at.says("account-rights" + word("ana") + word("+all") + "\n");
    CHECK(std::get<chat::set_rights>(at.submitted()).give.all());
    at.hears(chat::done{});
    for (const std::string bad : {"kill", "+", "+kill,", "+fly", "-kill,fly", "+kill+", ",+kill"}) {
        CAPTURE(bad);
        line other; // a refusal ends the connection
        CHECK(other.says("account-rights" + word("ana") + word(bad) + "\n") ==
              "refused bad_rights\n");
    }
}

TEST_CASE("what the machine's owner says goes on the machine's word") {
    line at;
    at.says("account-suspend" + word("ana") + "\n");
    CHECK(std::get<chat::suspend_account>(at.submitted()).by == chat::authority::machine);
    at.hears(chat::done{});
    at.says("account-delete" + word("ana") + "\n");
    CHECK(std::get<chat::delete_account>(at.submitted()).by == chat::authority::machine);
}

TEST_CASE("what the heart refuses is told in a word") {
    line at;
    at.says("account-delete" + word("ana") + "\n");
    CHECK(at.hears(chat::refused{chat::reason::no_such_account, "ana", ""}).empty());
    CHECK(at.hears(chat::done{}) == "refused no_such_account\n");
}

TEST_CASE("all accounts are listed, however many") {
    line at;
    at.says("account-list\n");
    chat::accounts_answer many;
    for (int i = 0; i < 120; ++i) {
        many.accounts.push_back({*base::make_nickname("n" + std::to_string(i)),
                                 {},
                                 i == 0,
                                 false,
                                 chat::rights(i == 1 ? 3U : 0U)});
    }
    at.out.clear();
    at.one.deliver({{{}, 1},
                    {},
                    chat::nobody{},
                    chat::answered{std::make_shared<const chat::answer>(std::move(many))}},
                   {}, at.out);
    REQUIRE(at.out.pieces.size() == 1);
    std::string text;
    while (std::get<1>(at.out.pieces.front())->next(text)) {}
    CHECK(text.starts_with("account" + word("n0") + " 0 1 0 -\naccount" + word("n1") +
                           " 0 0 0 kill,ban\n"));
    CHECK(text.ends_with("account" + word("n119") + " 0 0 0 -\n"));
    CHECK(at.hears(chat::done{}) == "done\n");
}

TEST_CASE("nonsense is refused, and the next line is taken") {
    line at;
    for (const std::string bad :
         {"\n", "hola\n", "account-list x\n", "account-add\n", "account-list YQ==\n",
          "account-delete YW5h YW5h\n", "account-delete !\n", "\xff\n", " \n"}) {
        CAPTURE(bad);
        CHECK(at.says(bad) == "refused unknown_request\n");
    }
    CHECK(at.says("account-delete" + word("1") + "\n") == "refused bad_name\n");
    CHECK(at.says("account-list\n").empty());
}

TEST_CASE("a line waits until the one before it is done") {
    line at;
    const std::string two = "account-list\naccount-list\n";
    CHECK(at.one.receive(two, {}, at.out) == two.size() / 2);
}

TEST_CASE("a line without end is the end") {
    line at;
    const std::string endless(base::limits::control_line_size_max, 'a');
    at.says(endless);
    CHECK(at.out.close);
}

TEST_CASE("a code is made, listed and taken back, and what cannot be one is refused") {
    line at;
    const std::string made = "code-add" + word("digest") + word("k7qm");
    at.says(made + word("30") + word("3600") + "\n");
    const auto& wish = std::get<chat::add_code>(at.submitted());
    CHECK(wish.digest == "digest");
    CHECK(wish.start == "k7qm");
    CHECK(wish.uses == 30);
    CHECK(wish.lasts_for == std::chrono::hours{1});
    CHECK(at.hears(chat::done{}) == "done\n");
    at.says(made + word("1") + word("-") + "\n");
    CHECK_FALSE(std::get<chat::add_code>(at.submitted()).lasts_for);
    CHECK(at.hears(chat::done{}) == "done\n");
    for (const char* const uses : {"0", "-1", "x", "10001", ""}) {
        CHECK(at.says(made + word(uses) + word("60") + "\n") == "refused bad_uses\n");
    }
    for (const char* const lasts : {"0", "-1", "x", "99999999999"}) {
        CHECK(at.says(made + word("1") + word(lasts) + "\n") == "refused bad_expiry\n");
    }
    at.says("code-remove" + word("digest") + word("k7qm") + "\n");
    CHECK(std::get<chat::remove_code>(at.submitted()).start == "k7qm");
    at.hears(chat::refused{chat::reason::no_such_code, "k7qm", {}});
    CHECK(at.hears(chat::done{}) == "refused no_such_code\n");
}
