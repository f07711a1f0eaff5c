// SPDX-License-Identifier: Apache-2.0
// WEBIRC: a gateway tells where its user comes from.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

const irc::peer gateway{"192.0.2.1", "192.0.2.1", false};

irc::settings trusting() {
    irc::settings made = conversation::quiet();
    made.gateways = {{"192.0.2.1", "sesame"}};
    made.relocate = [](irc::peer& who, std::string_view address) {
        who.host = who.address = address;
        return address != "nowhere";
    };
    return made;
}

} // namespace

TEST_CASE("a gateway that is known says where its user comes from") {
    conversation server(trusting());
    client& ana = server.arrives(gateway);
    ana.sends("WEBIRC sesame gateway host.example 203.0.113.9").sends("NICK ana");
    ana.sends("USER a 0 * :Ana");
    CHECK(ana.hears().find("ana!~a@203.0.113.9") != std::string::npos);
}

TEST_CASE("nobody else does: another password, another address, no address") {
    for (const std::string_view line :
         {"WEBIRC wrong gateway host 203.0.113.9", "WEBIRC sesame gateway host nowhere"}) {
        conversation server(trusting());
        client& ana = server.arrives(gateway);
        ana.sends(line);
        CHECK(ana.closed());
    }
    conversation server(trusting());
    client& eva = server.arrives({"192.0.2.2", "192.0.2.2", false});
    eva.sends("WEBIRC sesame gateway host 203.0.113.9");
    CHECK(eva.closed());
}

TEST_CASE("a gateway hears why it is refused") {
    const auto answer = [](const irc::peer& from, std::string_view line) {
        conversation server(trusting());
        client& one = server.arrives(from);
        one.sends(line);
        return one.hears();
    };
    CHECK(answer(gateway, "WEBIRC wrong gateway host 203.0.113.9") ==
          "ERROR :Password incorrect\n");
    CHECK(answer(gateway, "WEBIRC sesame gateway host nowhere") ==
          "ERROR :WEBIRC does not say where its user comes from: nowhere is no address\n");
    CHECK(answer({"192.0.2.2", "192.0.2.2", false}, "WEBIRC sesame gateway host 203.0.113.9") ==
          "ERROR :Your address is no gateway of this server (WEBIRC)\n");
}

TEST_CASE("it comes before the nickname, and once") {
    conversation server(trusting());
    client& ana = server.arrives(gateway);
    ana.sends("NICK ana").sends("WEBIRC sesame gateway host 203.0.113.9");
    CHECK(ana.closed());
    client& eva = server.arrives(gateway);
    eva.sends("WEBIRC sesame gateway host 203.0.113.9");
    CHECK_FALSE(eva.closed());
    eva.sends("WEBIRC sesame gateway host 203.0.113.10");
    CHECK(eva.closed());
}

TEST_CASE("SASL EXTERNAL is for whom the connection proves") {
    conversation server;
    client& stranger = server.arrives();
    stranger.sends("CAP REQ :sasl").sends("AUTHENTICATE EXTERNAL");
    CHECK(stranger.hears().find(" 904 ") != std::string::npos);
    irc::peer known{"192.0.2.7", "192.0.2.7", false};
    known.proved = session::proved{{{9}, 1}, {"Ana", "ana", 0, true}, {}};
    client& ana = server.arrives(known);
    ana.sends("CAP LS 302");
    CHECK(ana.hears().find("sasl=EXTERNAL,PLAIN") != std::string::npos);
    ana.sends("CAP REQ :sasl").sends("AUTHENTICATE EXTERNAL").sends("AUTHENTICATE ZXZh");
    CHECK(ana.hears().find(" 904 ") != std::string::npos); // as eva: not proved
    ana.sends("AUTHENTICATE EXTERNAL").sends("AUTHENTICATE +");
    CHECK(ana.hears().find(" 903 ") != std::string::npos);
}
