// SPDX-License-Identifier: Apache-2.0
// JOIN PART TOPIC: what they bring about, refusal by refusal.
#include "base/limits.hpp"
#include "irc/room_scene.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::room_scene;

TEST_CASE("who makes a room comes in as its operator") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "JOIN #nueva") == ":eva!~eva@example.org JOIN #nueva\n"
                                                  ":irc.test 353 eva = #nueva :@eva\n"
                                                  ":irc.test 366 eva #nueva :End of /NAMES list\n");
}

TEST_CASE("who comes into a room hears its topic and its members, under the room's own name") {
    room_scene sala;
    sala.prepares("TOPIC #sala :de todo");
    CHECK(sala.answer(sala.eva, "JOIN #SALA") == ":eva!~eva@example.org JOIN #sala\n"
                                                 ":irc.test 332 eva #sala :de todo\n"
                                                 ":irc.test 333 eva #sala ana 1772366400\n"
                                                 ":irc.test 353 eva = #sala :@ana luis eva\n"
                                                 ":irc.test 366 eva #sala :End of /NAMES list\n");
    CHECK(sala.ana.hears() == ":eva!~eva@example.org JOIN #sala\n");
}

TEST_CASE("who joins a room that she is in hears nothing") {
    room_scene sala;
    CHECK(sala.answer(sala.luis, "JOIN #sala").empty());
    CHECK(sala.ana.hears().empty());
}

TEST_CASE("JOIN without a room lacks a parameter") {
    room_scene sala;
    const std::string lacks = ":irc.test 461 eva JOIN :Not enough parameters\n";
    CHECK(sala.answer(sala.eva, "JOIN") == lacks);
    CHECK(sala.answer(sala.eva, "JOIN :") == lacks);
    CHECK(sala.answer(sala.eva, "JOIN ,") == lacks);
}

TEST_CASE("a name that no room can have is refused") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "JOIN sala") == ":irc.test 403 eva sala :No such channel\n");
    CHECK(sala.answer(sala.eva, "JOIN &sala") == ":irc.test 403 eva &sala :No such channel\n");
    CHECK(sala.answer(sala.eva, "JOIN #") == ":irc.test 479 eva # :Illegal channel name\n");
    CHECK(sala.answer(sala.eva, "JOIN #a:b") == ":irc.test 479 eva #a:b :Illegal channel name\n");
    const std::string long_name = "#" + std::string(base::limits::room_name_length_max, 'x');
    CHECK(sala.answer(sala.eva, "JOIN " + long_name) ==
          ":irc.test 479 eva " + long_name + " :Illegal channel name\n");
}

TEST_CASE("a name that looks like another room's is refused") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "JOIN #sаla") == // with a Cyrillic а
          ":irc.test 479 eva #sаla :Channel name looks like that of another one\n");
}

TEST_CASE("who is banned does not come in") {
    room_scene sala;
    sala.prepares("MODE #sala +b eva");
    CHECK(sala.answer(sala.eva, "JOIN #sala") ==
          ":irc.test 474 eva #sala :Cannot join channel (+b)\n");
    sala.prepares("MODE #sala +e *!*@example.org");
    CHECK(sala.answer(sala.eva, "JOIN #sala").starts_with(":eva!~eva@example.org JOIN #sala\n"));
}

TEST_CASE("into a room for the invited comes who was, or is on the list") {
    room_scene sala;
    client& pia = sala.server.registers("pia");
    sala.prepares("MODE #sala +i");
    CHECK(sala.answer(sala.eva, "JOIN #sala") ==
          ":irc.test 473 eva #sala :Cannot join channel (+i)\n");
    sala.prepares("INVITE eva #sala");
    CHECK(sala.answer(sala.eva, "JOIN #sala").starts_with(":eva!~eva@example.org JOIN #sala\n"));
    sala.prepares("MODE #sala +I pia");
    CHECK(sala.answer(pia, "JOIN #sala").starts_with(":pia!~pia@example.org JOIN #sala\n"));
}

TEST_CASE("a room with a password takes it, as it is and no other way") {
    room_scene sala;
    sala.prepares("MODE #sala +k Cave");
    const std::string refused = ":irc.test 475 eva #sala :Cannot join channel (+k)\n";
    CHECK(sala.answer(sala.eva, "JOIN #sala") == refused);
    CHECK(sala.answer(sala.eva, "JOIN #sala cave") == refused);
    CHECK(sala.answer(sala.eva, "JOIN #sala Cave").starts_with(":eva!~eva@example.org JOIN "));
}

TEST_CASE("a full room takes nobody but the invited") {
    room_scene sala;
    sala.prepares("MODE #sala +l 2");
    CHECK(sala.answer(sala.eva, "JOIN #sala") ==
          ":irc.test 471 eva #sala :Cannot join channel (+l)\n");
    sala.prepares("INVITE eva #sala");
    CHECK(sala.answer(sala.eva, "JOIN #sala").starts_with(":eva!~eva@example.org JOIN #sala\n"));
}

TEST_CASE("nobody is in more rooms than she may") {
    room_scene sala;
    for (std::size_t room = 0; room < base::limits::rooms_per_person_max; ++room) {
        sala.eva.sends(fmt::format("JOIN #r{}", room));
    }
    CHECK(sala.answer(sala.eva, "JOIN #sala") ==
          ":irc.test 405 eva #sala :You have joined too many channels\n");
}

TEST_CASE("several rooms are joined one by one, refused ones left out") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "JOIN #a,mal,#b") ==
          ":eva!~eva@example.org JOIN #a\n:irc.test 353 eva = #a :@eva\n"
          ":irc.test 366 eva #a :End of /NAMES list\n"
          ":irc.test 403 eva mal :No such channel\n"
          ":eva!~eva@example.org JOIN #b\n:irc.test 353 eva = #b :@eva\n"
          ":irc.test 366 eva #b :End of /NAMES list\n");
}

TEST_CASE("a password is the one of the room at its place, and a place may be empty") {
    room_scene sala;
    sala.ana.sends("JOIN #otra").sends("MODE #otra +k cave");
    CHECK(sala.answer(sala.eva, "JOIN #otra,#sala cave").contains(" JOIN #otra\n"));
    sala.eva.sends("PART #otra,#sala");
    CHECK(sala.answer(sala.eva, "JOIN #sala,#otra cave")
              .ends_with(":irc.test 475 eva #otra :Cannot join channel (+k)\n"));
    CHECK(sala.answer(sala.eva, "JOIN #sala,#otra ,cave").contains(" JOIN #otra\n"));
}

TEST_CASE("PART tells the room, with the reason if there is one") {
    room_scene sala;
    CHECK(sala.answer(sala.luis, "PART #SALA :me voy") ==
          ":luis!~luis@example.org PART #sala :me voy\n");
    CHECK(sala.ana.hears() == ":luis!~luis@example.org PART #sala :me voy\n");
    CHECK(sala.answer(sala.ana, "PART #sala") == ":ana!~ana@example.org PART #sala\n");
}

TEST_CASE("PART is refused where one is not") {
    room_scene sala;
    sala.ana.sends("JOIN #secreta").sends("MODE #secreta +s");
    CHECK(sala.answer(sala.eva, "PART #sala,#nada,#secreta") ==
          ":irc.test 442 eva #sala :You're not on that channel\n"
          ":irc.test 403 eva #nada :No such channel\n"
          ":irc.test 403 eva #secreta :No such channel\n");
    CHECK(sala.answer(sala.eva, "PART") == ":irc.test 461 eva PART :Not enough parameters\n");
    CHECK(sala.answer(sala.eva, "PART :") == ":irc.test 461 eva PART :Not enough parameters\n");
}

TEST_CASE("TOPIC alone shows the topic, who set it and when") {
    room_scene sala;
    CHECK(sala.answer(sala.luis, "TOPIC #sala") == ":irc.test 331 luis #sala :No topic is set\n");
    sala.prepares("TOPIC #sala :de todo");
    const std::string topic = ":irc.test 332 eva #sala :de todo\n"
                              ":irc.test 333 eva #sala ana 1772366400\n";
    CHECK(sala.answer(sala.eva, "TOPIC #sala") == topic);
    CHECK(sala.answer(sala.eva, "TOPIC #nada") == ":irc.test 403 eva #nada :No such channel\n");
    sala.prepares("MODE #sala +s");
    CHECK(sala.answer(sala.eva, "TOPIC #sala") == ":irc.test 403 eva #sala :No such channel\n");
    CHECK(sala.answer(sala.eva, "TOPIC") == ":irc.test 461 eva TOPIC :Not enough parameters\n");
}

TEST_CASE("TOPIC with an empty text takes the topic away") {
    room_scene sala;
    sala.prepares("TOPIC #sala :de todo");
    CHECK(sala.answer(sala.ana, "TOPIC #sala :") == ":ana!~ana@example.org TOPIC #sala :\n");
    CHECK(sala.luis.hears() == ":ana!~ana@example.org TOPIC #sala :\n");
    CHECK(sala.answer(sala.ana, "TOPIC #sala") == ":irc.test 331 ana #sala :No topic is set\n");
}

TEST_CASE("a topic is set by operators, or by every member where it is not locked") {
    room_scene sala;
    CHECK(sala.answer(sala.luis, "TOPIC #sala :x") ==
          ":irc.test 482 luis #sala :You're not a channel operator\n");
    CHECK(sala.answer(sala.eva, "TOPIC #sala :x") ==
          ":irc.test 442 eva #sala :You're not on that channel\n");
    CHECK(sala.answer(sala.eva, "TOPIC #nada :x") == ":irc.test 403 eva #nada :No such channel\n");
    sala.prepares("MODE #sala -t");
    CHECK(sala.answer(sala.luis, "TOPIC #sala x") == ":luis!~luis@example.org TOPIC #sala :x\n");
}

TEST_CASE("a topic is cut to what is kept, between characters") {
    room_scene sala;
    const std::string kept(base::limits::topic_size_max - 1, 'x');
    CHECK(sala.answer(sala.ana, "TOPIC #sala :" + kept + "ñy") ==
          ":ana!~ana@example.org TOPIC #sala :" + kept + "\n");
}

TEST_CASE("who comes back to a role of hers is seen with it") {
    tests::conversation server;
    tests::client& ana = server.registers("ana");
    tests::client& luis = server.registers("luis");
    ana.sends("PRIVMSG NickServ :REGISTER secreto").sends("JOIN #suya");
    luis.sends("JOIN #suya");
    ana.sends("PART #suya");
    server.nobody_hears();
    ana.sends("JOIN #suya");
    CHECK(luis.hears() == ":ana!~ana@example.org JOIN #suya\n:irc.test MODE #suya +q ana\n");
    CHECK(ana.hears().starts_with(":ana!~ana@example.org JOIN #suya\n:irc.test 353 ana = #suya :"));
}
