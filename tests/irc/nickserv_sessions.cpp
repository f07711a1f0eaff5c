// SPDX-License-Identifier: Apache-2.0
// One person's sessions, certificates and language, as she sees them.
#include "base/base64.hpp"
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

const std::string fingerprint(64, 'a');

struct home {
    home() {
        ana.sends("REGISTER * * secreto");
        server.nobody_hears();
    }
    std::string asks(client& who, std::string_view what) {
        server.nobody_hears();
        who.sends("PRIVMSG NickServ :" + std::string(what));
        return who.hears();
    }
    // A second session, by its certificate.
    client& shows(const std::string& shown, std::string_view message = "+") {
        client& made = server.arrives({"phone.example", "192.0.2.9", true, 0, "ircs"});
        made.identifies(shown);
        made.sends("CAP REQ :sasl").sends("NICK movil").sends("USER m 0 * :M");
        server.nobody_hears();
        made.sends("AUTHENTICATE EXTERNAL").sends("AUTHENTICATE " + std::string(message));
        return made;
    }
    conversation server;
    client& ana = server.registers("ana");
};

std::string note(std::string_view text) {
    return ":NickServ!NickServ@irc.test NOTICE ana :" + std::string(text) + "\n";
}

} // namespace

TEST_CASE("CERT: a certificate is added, listed and taken away") {
    home of;
    CHECK(of.asks(of.ana, "CERT LIST") == note("No certificate opens your account"));
    CHECK(of.asks(of.ana, "CERT ADD") == note("You have not shown a certificate"));
    CHECK(of.asks(of.ana, "CERT ADD xyz").contains("CERT ADD [fingerprint]"));
    std::string typed;
    for (std::size_t i = 0; i < 32; ++i) {
        typed += i == 0 ? "AA" : ":AA";
    }
    CHECK(of.asks(of.ana, "CERT ADD " + typed) ==
          note("Changed. These certificates open your account:") + note(fingerprint));
    CHECK(of.asks(of.ana, "cert add " + typed) == note("It opens your account already"));
    CHECK(of.asks(of.ana, "CERT LIST") == note(fingerprint));
    CHECK(of.asks(of.ana, "CERT DEL " + fingerprint) ==
          note("Changed. These certificates open your account:") +
              note("No certificate opens your account"));
    CHECK(of.asks(of.ana, "CERT DEL " + fingerprint) == note("It does not open your account"));
    client& eva = of.server.registers("eva");
    CHECK(of.asks(eva, "CERT LIST").contains("You are not logged in"));
}

TEST_CASE("EXTERNAL logs in whose certificate it is, and nobody else") {
    home of;
    of.asks(of.ana, "CERT ADD " + fingerprint);
    client& phone = of.shows(fingerprint);
    CHECK(phone.hears() == "AUTHENTICATE +\n"
                           ":irc.test 900 * *!*@* ana :You are now logged in as ana\n"
                           ":irc.test 903 * :SASL authentication successful\n");
    phone.sends("CAP END");
    CHECK(phone.hears().starts_with(":irc.test 001 ana :"));
    CHECK(of.shows(fingerprint, base::to_base64("ANA")).hears().contains(" 903 "));
    CHECK(of.shows(fingerprint, base::to_base64("eva")).hears().contains(" 904 "));
    CHECK(of.shows(std::string(64, 'b')).hears().contains(" 904 "));
}

TEST_CASE("EXTERNAL is offered to those who showed a certificate") {
    home of;
    client& plain = of.server.arrives();
    plain.sends("CAP LS 302");
    CHECK(plain.hears().contains(" sasl=PLAIN,SCRAM-SHA-256 "));
    plain.sends("AUTHENTICATE EXTERNAL");
    CHECK(plain.hears().contains(" 908 "));
    client& shown = of.server.arrives({"h", "192.0.2.9", true, 0, "ircs"});
    shown.identifies(fingerprint);
    shown.sends("CAP LS 302");
    CHECK(shown.hears().contains(" sasl=EXTERNAL,PLAIN,SCRAM-SHA-256 "));
}

TEST_CASE("a certificate is told by WHOIS to its owner alone") {
    home of;
    of.asks(of.ana, "CERT ADD " + fingerprint);
    client& phone = of.shows(fingerprint);
    phone.sends("CAP END");
    of.server.nobody_hears();
    phone.sends("WHOIS ana");
    CHECK(phone.hears().contains(":irc.test 276 ana ana :has client certificate fingerprint " +
                                 fingerprint + "\n"));
    client& eva = of.server.registers("eva");
    eva.sends("WHOIS ana");
    CHECK_FALSE(eva.hears().contains(" 276 "));
}

TEST_CASE("SESSIONS lists one's own, and LOGOUT ends one of them") {
    home of;
    client& eva = of.server.registers("eva");
    eva.sends("PRIVMSG NickServ :IDENTIFY ana secreto");
    CHECK(of.asks(of.ana, "SESSIONS") ==
          note("0-1: irc from 192.0.2.1, since 2026-03-01T12:00:00.000Z, silent for 0 s "
               "(this one)") +
              note("0-2: irc from 192.0.2.1, since 2026-03-01T12:00:00.000Z, silent for 0 s"));
    CHECK(of.asks(of.ana, "LOGOUT 0-9") == note("You have no such session"));
    CHECK(of.asks(of.ana, "LOGOUT todo").contains("LOGOUT"));
    CHECK(of.asks(of.ana, "LOGOUT 0-1") == note("That is this session: QUIT ends it"));
    of.asks(of.ana, "LOGOUT 0-2");
    CHECK(eva.closed());
    CHECK_FALSE(of.ana.closed());
    client& marta = of.server.registers("marta");
    CHECK(of.asks(marta, "SESSIONS").contains("You are not logged in"));
}

TEST_CASE("LANGUAGE: one is spoken to in one's own, on every device, and again tomorrow") {
    home of;
    client& eva = of.server.registers("eva");
    eva.sends("PRIVMSG NickServ :IDENTIFY ana secreto");
    of.server.nobody_hears();
    of.ana.sends("LANGUAGE es-MX");
    CHECK(of.ana.hears() == ":irc.test 687 ana es :Así se te habla desde ahora\n");
    eva.sends("NADA");
    CHECK(eva.hears() == ":irc.test 421 ana NADA :Orden desconocida\n");
    eva.sends("QUIT");
    of.ana.sends("QUIT");
    client& later = of.server.registers("otra");
    later.sends("PRIVMSG NickServ :IDENTIFY ana secreto");
    of.server.nobody_hears();
    later.sends("NADA");
    CHECK(later.hears() == ":irc.test 421 ana NADA :Orden desconocida\n");
}

TEST_CASE("LANGUAGE before the welcome, and what it refuses") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("LANGUAGE es").sends("NADA");
    CHECK(ana.hears() == ":irc.test 687 * es :Así se te habla desde ahora\n"
                         ":irc.test 421 * NADA :Orden desconocida\n");
    ana.sends("LANGUAGE * ").sends("LANGUAGE fr").sends("LANGUAGE en es");
    CHECK(ana.hears() == ":irc.test 687 * * :This is how you are spoken to now\n"
                         ":irc.test 982 * fr :No such language here\n"
                         ":irc.test 981 * 1 :Choose one language\n");
}

TEST_CASE("sts is told with its port to plain connections and with its duration to secure ones") {
    irc::settings rules = conversation::quiet();
    rules.sts_port = 6697;
    rules.sts_duration = std::chrono::hours{1};
    conversation server(rules);
    client& plain = server.arrives();
    plain.sends("CAP LS 302");
    CHECK(plain.hears().contains(" sts=port=6697 "));
    plain.sends("CAP REQ sts");
    CHECK(plain.hears() == ":irc.test CAP * NAK :sts\n");
    client& secure = server.arrives({"h", "192.0.2.9", true, 0, "ircs"});
    secure.sends("CAP LS 302");
    CHECK(secure.hears().contains(" sts=duration=3600 "));
    client& old = server.arrives();
    old.sends("CAP LS");
    CHECK_FALSE(old.hears().contains("sts"));
}
