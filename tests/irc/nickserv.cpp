// SPDX-License-Identifier: Apache-2.0
// NickServ, for clients that know nothing newer.
#include "irc/services.hpp"

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
        return tests::told(server, who, "NickServ", text);
    }
};

std::string notice(std::string_view to, std::string_view text) {
    return tests::notice_of("NickServ", to, text);
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
    CHECK(at.ana.hears().contains("REGISTER password"));
}

TEST_CASE("a password with blanks in it is changed between quotes") {
    scene at;
    at.tells(at.ana, "REGISTER dos  blancos aquí");
    const std::string changed = notice("ana", "Your password has been changed");
    CHECK(at.tells(at.ana, "PASSWORD dos  blancos aquí nueva") ==
          notice("ana", "Wrong account or password"));
    CHECK(at.tells(at.ana, "PASSWORD \"dos  blancos aquí\" \"di \\\"a\\\\b\\\"  \"") == changed);
    CHECK(at.tells(at.ana, "SET PASSWORD \"di \\\"a\\\\b\\\"  \" una") == changed);
    CHECK(at.tells(at.ana, "PASSWORD una \"con blanco\"") == changed);
    CHECK(at.tells(at.ana, "PASSWORD \"con blanco\" al final") == changed);
    CHECK(at.tells(at.ana, "PASSWORD \"al final\" dos") == changed);
}

TEST_CASE("quotes that do not close are part of a password's words") {
    scene at;
    at.tells(at.ana, "REGISTER \"uno");
    const std::string changed = notice("ana", "Your password has been changed");
    CHECK(at.tells(at.ana, "PASSWORD \"uno \"dos") == changed);
    CHECK(at.tells(at.ana, "PASSWORD \"dos tres\"").contains("PASSWORD old new"));
    CHECK(at.tells(at.ana, "PASSWORD \"dos x\"y\"") == changed);
    CHECK(at.tells(at.ana, "PASSWORD x\"y\" \"\"").contains("PASSWORD old new"));
    CHECK(at.tells(at.ana, "SET EMAIL a@b.c").contains("PASSWORD old new"));
}

TEST_CASE("NS keeps every blank of a password") {
    scene at;
    at.ana.sends("NS REGISTER dos  blancos").sends("QUIT");
    client& back = at.server.registers("otra");
    back.sends("NS IDENTIFY ana dos blancos");
    CHECK(back.hears() == notice("otra", "Wrong account or password"));
    back.sends("NS IDENTIFY ana dos  blancos");
    CHECK(back.hears().contains("You are now logged in as ana"));
    back.sends("NS DROP dos blancos");
    CHECK(back.hears() == notice("ana", "Wrong account or password"));
    back.sends("NS DROP :dos  blancos");
    CHECK(back.closed());
}

TEST_CASE("an e-mail address behind REGISTER's password is not kept, and no part of it") {
    scene at;
    const std::string told =
        notice("ana", "No e-mail address is kept here: your password is what stands before it");
    CHECK(at.tells(at.ana, "REGISTER una clave  ana@example.org").starts_with(told));
    at.ana.sends("QUIT");
    client& back = at.server.registers("otra");
    CHECK(at.tells(back, "IDENTIFY ana una clave").contains("You are now logged in as ana"));
}

TEST_CASE("what is no e-mail address is part of the password") {
    for (const std::string_view password :
         {"ana@example.org", "a @b.c", "a b@c", "a b@.c", "a b@c.", "a @", "a b@c@d.e"}) {
        CAPTURE(password);
        scene at;
        CHECK(at.tells(at.ana, "REGISTER " + std::string(password))
                  .starts_with(notice("ana", "The account ana is yours")));
        at.ana.sends("QUIT");
        client& back = at.server.registers("otra");
        CHECK(at.tells(back, "IDENTIFY ana " + std::string(password)).contains("now logged in"));
    }
}

TEST_CASE("HELP with a command says that one's lines alone") {
    scene at;
    const std::string drop =
        notice("ana", "DROP password: deletes your account; what you said stays");
    CHECK(at.tells(at.ana, "HELP drop") == drop);
    CHECK(at.tells(at.ana, "HELP UNREGISTER") == drop);
    CHECK(at.tells(at.ana, "HELP hola") == notice("ana", "I don't know that: try HELP"));
    CHECK(at.tells(at.ana, "HELP NICKSERV") == at.tells(at.ana, "HELP"));
}

TEST_CASE("NickServ is reached by the addresses that clients have for it") {
    scene at;
    for (const std::string_view target :
         {"NickServ@services.example.org", "nickserv@services.", "NICKSERV@IRC.test"}) {
        CAPTURE(target);
        at.ana.sends("PRIVMSG " + std::string(target) + " :DROP");
        CHECK(at.ana.hears().starts_with(notice("ana", "DROP password: deletes your account; what "
                                                       "you said stays")));
    }
    at.ana.sends("PRIVMSG NickServ@example.org :REGISTER secreto");
    CHECK(at.ana.hears().contains(" 401 "));
}

TEST_CASE("WHOIS says what the services are, and CTCP finds out nothing") {
    scene at;
    at.ana.sends("WHOIS NickServ");
    CHECK(at.ana.hears() ==
          ":irc.test 311 ana NickServ NickServ irc.test * :Answers for the accounts: /msg NickServ "
          "HELP\n:irc.test 312 ana NickServ irc.test :" +
              conversation::quiet().network_name +
              "\n:irc.test 318 ana NickServ :End of /WHOIS list\n");
    at.ana.sends("WHOIS chanserv");
    CHECK(at.ana.hears().starts_with(":irc.test 311 ana ChanServ ChanServ irc.test * :"));
    CHECK(at.tells(at.ana, "\x01VERSION\x01").empty());
    at.ana.sends("PRIVMSG ChanServ :\x01VERSION\x01");
    CHECK(at.ana.hears().empty());
}
