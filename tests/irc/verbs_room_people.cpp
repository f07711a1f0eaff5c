// SPDX-License-Identifier: Apache-2.0
// KICK INVITE NAMES: who is in a room, and who decides it.
#include "base/limits.hpp"
#include "irc/room_scene.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;
using tests::room_scene;

namespace {

std::string repeated(std::string_view character, int count) {
    std::string made;
    for (int i = 0; i < count; ++i) {
        made += character;
    }
    return made;
}

} // namespace

TEST_CASE("KICK puts somebody out; without a reason the operator's name is it") {
    room_scene sala;
    const std::string basta = ":ana!~ana@example.org KICK #sala luis :basta ya\n";
    CHECK(sala.answer(sala.ana, "KICK #SALA Luis :basta ya") == basta);
    CHECK(sala.luis.hears() == basta);
    for (const std::string_view line : {"KICK #sala luis", "KICK #sala luis :"}) {
        sala.luis.sends("JOIN #sala");
        CHECK(sala.answer(sala.ana, line) == ":ana!~ana@example.org KICK #sala luis :ana\n");
    }
}

TEST_CASE("KICK is refused to who may not, and of who is not there") {
    room_scene sala;
    CHECK(sala.answer(sala.luis, "KICK #sala ana") ==
          ":irc.test 482 luis #sala :You're not a channel operator\n");
    CHECK(sala.answer(sala.eva, "KICK #sala luis") ==
          ":irc.test 442 eva #sala :You're not on that channel\n");
    CHECK(sala.answer(sala.ana, "KICK #nada luis") == ":irc.test 403 ana #nada :No such channel\n");
    CHECK(sala.answer(sala.ana, "KICK #sala eva") ==
          ":irc.test 441 ana eva #sala :They aren't on that channel\n");
    CHECK(sala.answer(sala.ana, "KICK #sala nadie") ==
          ":irc.test 401 ana nadie :No such nick/channel\n");
}

TEST_CASE("a half-operator cannot put out an operator") {
    room_scene sala;
    sala.prepares("MODE #sala +h luis");
    CHECK(sala.answer(sala.luis, "KICK #sala ana") ==
          ":irc.test 482 luis #sala :ana has a higher role in the channel than you\n");
}

TEST_CASE("KICK takes one room and any number of persons, or as many rooms as persons") {
    room_scene sala;
    sala.eva.sends("JOIN #sala");
    CHECK(sala.answer(sala.ana, "KICK #sala luis,eva") ==
          ":ana!~ana@example.org KICK #sala luis :ana\n"
          ":ana!~ana@example.org KICK #sala eva :ana\n");
    sala.ana.sends("JOIN #otra");
    sala.luis.sends("JOIN #sala,#otra");
    CHECK(sala.answer(sala.ana, "KICK #sala,#otra luis,luis :x") ==
          ":ana!~ana@example.org KICK #sala luis :x\n"
          ":ana!~ana@example.org KICK #otra luis :x\n");
}

TEST_CASE("KICK lacks a parameter when rooms and persons do not pair") {
    room_scene sala;
    const std::string lacks = ":irc.test 461 ana KICK :Not enough parameters\n";
    for (const std::string_view line : {"KICK", "KICK #sala", "KICK #sala :", "KICK , luis",
                                        "KICK #sala,#otra luis", "KICK #a,#b,#c luis,eva"}) {
        CAPTURE(line);
        CHECK(sala.answer(sala.ana, line) == lacks);
    }
}

TEST_CASE("INVITE tells the guest and answers the host") {
    room_scene sala;
    CHECK(sala.answer(sala.luis, "INVITE EVA #SALA") == ":irc.test 341 luis eva #sala\n");
    CHECK(sala.eva.hears() == ":luis!~luis@example.org INVITE eva #sala\n");
    CHECK(sala.ana.hears().empty());
}

TEST_CASE("INVITE is refused, refusal by refusal") {
    room_scene sala;
    CHECK(sala.answer(sala.ana, "INVITE nadie #sala") ==
          ":irc.test 401 ana nadie :No such nick/channel\n");
    CHECK(sala.answer(sala.ana, "INVITE eva #nada") ==
          ":irc.test 403 ana #nada :No such channel\n");
    CHECK(sala.answer(sala.eva, "INVITE ana #sala") ==
          ":irc.test 442 eva #sala :You're not on that channel\n");
    CHECK(sala.answer(sala.ana, "INVITE luis #sala") ==
          ":irc.test 443 ana luis #sala :is already on channel\n");
    sala.prepares("MODE #sala +i");
    CHECK(sala.answer(sala.luis, "INVITE eva #sala") ==
          ":irc.test 482 luis #sala :You're not a channel operator\n");
    CHECK(sala.answer(sala.ana, "INVITE eva") ==
          ":irc.test 461 ana INVITE :Not enough parameters\n");
}

TEST_CASE("INVITE alone lists where one is invited, until one has come") {
    room_scene sala;
    sala.prepares("JOIN #otra");
    sala.prepares("INVITE eva #sala");
    sala.prepares("INVITE eva #otra");
    const std::string end = ":irc.test 337 eva :End of /INVITE list\n";
    CHECK(sala.answer(sala.eva, "INVITE") ==
          ":irc.test 336 eva #sala\n:irc.test 336 eva #otra\n" + end);
    sala.eva.sends("JOIN #sala,#otra");
    CHECK(sala.answer(sala.eva, "INVITE") == end);
}

TEST_CASE("NAMES lists the members of each room, with the roles they have") {
    room_scene sala;
    sala.prepares("MODE #sala +v luis");
    CHECK(sala.answer(sala.eva, "NAMES #SALA,#nada") ==
          ":irc.test 353 eva = #sala :@ana +luis\n"
          ":irc.test 366 eva #sala :End of /NAMES list\n"
          ":irc.test 366 eva #nada :End of /NAMES list\n");
}

TEST_CASE("NAMES without a room lists nobody") {
    room_scene sala;
    const std::string end = ":irc.test 366 eva * :End of /NAMES list\n";
    CHECK(sala.answer(sala.eva, "NAMES") == end);
    CHECK(sala.answer(sala.eva, "NAMES :") == end);
    CHECK(sala.answer(sala.eva, "NAMES *") == end);
}

TEST_CASE("a secret room is there for its members alone, and marked for them") {
    room_scene sala;
    sala.prepares("MODE #sala +s");
    CHECK(sala.answer(sala.eva, "NAMES #sala") == ":irc.test 366 eva #sala :End of /NAMES list\n");
    CHECK(sala.answer(sala.luis, "NAMES #sala") ==
          ":irc.test 353 luis @ #sala :@ana luis\n"
          ":irc.test 366 luis #sala :End of /NAMES list\n");
}

TEST_CASE("who is invisible is listed to those inside only") {
    room_scene sala;
    sala.luis.sends("MODE luis +i");
    CHECK(sala.answer(sala.eva, "NAMES #sala") ==
          ":irc.test 353 eva = #sala :@ana\n:irc.test 366 eva #sala :End of /NAMES list\n");
    sala.ana.sends("MODE ana +i");
    CHECK(sala.answer(sala.eva, "NAMES #sala") == ":irc.test 366 eva #sala :End of /NAMES list\n");
    CHECK(sala.answer(sala.ana, "NAMES #sala").contains(":@ana luis\n"));
}

TEST_CASE("userhost-in-names shows the whole address, multi-prefix the one role there is") {
    room_scene sala;
    sala.eva.sends("CAP REQ :userhost-in-names multi-prefix");
    CHECK(sala.answer(sala.eva, "NAMES #sala") ==
          ":irc.test 353 eva = #sala :@ana!~ana@example.org luis!~luis@example.org\n"
          ":irc.test 366 eva #sala :End of /NAMES list\n");
}

TEST_CASE("many members take several lines, whole names on each") {
    room_scene sala;
    for (int guest = 0; guest < 60; ++guest) {
        sala.server.registers(fmt::format("guest_number_{:03}", guest)).sends("JOIN #sala");
    }
    const std::string heard = sala.answer(sala.eva, "NAMES #sala");
    CHECK(std::ranges::count(heard, '\n') == 4);
    CHECK(heard.ends_with("guest_number_059\n:irc.test 366 eva #sala :End of /NAMES list\n"));
    for (std::size_t begin = 0; begin < heard.size(); begin = heard.find('\n', begin) + 1) {
        CHECK(heard.find('\n', begin) - begin <= 510);
        CHECK(heard.substr(begin).starts_with(":irc.test 3"));
    }
}

TEST_CASE("the end of NAMES is cut like every line, whatever was asked for") {
    room_scene sala;
    const std::string heard = sala.answer(sala.eva, "NAMES " + std::string(500, 'x'));
    CHECK(heard.starts_with(":irc.test 366 eva xxx"));
    CHECK(heard.size() == 511); // its CR is not heard
}

TEST_CASE("names as long as can be leave the lines about them whole") {
    conversation server;
    const std::string room = "#" + repeated("\uac01", 63);
    const std::string target = repeated("\uac00", 32);
    client& ana = server.registers(repeated("\uac01", 32));
    client& eva = server.registers(target, "userhost-in-names");
    ana.sends("JOIN " + room);
    eva.sends("JOIN " + room);
    CHECK(eva.hears().contains(target + "!~user@example.org\n"));
    ana.sends("MODE " + room + " +v " + target);
    CHECK(eva.hears().ends_with(" MODE " + room + " +v " + target + "\n"));
    ana.sends("KICK " + room + " " + target + " :basta");
    CHECK(eva.hears().ends_with(" KICK " + room + " " + target + " :basta\n"));
}

TEST_CASE("of a long list the first are taken, as ISUPPORT TARGMAX says") {
    room_scene sala;
    std::string rooms;
    for (std::size_t room = 0; room <= base::limits::targets_per_line_max; ++room) {
        rooms += fmt::format("#r{},", room);
    }
    const std::string heard = sala.answer(sala.eva, "NAMES " + rooms);
    CHECK(std::ranges::count(heard, '\n') == 32);
    CHECK(heard.ends_with(":irc.test 366 eva #r31 :End of /NAMES list\n"));
}
