// SPDX-License-Identifier: Apache-2.0
// CLAIM OPER KILL: what operators and those who are none hear.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

// ana has an account, and luis is a guest.
struct house {
    conversation server;
    client& ana = server.registers("ana", "standard-replies");
    client& luis = server.registers("luis", "standard-replies");

    house() {
        ana.sends("REGISTER ana * secreto");
        server.nobody_hears();
    }
    std::string answer(client& to, std::string_view line) {
        server.nobody_hears();
        to.sends(line);
        return to.hears();
    }
    void claims() {
        ana.sends("CLAIM " + std::string(conversation::claim_code));
        server.nobody_hears();
    }
};

} // namespace

TEST_CASE("who gives the code is an operator, and says and sees so") {
    house of;
    CHECK(of.answer(of.ana, "CLAIM " + std::string(conversation::claim_code)) ==
          ":irc.test 381 ana :You are now an IRC operator\n:ana MODE ana :+o\n");
    CHECK(of.answer(of.ana, "MODE ana") == ":irc.test 221 ana +o\n");
    CHECK(
        of.answer(of.ana, "OPER x y")
            .starts_with(
                ":irc.test 381 ana :You are an IRC operator, with these rights: kill, ban, mute"));
    CHECK(of.answer(of.luis, "WHOIS ana").contains(":irc.test 313 luis ana :is an IRC operator\n"));
    CHECK(of.answer(of.luis, "WHO ana").contains(" ana H* :0 "));
    CHECK(of.answer(of.luis, "USERHOST ana").contains(":ana*=+~ana@"));
}

TEST_CASE("the code may be typed in any way, and told to NickServ") {
    house of;
    std::string typed(conversation::claim_code);
    std::erase(typed, '-');
    CHECK(of.answer(of.ana, "PRIVMSG NickServ :CLAIM " + typed).contains(" 381 ana "));
}

TEST_CASE("a wrong code, a guest's and a second claim are refused") {
    house of;
    CHECK(of.answer(of.ana, "CLAIM xxxx") ==
          ":irc.test FAIL CLAIM INVALID_CODE :That is not the code\n");
    CHECK(of.answer(of.luis, "CLAIM " + std::string(conversation::claim_code))
              .starts_with(":irc.test FAIL CLAIM ACCOUNT_REQUIRED :"));
    CHECK(of.answer(of.luis, "PRIVMSG NickServ :CLAIM x").starts_with(":NickServ!"));
    of.claims();
    CHECK(of.answer(of.ana, "CLAIM " + std::string(conversation::claim_code)) ==
          ":irc.test FAIL CLAIM ALREADY_CLAIMED :This server has an operator already\n");
    CHECK(of.answer(of.ana, "CLAIM").contains(" 461 "));
}

TEST_CASE("guesses at the code are slowed down") {
    house of;
    std::string last;
    for (int i = 0; i < 51; ++i) {
        last = of.answer(of.ana, "CLAIM xxxx");
    }
    CHECK(last.starts_with(":irc.test FAIL CLAIM TEMPORARILY_UNAVAILABLE :Too many wrong"));
    CHECK(of.answer(of.ana, "CLAIM " + std::string(conversation::claim_code))
              .contains("UNAVAILABLE"));
}

TEST_CASE("OPER is a way to log in, and tells whose account has no rights") {
    house of;
    of.claims();
    client& again = of.server.registers("x");
    CHECK(of.answer(again, "OPER ana secreto").contains(" 381 x :"));
    CHECK(of.answer(again, "MODE ana").contains("221 ana +o"));
    CHECK(of.answer(of.luis, "OPER ana falso") ==
          ":irc.test 464 luis :Wrong account or password\n");
    of.luis.sends("REGISTER luis * otra");
    CHECK(of.answer(of.luis, "OPER luis otra").contains(" 491 luis :"));
}

TEST_CASE("KILL ends sessions, tells why, and is refused to others") {
    house of;
    CHECK(of.answer(of.luis, "KILL ana :x") ==
          ":irc.test 481 luis :Permission denied: you're not an IRC operator\n");
    of.claims();
    of.ana.sends("JOIN #sala");
    of.luis.sends("JOIN #sala");
    CHECK(of.answer(of.ana, "KILL luis :spam") == ":luis!~luis@example.org QUIT :Killed: spam\n");
    CHECK(of.luis.hears().starts_with("ERROR :Killed: spam\n"));
    CHECK(of.luis.closed());
    CHECK(of.answer(of.ana, "KILL nadie") == ":irc.test 401 ana nadie :No such nick/channel\n");
}

TEST_CASE("nobody becomes an operator by a mode") {
    house of;
    CHECK(of.answer(of.luis, "MODE luis +o").empty());
    CHECK(of.answer(of.luis, "MODE luis") == ":irc.test 221 luis +\n");
    of.claims();
    CHECK(of.answer(of.ana, "MODE ana -o").empty());
    CHECK(of.answer(of.ana, "MODE ana") == ":irc.test 221 ana +o\n");
}
