// SPDX-License-Identifier: Apache-2.0
// What a session is told of itself and of the server: ISUPPORT, PERSISTENCE, AWAY before the
// welcome, no-implicit-names, whoami, CHGHOST.
#include "irc/room_scene.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;
using tests::room_scene;

TEST_CASE("ISUPPORT is told before the welcome to those who negotiated it, in a batch") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("ISUPPORT");
    CHECK(ana.hears() == ":irc.test 451 * :You have not registered\n");
    ana.sends("CAP REQ :draft/extended-isupport batch");
    server.nobody_hears();
    ana.sends("ISUPPORT");
    const std::string heard = ana.hears();
    CHECK(heard.starts_with(":irc.test BATCH +i draft/isupport\n@batch=i :irc.test 005 * "));
    CHECK(heard.ends_with(" :are supported by this server\n:irc.test BATCH -i\n"));
    ana.sends("NICK ana").sends("USER a 0 * :A").sends("CAP END");
    CHECK_FALSE(ana.hears().contains("\n:irc.test 005 "));
}

TEST_CASE("ISUPPORT tells of the network's picture, and that an account is needed") {
    irc::settings rules = conversation::quiet();
    rules.icon = "https://example.org/icon.svg";
    conversation server(rules);
    client& ana = server.registers("ana");
    ana.sends("ISUPPORT");
    const std::string heard = ana.hears();
    CHECK(heard.contains(" draft/ICON=https://example.org/icon.svg "));
    CHECK_FALSE(heard.contains("ACCOUNTREQUIRED"));
    rules.guests = false;
    server.replaces_settings(rules);
    ana.sends("ISUPPORT");
    CHECK(ana.hears().contains(" draft/ACCOUNTREQUIRED "));
}

TEST_CASE("an account's stay is persistent, whatever the client wishes; a guest's is not") {
    conversation server;
    client& ana = server.registers("ana", "draft/persistence standard-replies");
    ana.sends("PERSISTENCE GET");
    CHECK(ana.hears() == ":irc.test FAIL PERSISTENCE ACCOUNT_REQUIRED :You are not logged in\n");
    ana.sends("REGISTER * * secreto");
    server.nobody_hears();
    ana.sends("PERSISTENCE GET").sends("PERSISTENCE SET off");
    CHECK(ana.hears() == ":irc.test PERSISTENCE STATUS DEFAULT ON\n"
                         ":irc.test PERSISTENCE STATUS OFF ON\n");
    ana.sends("PERSISTENCE SET maybe").sends("PERSISTENCE FUTURE");
    CHECK(ana.hears() == ":irc.test FAIL PERSISTENCE INVALID_PARAMETERS :Invalid parameters\n");
}

TEST_CASE("whoami: one's own whole name is told between 005 and 251") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("CAP REQ :draft/whoami chghost").sends("NICK ana").sends("USER a 0 * :Ana Real");
    server.nobody_hears();
    ana.sends("CAP END");
    CHECK(ana.hears().contains(" :are supported by this server\n"
                               ":ana!~a@example.org SETNAME :Ana Real\n"
                               ":irc.test 251 "));
}

TEST_CASE("who becomes somebody with another user name or host is told so by CHGHOST") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("REGISTER * * secreto");
    client& phone = server.arrives({"phone.example", "192.0.2.7", false});
    phone.sends("CAP REQ :chghost").sends("NICK movil").sends("USER m 0 * :M").sends("CAP END");
    server.nobody_hears();
    phone.sends("PRIVMSG NickServ :IDENTIFY ana secreto");
    CHECK(phone.hears().contains(":movil!~m@phone.example CHGHOST ~ana example.org\n"));
}

TEST_CASE("no-implicit-names, under either name: a JOIN is not followed by the members") {
    for (const std::string name : {"no-implicit-names", "draft/no-implicit-names"}) {
        conversation server;
        client& ana = server.registers("ana", name);
        ana.sends("JOIN #sala");
        CHECK(ana.hears() == ":ana!~ana@example.org JOIN #sala\n");
        ana.sends("NAMES #sala");
        CHECK(ana.hears() == ":irc.test 353 ana = #sala :@ana\n"
                             ":irc.test 366 ana #sala :End of /NAMES list\n");
    }
}

TEST_CASE("AWAY before the welcome is for those who negotiated it") {
    conversation server;
    client& luis = server.registers("luis");
    client& ana = server.arrives();
    ana.sends("AWAY *");
    CHECK(ana.hears() == ":irc.test 451 * :You have not registered\n");
    ana.sends("CAP REQ :draft/pre-away").sends("NICK ana").sends("USER a 0 * :A");
    server.nobody_hears();
    ana.sends("AWAY :vuelvo").sends("AWAY").sends("AWAY *");
    CHECK(ana.hears() == ":irc.test 306 * :You have been marked as being away\n"
                         ":irc.test 305 * :You are no longer marked as being away\n"
                         ":irc.test 306 * :You have been marked as being away\n");
    ana.sends("CAP END");
    luis.sends("PRIVMSG ana :hola");
    CHECK(luis.hears() == ":irc.test 301 luis ana :*\n");
}

TEST_CASE("a bot says so by a mode, and is shown as one") {
    room_scene sala;
    client& marta = sala.server.registers("marta", "message-tags");
    marta.sends("JOIN #sala");
    CHECK(sala.answer(sala.luis, "MODE luis +B") == ":luis!~luis@example.org MODE luis +B\n");
    CHECK(sala.answer(sala.luis, "MODE luis") == ":irc.test 221 luis +B\n");
    CHECK(sala.answer(sala.ana, "WHOIS luis").contains(":irc.test 335 ana luis :is a bot\n"));
    CHECK(sala.answer(sala.ana, "WHO luis").contains(" luis HB :0 luis Real\n"));
    sala.luis.sends("PRIVMSG #sala :hola");
    CHECK(marta.hears() == "@msgid=*;bot :luis!~luis@example.org PRIVMSG #sala :hola\n");
    sala.luis.sends("PART #sala").sends("JOIN #sala");
    CHECK(marta.hears().ends_with("@msgid=*;bot :luis!~luis@example.org JOIN #sala\n"));
    sala.luis.sends("MODE luis -B").sends("PRIVMSG #sala :hola");
    CHECK(marta.hears() == "@msgid=* :luis!~luis@example.org PRIVMSG #sala :hola\n");
}

TEST_CASE("WHOX gives the chosen fields in its own order") {
    room_scene sala;
    CHECK(sala.answer(sala.ana, "WHO luis %cuhnar") ==
          ":irc.test 354 ana #sala ~luis example.org luis 0 :luis Real\n"
          ":irc.test 315 ana luis :End of WHO list\n");
    CHECK(sala.answer(sala.ana, "WHO #sala %afnt,42") ==
          ":irc.test 354 ana 42 ana H@ 0\n:irc.test 354 ana 42 luis H 0\n"
          ":irc.test 315 ana #sala :End of WHO list\n");
    CHECK(sala.answer(sala.ana, "WHO eva %tcisln,") ==
          ":irc.test 354 ana 0 * 255.255.255.255 irc.test eva 0\n"
          ":irc.test 315 ana eva :End of WHO list\n");
    CHECK(sala.answer(sala.ana, "WHO eva %nnzZ,12345") ==
          ":irc.test 354 ana eva\n:irc.test 315 ana eva :End of WHO list\n");
}

TEST_CASE("WHOX tells an account, and of a hidden room or an invisible person as little as WHO") {
    room_scene sala;
    sala.eva.sends("REGISTER * * secreto").sends("MODE eva +i");
    sala.prepares("MODE #sala +s");
    CHECK(sala.answer(sala.ana, "WHO eva %na").starts_with(":irc.test 354 ana eva eva\n"));
    CHECK(sala.answer(sala.eva, "WHO #sala %n") == ":irc.test 315 eva #sala :End of WHO list\n");
    CHECK(sala.answer(sala.eva, "WHO ana %cn").starts_with(":irc.test 354 eva * ana\n"));
    CHECK_FALSE(sala.answer(sala.ana, "WHO ev* %n").contains("354"));
}
