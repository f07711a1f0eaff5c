// SPDX-License-Identifier: Apache-2.0
// MONITOR and MARKREAD as clients see them.
#include "base/limits.hpp"
#include "irc/room_scene.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;
using tests::room_scene;

TEST_CASE("MONITOR tells who is there, who is not, and who comes and goes") {
    room_scene sala;
    CHECK(sala.answer(sala.ana, "MONITOR + EVA,nadie") ==
          ":irc.test 730 ana :eva!~eva@example.org\n:irc.test 731 ana :nadie\n");
    sala.eva.sends("NICK nadie");
    CHECK(sala.ana.hears() ==
          ":irc.test 731 ana :eva\n:irc.test 730 ana :nadie!~eva@example.org\n");
    sala.eva.sends("QUIT");
    CHECK(sala.ana.hears() == ":irc.test 731 ana :nadie\n");
    CHECK(sala.luis.hears().empty());
}

TEST_CASE("MONITOR L, S, - and C") {
    room_scene sala;
    sala.prepares("MONITOR + Eva,nadie");
    CHECK(sala.answer(sala.ana, "MONITOR L") ==
          ":irc.test 732 ana :Eva,nadie\n:irc.test 733 ana :End of MONITOR list\n");
    CHECK(sala.answer(sala.ana, "MONITOR S") ==
          ":irc.test 730 ana :eva!~eva@example.org\n:irc.test 731 ana :nadie\n");
    CHECK(sala.answer(sala.ana, "MONITOR - NADIE").empty());
    CHECK(sala.answer(sala.ana, "MONITOR L").starts_with(":irc.test 732 ana :Eva\n"));
    CHECK(sala.answer(sala.ana, "MONITOR C").empty());
    CHECK(sala.answer(sala.ana, "MONITOR L") == ":irc.test 733 ana :End of MONITOR list\n");
}

TEST_CASE("MONITOR has its limit, and takes nicknames only") {
    room_scene sala;
    for (std::size_t i = 0; i < base::limits::watched_max; i += 20) {
        std::string list;
        for (std::size_t k = i; k < i + 20; ++k) {
            list += "n" + std::to_string(k) + ",";
        }
        sala.prepares("MONITOR + " + list);
    }
    CHECK(sala.answer(sala.ana, "MONITOR + una,otra") ==
          ":irc.test 734 ana 100 una,otra :Monitor list is full\n");
    CHECK(sala.answer(sala.luis, "MONITOR + *!*@*") ==
          ":irc.test 432 luis *!*@* :Erroneous nickname\n");
    CHECK(sala.answer(sala.luis, "MONITOR x") ==
          ":irc.test 461 luis MONITOR :Not enough parameters\n");
}

TEST_CASE("a long list of MONITOR takes several lines, none of them cut") {
    room_scene sala;
    const std::string long_name(base::limits::nickname_length_max - 2, 'n');
    for (int i = 10; i < 40; ++i) {
        sala.prepares("MONITOR + " + long_name + std::to_string(i));
    }
    std::string heard = sala.answer(sala.ana, "MONITOR L");
    for (int i = 10; i < 40; ++i) {
        CHECK(heard.contains(long_name + std::to_string(i)));
    }
    while (!heard.empty()) {
        CHECK(heard.find('\n') <= 510);
        heard.erase(0, heard.find('\n') + 1);
    }
}

TEST_CASE("extended-monitor: what a watched stranger says of herself is told to who asked for it") {
    conversation server;
    client& eva = server.registers("eva");
    client& ana = server.registers("ana", "extended-monitor away-notify setname account-notify");
    client& luis = server.registers("luis", "away-notify setname account-notify");
    ana.sends("MONITOR + eva");
    luis.sends("MONITOR + eva");
    server.nobody_hears();
    eva.sends("AWAY :lejos").sends("SETNAME :Eva").sends("REGISTER * * secreto");
    CHECK(ana.hears() == ":eva!~eva@example.org AWAY :lejos\n"
                         ":eva!~eva@example.org SETNAME :Eva\n"
                         ":eva!~eva@example.org ACCOUNT eva\n");
    CHECK(luis.hears().empty());
}

TEST_CASE("MARKREAD is set, asked for, and told before the 366 of one's own JOIN") {
    conversation server;
    client& ana = server.registers("ana", "draft/read-marker");
    ana.sends("JOIN #sala");
    CHECK(ana.hears() == ":ana!~ana@example.org JOIN #sala\n"
                         ":irc.test MARKREAD #sala *\n"
                         ":irc.test 353 ana = #sala :@ana\n"
                         ":irc.test 366 ana #sala :End of /NAMES list\n");
    const std::string marked = ":irc.test MARKREAD #sala timestamp=2026-03-01T11:00:00.000Z\n";
    ana.sends("MARKREAD #SALA timestamp=2026-03-01T11:00:00.000Z");
    CHECK(ana.hears() == marked);
    ana.sends("MARKREAD #sala timestamp=2026-03-01T10:00:00.000Z");
    CHECK(ana.hears() == marked);
    ana.sends("MARKREAD #sala");
    CHECK(ana.hears() == marked);
    ana.sends("PART #sala").sends("JOIN #sala");
    CHECK(ana.hears().contains(marked + ":irc.test 353 "));
}

TEST_CASE("a marker is told to one's other sessions that know of it, and to nobody else") {
    conversation server;
    client& ana = server.registers("ana", "draft/read-marker");
    ana.sends("REGISTER * * secreto").sends("JOIN #sala");
    client& phone = server.registers("movil", "draft/read-marker");
    client& old = server.registers("vieja");
    client& luis = server.registers("luis", "draft/read-marker");
    phone.sends("PRIVMSG NickServ :IDENTIFY ana secreto");
    old.sends("PRIVMSG NickServ :IDENTIFY ana secreto");
    luis.sends("JOIN #sala");
    server.nobody_hears();
    ana.sends("MARKREAD #sala timestamp=2026-03-01T11:00:00.000Z");
    CHECK(phone.hears() == ":irc.test MARKREAD #sala timestamp=2026-03-01T11:00:00.000Z\n");
    CHECK(old.hears().empty());
    CHECK(luis.hears().empty());
    luis.sends("MARKREAD #sala");
    CHECK(luis.hears() == ":irc.test MARKREAD #sala *\n");
}

TEST_CASE("MARKREAD refuses what it cannot take, and tells nothing of hidden rooms") {
    room_scene sala;
    client& eva = sala.server.registers("marta", "standard-replies");
    CHECK(sala.answer(eva, "MARKREAD") ==
          ":irc.test FAIL MARKREAD NEED_MORE_PARAMS :Not enough parameters\n");
    CHECK(sala.answer(eva, "MARKREAD luis *") ==
          ":irc.test FAIL MARKREAD INVALID_PARAMS * :Invalid parameters\n");
    CHECK(sala.answer(eva, "MARKREAD luis timestamp=ayer") ==
          ":irc.test FAIL MARKREAD INVALID_PARAMS timestamp=ayer :Invalid parameters\n");
    for (const std::string room : {"#sala", "#nada"}) {
        CHECK(sala.answer(eva, "MARKREAD " + room) ==
              ":irc.test FAIL MARKREAD INVALID_PARAMS " + room + " :No such channel\n");
        CHECK(sala.answer(eva, "MARKREAD " + room + " timestamp=2026-03-01T11:00:00.000Z") ==
              ":irc.test FAIL MARKREAD INVALID_PARAMS " + room + " :No such channel\n");
    }
    CHECK(sala.answer(eva, "MARKREAD luis") == ":irc.test MARKREAD luis *\n");
}
