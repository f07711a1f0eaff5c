// SPDX-License-Identifier: Apache-2.0
// NickServ's GHOST and its like, INFO, STATUS and ACC, as other networks have them.
#include "irc/services.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

// Ana has an account; Luis is a guest.
struct scene {
    conversation server;
    client& ana = server.registers("ana");
    client& luis = server.registers("luis");

    scene() { ana.sends("NS REGISTER secreto"); }
    std::string tells(client& who, std::string_view text) {
        return tests::told(server, who, "NickServ", text);
    }
};

std::string notice(std::string_view to, std::string_view text) {
    return tests::notice_of("NickServ", to, text);
}

} // namespace

TEST_CASE("with the password, a name comes back to whose it is") {
    for (const std::string_view verb : {"GHOST", "RECOVER", "REGAIN", "RELEASE"}) {
        CAPTURE(verb);
        scene at;
        CHECK(at.tells(at.luis, std::string(verb) + " ana falso") ==
              notice("luis", "Wrong account or password"));
        CHECK(at.tells(at.luis, std::string(verb) + " ana secreto")
                  .ends_with(":luis!~luis@example.org NICK ana\n"));
        CHECK_FALSE(at.ana.closed());
    }
}

TEST_CASE("without one, it is said how it comes back, and nobody is thrown out") {
    scene at;
    CHECK(at.tells(at.luis, "GHOST ana") ==
          notice("luis", "A name belongs to its account: IDENTIFY ana password gives it to this "
                         "session, too"));
    CHECK(at.tells(at.luis, "REGAIN").contains("GHOST|RECOVER|REGAIN|RELEASE name [password]"));
    CHECK_FALSE(at.ana.closed());
}

TEST_CASE("GHOST of one's own name ends one's other sessions, RECOVER does not need to") {
    scene at;
    at.tells(at.luis, "IDENTIFY ana secreto");
    CHECK(at.tells(at.luis, "RECOVER ana") ==
          notice("ana", "You are ana already: all your sessions share the name, and LOGOUT ends "
                        "the others"));
    CHECK_FALSE(at.ana.closed());
    CHECK(at.tells(at.luis, "GHOST Ana") == notice("ana", "Your other sessions have ended"));
    CHECK(at.ana.closed());
}

TEST_CASE("a guest's name is nobody's to end sessions by") {
    scene at;
    client& other = at.server.registers("eva");
    CHECK(at.tells(other, "GHOST eva").contains("A name belongs to its account"));
    CHECK_FALSE(other.closed());
}

TEST_CASE("INFO says whether somebody has an account and is here, and nothing private") {
    scene at;
    CHECK(at.tells(at.luis, "INFO ANA")
              .starts_with(":NickServ!NickServ@irc.test NOTICE luis :ana has an account since "
                           "2026-"));
    CHECK(at.tells(at.luis, "INFO ANA").contains(", and has been here since 20"));
    CHECK(at.tells(at.luis, "INFO").contains("luis is a guest, here since 20"));
    CHECK(at.tells(at.luis, "INFO nadie") == notice("luis", "Nobody called nadie is here now"));
    CHECK_FALSE(at.tells(at.luis, "INFO ana").contains("192.0.2.1"));
}

TEST_CASE("INFO knows the accounts of those who are not here") {
    scene at;
    at.ana.sends("QUIT");
    const std::string said = at.tells(at.luis, "INFO ANA");
    CHECK(said.contains("NOTICE luis :ana has an account since 2026-"));
    CHECK(said.contains(", and is not here now"));
}

TEST_CASE("STATUS and ACC are as programs read them") {
    scene at;
    CHECK(at.tells(at.luis, "STATUS ana") == notice("luis", "STATUS ana 3"));
    CHECK(at.tells(at.luis, "STATUS luis") == notice("luis", "STATUS luis 1"));
    CHECK(at.tells(at.luis, "STATUS nadie") == notice("luis", "STATUS nadie 0"));
    CHECK(at.tells(at.luis, "ACC ana") == notice("luis", "ana ACC 3"));
}
