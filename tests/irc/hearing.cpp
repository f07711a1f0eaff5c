// SPDX-License-Identifier: Apache-2.0
// How events read for those who hear them (dialect.cpp), and for the one who caused them.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

// Ana made #sala, Luis is in it with all capabilities that are at work here, Eva without any.
struct scene {
    scene()
        : ana(server.registers("ana")),
          luis(server.registers("luis", "away-notify extended-join setname invite-notify")),
          eva(server.registers("eva")) {
        for (client* const one : {&ana, &luis, &eva}) {
            one->sends("JOIN #sala");
        }
        server.nobody_hears();
    }

    conversation server;
    client& ana;
    client& luis;
    client& eva;
};

} // namespace

TEST_CASE("one's own JOIN comes before the topic, and both before the members") {
    scene sala;
    client& pia = sala.server.registers("pia");
    sala.ana.sends("TOPIC #sala :de todo");
    pia.sends("JOIN #Sala");
    const std::string heard = pia.hears();
    CHECK(
        heard.starts_with(":pia!~pia@example.org JOIN #sala\n:irc.test 332 pia #sala :de todo\n"));
    CHECK(heard.find(" 332 ") < heard.find(" 353 pia "));
    CHECK(heard.find(" 353 ") < heard.find(" 366 pia #sala :"));
}

TEST_CASE("a join is heard with account and real name by those who asked for it") {
    scene sala;
    client& pia = sala.server.registers("pia");
    pia.sends("JOIN #sala");
    CHECK(sala.eva.hears() == ":pia!~pia@example.org JOIN #sala\n");
    CHECK(sala.luis.hears() == ":pia!~pia@example.org JOIN #sala * :pia Real\n");
}

TEST_CASE("who joins while away is heard to be away by those who follow it") {
    scene sala;
    client& pia = sala.server.registers("pia");
    pia.sends("AWAY :ocupada").sends("JOIN #sala");
    CHECK(sala.eva.hears() == ":pia!~pia@example.org JOIN #sala\n");
    CHECK(sala.luis.hears() == ":pia!~pia@example.org JOIN #sala * :pia Real\n"
                               ":pia!~pia@example.org AWAY :ocupada\n");
}

TEST_CASE("a part is heard by those who stay and by who goes") {
    scene sala;
    sala.eva.sends("PART #sala :me voy");
    CHECK(sala.eva.hears() == ":eva!~eva@example.org PART #sala :me voy\n");
    CHECK(sala.ana.hears() == ":eva!~eva@example.org PART #sala :me voy\n");
    sala.luis.sends("PART #sala");
    CHECK(sala.ana.hears() == ":luis!~luis@example.org PART #sala\n");
    CHECK(sala.eva.hears().empty());
}

TEST_CASE("a kick is heard by all, and who was kicked hears no more") {
    scene sala;
    sala.ana.sends("KICK #sala eva :basta");
    const std::string line = ":ana!~ana@example.org KICK #sala eva :basta\n";
    CHECK(sala.ana.hears() == line);
    CHECK(sala.eva.hears() == line);
    CHECK(sala.luis.hears() == line);
    sala.ana.sends("PRIVMSG #sala :y bien");
    CHECK(sala.eva.hears().empty());
}

TEST_CASE("a topic is heard as it was set") {
    scene sala;
    sala.ana.sends("TOPIC #sala :uno: dos");
    CHECK(sala.ana.hears() == ":ana!~ana@example.org TOPIC #sala :uno: dos\n");
    CHECK(sala.eva.hears() == ":ana!~ana@example.org TOPIC #sala :uno: dos\n");
}

TEST_CASE("a new nickname is heard once, however many rooms are shared") {
    scene sala;
    sala.eva.sends("JOIN #otra");
    sala.luis.sends("JOIN #otra");
    sala.server.nobody_hears();
    sala.eva.sends("NICK Evita");
    CHECK(sala.luis.hears() == ":eva!~eva@example.org NICK Evita\n");
    CHECK(sala.eva.hears() == ":eva!~eva@example.org NICK Evita\n");
}

TEST_CASE("going away and coming back is heard by those who follow it") {
    scene sala;
    sala.eva.sends("AWAY :a comer").sends("AWAY");
    CHECK(sala.eva.hears() == ":irc.test 306 eva :You have been marked as being away\n"
                              ":irc.test 305 eva :You are no longer marked as being away\n");
    CHECK(sala.luis.hears() == ":eva!~eva@example.org AWAY :a comer\n:eva!~eva@example.org AWAY\n");
    CHECK(sala.ana.hears().empty());
}

TEST_CASE("a new real name is heard by those who know SETNAME") {
    scene sala;
    sala.luis.sends("SETNAME :Luis Otro");
    CHECK(sala.luis.hears() == ":luis!~luis@example.org SETNAME :Luis Otro\n");
    CHECK(sala.ana.hears().empty());
}

TEST_CASE("an invitation is heard by the guest, the host, and the members who asked for it") {
    scene sala;
    client& pia = sala.server.registers("pia");
    pia.sends("AWAY :ocupada");
    sala.server.nobody_hears();
    sala.ana.sends("INVITE pia #sala");
    CHECK(pia.hears() == ":ana!~ana@example.org INVITE pia #sala\n");
    CHECK(sala.ana.hears() == ":irc.test 341 ana pia #sala\n:irc.test 301 ana pia :ocupada\n");
    CHECK(sala.luis.hears() == ":ana!~ana@example.org INVITE pia #sala\n");
    CHECK(sala.eva.hears().empty());
}

TEST_CASE("a host with invite-notify hears her own invitation once") {
    scene sala;
    sala.server.registers("pia");
    sala.luis.sends("INVITE pia #sala");
    CHECK(sala.luis.hears() == ":irc.test 341 luis pia #sala\n");
}

TEST_CASE("events carry msgid and time for those who negotiated them") {
    scene sala;
    sala.eva.sends("CAP REQ :message-tags server-time");
    sala.server.nobody_hears();
    sala.ana.sends("TOPIC #sala :hola");
    CHECK(sala.eva.hears() == "@msgid=*;time=2026-03-01T12:00:00.000Z "
                              ":ana!~ana@example.org TOPIC #sala :hola\n");
}

TEST_CASE("a labelled JOIN is answered in one batch") {
    scene sala;
    client& pia = sala.server.registers("pia", "labeled-response batch");
    pia.sends("@label=1 JOIN #sala");
    const std::string heard = pia.hears();
    CHECK(heard.starts_with("@label=1 :irc.test BATCH +r labeled-response\n"
                            "@batch=r :pia!~pia@example.org JOIN #sala\n@batch=r :irc.test 353 "));
    CHECK(heard.contains("\n@batch=r :irc.test 366 pia #sala :"));
    CHECK(heard.ends_with("\n:irc.test BATCH -r\n"));
}
