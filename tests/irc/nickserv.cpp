// SPDX-License-Identifier: Apache-2.0
// NickServ, for clients that know nothing newer.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

struct scene {
    conversation server;
    client& ana = server.registers("ana");

    std::string tells(client& who, std::string_view text) {
        server.nobody_hears();
        who.sends("PRIVMSG NickServ :" + std::string(text));
        return who.hears();
    }
};

std::string notice(std::string_view to, std::string_view text) {
    return ":NickServ!NickServ@irc.test NOTICE " + std::string(to) + " :" + std::string(text) +
           "\n";
}

} // namespace

TEST_CASE("NickServ REGISTER makes one's nickname an account") {
    scene at;
    CHECK(at.tells(at.ana, "REGISTER una clave con blancos") ==
          notice("ana", "The account ana is yours") +
              ":irc.test 900 ana ana!~ana@example.org ana :You are now logged in as ana\n");
    CHECK(at.tells(at.ana, "register otra") == notice("ana", "You are logged in already"));
}

TEST_CASE("NickServ IDENTIFY logs in, to the nickname's account or to a named one") {
    scene at;
    at.tells(at.ana, "REGISTER secreto");
    at.ana.sends("QUIT");
    client& back = at.server.registers("otra");
    CHECK(at.tells(back, "IDENTIFY secreto") == notice("otra", "Wrong account or password"));
    CHECK(at.tells(back, "IDENTIFY ana otro") == notice("otra", "Wrong account or password"));
    CHECK(at.tells(back, "IDENTIFY ana secreto") ==
          ":irc.test 900 otra otra!~otra@example.org ana :You are now logged in as ana\n" +
              notice("otra", "You are now logged in as ana") +
              ":otra!~otra@example.org NICK ana\n");
}

TEST_CASE("NickServ PASSWORD changes the password to who knows the old one") {
    scene at;
    CHECK(at.tells(at.ana, "PASSWORD uno dos") == notice("ana", "You are not logged in"));
    at.tells(at.ana, "REGISTER uno");
    CHECK(at.tells(at.ana, "PASSWORD falso dos") == notice("ana", "Wrong account or password"));
    CHECK(at.tells(at.ana, "PASSWORD uno dos") == notice("ana", "Your password has been changed"));
    at.ana.sends("QUIT");
    client& back = at.server.registers("otra");
    CHECK(at.tells(back, "IDENTIFY ana uno") == notice("otra", "Wrong account or password"));
    CHECK(at.tells(back, "IDENTIFY ana dos").contains("You are now logged in as ana"));
}

TEST_CASE("NickServ LOGOUT ends one's other sessions") {
    scene at;
    at.tells(at.ana, "REGISTER secreto");
    client& phone = at.server.registers("otra");
    at.tells(phone, "IDENTIFY ana secreto");
    CHECK(at.tells(at.ana, "LOGOUT") == notice("ana", "Your other sessions have ended"));
    CHECK(phone.hears() == "ERROR :Logged out by another of your sessions\n");
    CHECK(phone.closed());
    CHECK_FALSE(at.ana.closed());
}

TEST_CASE("NickServ DROP deletes the account, and ends its sessions") {
    scene at;
    at.tells(at.ana, "REGISTER secreto");
    CHECK(at.tells(at.ana, "DROP otro") == notice("ana", "Wrong account or password"));
    CHECK(at.tells(at.ana, "DROP secreto") == "ERROR :This account has been deleted\n");
    client& again = at.server.arrives();
    again.sends("NICK ana").sends("USER a 0 * :A");
    CHECK(again.hears().starts_with(":irc.test 001 ana "));
}

TEST_CASE("a line that names NickServ twice asks once, and ends nothing") {
    scene at;
    at.ana.sends("PRIVMSG NickServ,nickserv,NICKSERV :IDENTIFY secreto");
    CHECK(at.ana.hears() == notice("ana", "Wrong account or password"));
    at.ana.sends("PING x");
    CHECK(at.ana.hears() == ":irc.test PONG irc.test :x\n");
}

TEST_CASE("NickServ says how it is used") {
    scene at;
    const std::string help = at.tells(at.ana, "help");
    for (const std::string_view word : {"REGISTER", "IDENTIFY", "PASSWORD", "LOGOUT", "DROP"}) {
        CHECK(help.contains(word));
    }
    CHECK(at.tells(at.ana, "REGISTER").contains("REGISTER password"));
    CHECK(at.tells(at.ana, "IDENTIFY").contains("IDENTIFY [account] password"));
    CHECK(at.tells(at.ana, "PASSWORD uno").contains("PASSWORD old new"));
    CHECK(at.tells(at.ana, "DROP").contains("DROP password"));
    CHECK(at.tells(at.ana, "hola").contains("I don't know that"));
}

TEST_CASE("nobody is called NickServ") {
    scene at;
    at.ana.sends("NICK nickserv");
    CHECK(at.ana.hears() == ":irc.test 433 ana nickserv :This name belongs to an account: log in, "
                            "or choose another one\n");
}

TEST_CASE("NS and NICKSERV are said to NickServ") {
    scene at;
    at.ana.sends("NS REGISTER una clave");
    CHECK(at.ana.hears().starts_with(notice("ana", "The account ana is yours")));
    at.ana.sends("nickserv :IDENTIFY ana otra");
    CHECK(at.ana.hears().contains("NickServ!NickServ@irc.test NOTICE ana :"));
    at.ana.sends("NS");
    CHECK(at.ana.hears().starts_with(":irc.test 461 ana NS "));
}
