// SPDX-License-Identifier: Apache-2.0
// CAP PASS NICK USER PING PONG QUIT ERROR, and the welcome they lead to.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

bool is_welcomed(client& one) { return one.hears().contains(" 001 "); }

irc::settings with_password() {
    irc::settings rules = conversation::quiet();
    rules.password = "cave";
    return rules;
}

} // namespace

TEST_CASE("NICK and USER, in either order, bring the welcome") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("NICK ana");
    CHECK(ana.hears().empty());
    ana.sends("USER ana 0 * :Ana Real");
    CHECK(is_welcomed(ana));
    client& luis = server.arrives();
    luis.sends("USER luis 0 * :Luis Real").sends("NICK luis");
    CHECK(is_welcomed(luis));
}

TEST_CASE("the welcome begins with 001 to 004 and ends with the message of the day") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("NICK ana").sends("USER ana 0 * :Ana Real");
    const std::string heard = ana.hears();
    CHECK(heard.starts_with(
        ":irc.test 001 ana :Welcome to the Tertulia network, ana!~ana@example.org\n"
        ":irc.test 002 ana :Your host is irc.test, running version tertulia-1\n"
        ":irc.test 003 ana :This server was started 2026-03-01T12:00:00.000Z\n"
        ":irc.test 004 ana irc.test tertulia-1 Bio "));
    CHECK(heard.find(" 005 ana ") < heard.find(" 251 ana "));
    CHECK(heard.find(" 251 ana ") < heard.find(" 422 ana "));
}

TEST_CASE("lines sent along with the registration wait for the welcome") {
    conversation server;
    client& ana = server.arrives();
    server.core_holds();
    ana.sends_bytes("NICK ana\r\nUSER ana 0 * :Ana\r\nPING a\r\n");
    CHECK(ana.hears().empty());
    server.core_goes_on();
    const std::string heard = ana.hears();
    CHECK(heard.contains(" 001 ana "));
    CHECK(heard.ends_with(":irc.test PONG irc.test :a\n"));
}

TEST_CASE("a nickname that is taken can be tried again with another one") {
    conversation server;
    server.registers("ana");
    client& second = server.arrives();
    second.sends("NICK Ana").sends("USER a 0 * :A");
    CHECK(second.hears().starts_with(":irc.test 433 * Ana :"));
    second.sends("NICK Ana_");
    CHECK(is_welcomed(second));
}

TEST_CASE("a nickname that cannot be one is refused, before and after registration") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("NICK 1ana").sends("NICK").sends("NICK :");
    CHECK(ana.hears() == ":irc.test 432 * 1ana :Erroneous nickname\n"
                         ":irc.test 431 * :No nickname given\n"
                         ":irc.test 431 * :No nickname given\n");
    ana.sends("NICK ana").sends("USER a 0 * :A");
    CHECK(is_welcomed(ana));
    ana.sends("NICK a!b");
    CHECK(ana.hears() == ":irc.test 432 ana a!b :Erroneous nickname\n");
}

TEST_CASE("a person changes her nickname, and is answered under the new one") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("NICK Ana").sends("NICK eva").sends("BAILAR");
    CHECK(ana.hears() == ":ana!~ana@example.org NICK Ana\n"
                         ":Ana!~ana@example.org NICK eva\n"
                         ":irc.test 421 eva BAILAR :Unknown command\n");
}

TEST_CASE("a user name keeps what may stand in a mask, behind '~'") {
    conversation server;
    client& ana = server.registers("ana");
    client& odd = server.arrives();
    odd.sends("NICK odd").sends("USER a!b@c*d.e_f-0123456789 0 * :Odd");
    odd.sends("PRIVMSG ana :hola");
    CHECK(ana.hears() == ":odd!~abcd.e_f-012345@example.org PRIVMSG ana :hola\n");
    client& none = server.arrives();
    none.sends("NICK none").sends("USER @ 0 * :None").sends("PRIVMSG ana :hola");
    CHECK(ana.hears() == ":none!~user@example.org PRIVMSG ana :hola\n");
}

TEST_CASE("a server with a password lets in who knows it") {
    conversation server(with_password());
    client& ana = server.arrives();
    ana.sends("PASS wrong").sends("PASS cave").sends("NICK ana").sends("USER a 0 * :A");
    CHECK(is_welcomed(ana));
}

TEST_CASE("a wrong password, or none, ends the connection") {
    conversation server(with_password());
    client& ana = server.arrives();
    client& luis = server.arrives();
    ana.sends("PASS wrong").sends("NICK ana").sends("USER a 0 * :A");
    luis.sends("NICK luis").sends("USER l 0 * :L");
    CHECK(ana.hears() == ":irc.test 464 * :Password incorrect\nERROR :Password incorrect\n");
    CHECK(ana.closed());
    CHECK(luis.closed());
}

TEST_CASE("too many from one address are turned away") {
    irc::settings rules = conversation::quiet();
    rules.sessions_per_address_max = 1;
    conversation server(rules);
    server.registers("ana");
    client& second = server.arrives();
    second.sends("NICK eva").sends("USER e 0 * :E");
    CHECK(second.hears() == "ERROR :Too many connections from your address\n");
    CHECK(second.closed());
}

TEST_CASE("a server that takes nothing now turns away who would register") {
    conversation server;
    server.core_refuses(chat::reason::busy);
    client& ana = server.arrives();
    ana.sends("NICK ana").sends("USER a 0 * :A");
    CHECK(ana.hears() == "ERROR :The server is busy, please try again\n");
    CHECK(ana.closed());
}

TEST_CASE("CAP LS lists what there is, and holds the registration until CAP END") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("CAP LS 302").sends("NICK ana").sends("USER a 0 * :A");
    CHECK(ana.hears() ==
          ":irc.test CAP * LS * :account-notify account-tag away-notify batch cap-notify chghost "
          "draft/account-registration=before-connect,custom-account-name draft/channel-rename "
          "draft/chathistory "
          "draft/event-playback draft/extended-isupport draft/languages=1,en,es draft/message-edit "
          "draft/message-redaction "
          "draft/metadata-2=before-connect,max-subs=50,max-keys=30,max-key-bytes=64,"
          "max-value-bytes=300 "
          "draft/metadata-3=before-connect,max-subs=50,max-keys=30,max-key-bytes=64,"
          "max-value-bytes=300\n"
          ":irc.test CAP * LS :draft/multiline=max-bytes=4096,max-lines=64 "
          "draft/no-implicit-names draft/oper draft/persistence draft/pre-away "
          "draft/read-marker draft/search draft/whoami "
          "echo-message extended-join extended-monitor invite-notify labeled-response "
          "message-tags multi-prefix no-implicit-names sasl=PLAIN,SCRAM-SHA-256 server-time "
          "setname soju.im/search standard-replies userhost-in-names znc.in/playback\n");
    ana.sends("CAP END");
    CHECK(is_welcomed(ana));
}

TEST_CASE("who does not speak version 302 is never told that more lines follow") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("CAP LS");
    CHECK_FALSE(ana.hears().contains(" LS * "));
}

TEST_CASE("from version 302 on cap-notify comes by itself, and stays") {
    conversation server;
    client& old = server.arrives();
    old.sends("CAP LS").sends("CAP LIST");
    CHECK(old.hears().ends_with(":irc.test CAP * LIST :\n"));
    client& young = server.arrives();
    young.sends("CAP LS 302").sends("CAP LIST").sends("CAP REQ -cap-notify");
    CHECK(young.hears().ends_with(":irc.test CAP * LIST :cap-notify\n"
                                  ":irc.test CAP * NAK :-cap-notify\n"));
}

TEST_CASE("who does not speak version 302 may ask for cap-notify and give it back") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("CAP REQ cap-notify").sends("CAP REQ -cap-notify").sends("CAP LIST");
    CHECK(ana.hears() == ":irc.test CAP ana ACK :cap-notify\n"
                         ":irc.test CAP ana ACK :-cap-notify\n"
                         ":irc.test CAP ana LIST :\n");
}

TEST_CASE("version 302 holds for good, and any higher one counts as 302") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("CAP LS 307").sends("CAP LS");
    server.nobody_hears();
    ana.sends("CAP REQ :-cap-notify").sends("CAP REQ :cap-notify");
    CHECK(ana.hears() == ":irc.test CAP ana NAK :-cap-notify\n"
                         ":irc.test CAP ana ACK :cap-notify\n");
}

TEST_CASE("a version that is no number is none") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("CAP LS new").sends("CAP LIST");
    CHECK(ana.hears().ends_with(":irc.test CAP ana LIST :\n"));
}

TEST_CASE("CAP REQ is granted as a whole or not at all") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("CAP REQ :batch server-time").sends("CAP REQ :echo-message dancing");
    ana.sends("CAP REQ :-batch setname").sends("CAP LIST");
    CHECK(ana.hears() == ":irc.test CAP * ACK :batch server-time\n"
                         ":irc.test CAP * NAK :echo-message dancing\n"
                         ":irc.test CAP * ACK :-batch setname\n"
                         ":irc.test CAP * LIST :server-time setname\n");
}

TEST_CASE("CAP REQ alone holds the registration too") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("CAP REQ batch").sends("NICK ana").sends("USER a 0 * :A");
    CHECK(ana.hears() == ":irc.test CAP * ACK :batch\n");
    ana.sends("CAP END");
    CHECK(is_welcomed(ana));
}

TEST_CASE("a list of capabilities that is too long for a line takes several") {
    conversation server;
    client& ana = server.registers("ana");
    std::string wishes;
    for (int word = 0; word < 82; ++word) {
        wishes += "batch ";
    }
    ana.sends("CAP REQ :" + wishes);
    const std::string heard = ana.hears();
    CHECK(heard.size() > 510);
    for (std::size_t begin = 0; begin < heard.size(); begin = heard.find('\n', begin) + 1) {
        CHECK(heard.find('\n', begin) - begin <= 510);
        CHECK(heard.substr(begin).starts_with(":irc.test CAP ana ACK :batch"));
    }
}

TEST_CASE("capabilities can change after registration, and CAP END means nothing then") {
    conversation server;
    client& ana = server.registers("ana");
    client& luis = server.registers("luis");
    ana.sends("cap end").sends("cap req server-time");
    CHECK(ana.hears() == ":irc.test CAP ana ACK :server-time\n");
    luis.sends("PRIVMSG ana :hola");
    CHECK(ana.hears() ==
          "@time=2026-03-01T12:00:00.000Z :luis!~luis@example.org PRIVMSG ana :hola\n");
}

TEST_CASE("an unknown CAP command is refused") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("CAP DANCE").sends("CAP ack :batch").sends("CAP CLEAR").sends("CAP");
    CHECK(ana.hears() == ":irc.test 410 ana DANCE :Invalid CAP command\n"
                         ":irc.test 410 ana ack :Invalid CAP command\n"
                         ":irc.test 410 ana CLEAR :Invalid CAP command\n"
                         ":irc.test 461 ana CAP :Not enough parameters\n");
}

TEST_CASE("PING is answered with its own words, before registration too") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("PING :hola que tal").sends("PING");
    CHECK(ana.hears() == ":irc.test PONG irc.test :hola que tal\n"
                         ":irc.test 409 * :No origin specified\n");
}

TEST_CASE("PONG and ERROR are heard without a word") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("PONG irc.test").sends("PONG").sends("ERROR :ay");
    CHECK(ana.hears().empty());
    CHECK_FALSE(ana.closed());
}

TEST_CASE("QUIT ends the connection, and the others hear why") {
    conversation server;
    client& ana = server.registers("ana");
    client& luis = server.registers("luis");
    ana.sends("JOIN #sala");
    luis.sends("JOIN #sala");
    server.nobody_hears();
    ana.sends("QUIT :hasta luego");
    CHECK(ana.hears() == "ERROR :Closing connection\n");
    CHECK(ana.closed() == "Quit: hasta luego");
    CHECK(luis.hears() == ":ana!~ana@example.org QUIT :Quit: hasta luego\n");
}

TEST_CASE("QUIT without a reason, before registration too") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("QUIT");
    CHECK(ana.hears() == "ERROR :Closing connection\n");
    CHECK(ana.closed() == "Quit: ");
}

TEST_CASE("QUIT waits until the lines before it are answered") {
    conversation server;
    client& ana = server.registers("ana", "echo-message");
    client& luis = server.registers("luis");
    server.core_holds();
    ana.sends("PRIVMSG luis :hola").sends("QUIT").sends("PRIVMSG luis :no");
    CHECK_FALSE(ana.closed());
    server.core_goes_on();
    CHECK(ana.hears() == ":ana!~ana@example.org PRIVMSG luis :hola\nERROR :Closing connection\n");
    CHECK(ana.closed() == "Quit: ");
    CHECK(luis.hears() == ":ana!~ana@example.org PRIVMSG luis :hola\n");
}

TEST_CASE("a browser that was led to this port is turned away before its body is read") {
    conversation server;
    client& page = server.arrives();
    page.sends_bytes("POST / HTTP/1.1\r\nNICK ana\r\nUSER a 0 * :A\r\n");
    CHECK(page.hears() == "ERROR :This is not IRC\n");
    CHECK(page.closed());
}

TEST_CASE("in a conversation the words of a browser are unknown ones") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("GET /").sends("POST /");
    CHECK(ana.hears() == ":irc.test 421 ana GET :Unknown command\n"
                         ":irc.test 421 ana POST :Unknown command\n");
    CHECK_FALSE(ana.closed());
}
