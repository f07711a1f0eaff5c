// SPDX-License-Identifier: Apache-2.0
// AWAY SETNAME USERHOST ISON: who is there, and how.
#include "base/limits.hpp"
#include "irc/room_scene.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;
using tests::room_scene;

TEST_CASE("AWAY with a text goes away, alone or with an empty one comes back") {
    room_scene sala;
    const std::string gone = ":irc.test 306 luis :You have been marked as being away\n";
    const std::string back = ":irc.test 305 luis :You are no longer marked as being away\n";
    CHECK(sala.answer(sala.luis, "AWAY :a comer") == gone);
    CHECK(sala.answer(sala.luis, "AWAY :a comer") == gone);
    CHECK(sala.answer(sala.luis, "AWAY") == back);
    CHECK(sala.answer(sala.luis, "AWAY") == back);
    sala.luis.sends("AWAY x");
    CHECK(sala.answer(sala.luis, "AWAY :") == back);
}

TEST_CASE("only a change of AWAY is told to those who follow it") {
    room_scene sala;
    sala.ana.sends("CAP REQ away-notify");
    sala.server.nobody_hears();
    sala.luis.sends("AWAY :uno").sends("AWAY :uno").sends("AWAY :dos").sends("AWAY").sends("AWAY");
    CHECK(sala.ana.hears() == ":luis!~luis@example.org AWAY :uno\n"
                              ":luis!~luis@example.org AWAY :dos\n"
                              ":luis!~luis@example.org AWAY\n");
    CHECK(sala.answer(sala.eva, "AWAY :fuera").contains(" 306 "));
    CHECK(sala.ana.hears().empty()); // they share no room
}

TEST_CASE("a long AWAY is cut to what is kept") {
    room_scene sala;
    sala.luis.sends("AWAY :" + std::string(base::limits::away_size_max + 1, 'x'));
    CHECK(sala.answer(sala.ana, "PRIVMSG luis :x") ==
          ":irc.test 301 ana luis :" + std::string(base::limits::away_size_max, 'x') + "\n");
}

TEST_CASE("SETNAME changes the real name, told to those who know the verb") {
    room_scene sala;
    sala.ana.sends("CAP REQ setname");
    CHECK(sala.answer(sala.luis, "SETNAME :Luis Segundo").empty());
    CHECK(sala.ana.hears() == ":luis!~luis@example.org SETNAME :Luis Segundo\n");
    CHECK(sala.answer(sala.ana, "SETNAME Ana") == ":ana!~ana@example.org SETNAME :Ana\n");
    CHECK(sala.answer(sala.eva, "WHO luis").contains(" luis H :0 Luis Segundo\n"));
}

TEST_CASE("SETNAME refuses a name that is empty or too long") {
    room_scene sala;
    sala.luis.sends("CAP REQ :setname standard-replies labeled-response batch");
    const std::string refused = ":irc.test FAIL SETNAME INVALID_REALNAME :Realname is not valid\n";
    CHECK(sala.answer(sala.luis, "SETNAME :") == refused);
    const std::string longest(base::limits::real_name_size_max, 'x');
    CHECK(sala.answer(sala.luis, "@label=1 SETNAME :" + longest + "x") == "@label=1 " + refused);
    CHECK(sala.answer(sala.luis, "SETNAME :" + longest) ==
          ":luis!~luis@example.org SETNAME :" + longest + "\n");
    CHECK(sala.answer(sala.eva, "SETNAME :") == ":irc.test NOTICE eva :Realname is not valid\n");
    CHECK(sala.answer(sala.eva, "SETNAME") == ":irc.test 461 eva SETNAME :Not enough parameters\n");
}

TEST_CASE("USERHOST tells of up to five who are there, and who is away") {
    room_scene sala;
    sala.luis.sends("AWAY :fuera");
    CHECK(sala.answer(sala.eva, "USERHOST ANA nadie luis") ==
          ":irc.test 302 eva :ana=+~ana@example.org luis=-~luis@example.org\n");
    CHECK(sala.answer(sala.eva, "USERHOST nadie") == ":irc.test 302 eva :\n");
    CHECK(sala.answer(sala.eva, "USERHOST a b c d e ana") == ":irc.test 302 eva :\n");
    CHECK(sala.answer(sala.eva, "USERHOST") ==
          ":irc.test 461 eva USERHOST :Not enough parameters\n");
}

TEST_CASE("ISON names those who are there, however the list was sent") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "ISON LUIS nadie ana") == ":irc.test 303 eva :luis ana\n");
    CHECK(sala.answer(sala.eva, "ISON :luis nadie  ana ") == ":irc.test 303 eva :luis ana\n");
    CHECK(sala.answer(sala.eva, "ISON nadie") == ":irc.test 303 eva :\n");
    CHECK(sala.answer(sala.eva, "ISON :") == ":irc.test 303 eva :\n");
    CHECK(sala.answer(sala.eva, "ISON") == ":irc.test 461 eva ISON :Not enough parameters\n");
}

TEST_CASE("ISON never cuts a nickname in two") {
    room_scene sala;
    std::string line = "ISON :";
    for (int guest = 0; guest < 15; ++guest) {
        const std::string nickname = fmt::format("g{:031}", guest);
        sala.server.registers(nickname);
        line += nickname + " ";
    }
    const std::string heard = sala.answer(sala.eva, line);
    CHECK(heard.size() < 512);
    CHECK(heard.ends_with(fmt::format(" g{:031}\n", 13)));
}
