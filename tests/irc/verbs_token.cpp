// SPDX-License-Identifier: Apache-2.0
// TOKEN (draft/authtoken): passes to services beside the chat.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using std::chrono_literals::operator""min;
using tests::client;
using tests::conversation;

namespace {

irc::settings with_services() {
    irc::settings rules = conversation::quiet();
    rules.services = {{"FILEHOST", "https://irc.test/upload", ""},
                      {"TERTULIA/FILES", "https://irc.test/files", ""},
                      {"QDB", "https://qdb.test", "Quotes"}};
    return rules;
}

// "… :PASS\n"
std::string pass_in(const std::string& heard) {
    const std::size_t at = heard.find(" :");
    return at == std::string::npos ? heard : heard.substr(at + 2, heard.size() - at - 3);
}

struct town {
    // Ana has an account; the service comes as anybody does, and does not register.
    town() {
        ana.sends("REGISTER * * secreto");
        service.sends("CAP LS 302").sends("CAP REQ :batch standard-replies");
        server.nobody_hears();
    }

    std::string pass_for(const std::string& key) {
        ana.sends("TOKEN GENERATE " + key);
        return pass_in(ana.hears());
    }

    conversation server{with_services()};
    client& ana = server.registers("ana", "batch standard-replies");
    client& service = server.arrives();
};

constexpr std::string_view no_pass =
    ":irc.test FAIL TOKEN INVALID_TOKEN :That token is for something else, or over\n";

} // namespace

TEST_CASE("a service learns from a pass whose account it is, once") {
    town at;
    const std::string pass = at.pass_for("qdb");
    at.service.sends("TOKEN VALIDATE QDB https://qdb.test :" + pass);
    CHECK(at.service.hears() == ":irc.test BATCH +t draft/authtoken QDB https://qdb.test\n"
                                "@batch=t :irc.test TOKEN CLAIM account :ana\n"
                                "@batch=t :irc.test TOKEN CLAIM name :ana\n"
                                ":irc.test BATCH -t\n");
    at.service.sends("TOKEN VALIDATE QDB https://qdb.test :" + pass);
    CHECK(at.service.hears() == no_pass);
}

TEST_CASE("a pass is for one service at one place") {
    town at;
    const std::string pass = at.pass_for("QDB");
    at.service.sends("TOKEN VALIDATE FILEHOST https://irc.test/upload :" + pass);
    CHECK(at.service.hears() == no_pass);
    at.service.sends("TOKEN VALIDATE QDB https://evil.test :" + pass);
    CHECK(at.service.hears() == no_pass);
    at.service.sends("TOKEN VALIDATE NONE https://qdb.test :" + pass);
    CHECK(at.service.hears() == no_pass);
}

TEST_CASE("what is no pass says nothing of anybody") {
    town at;
    for (const char* const wrong : {"pass-1.00", "x", "pass-", "secreto"}) {
        at.service.sends(std::string("TOKEN VALIDATE QDB https://qdb.test :") + wrong);
        CHECK(at.service.hears() == no_pass);
    }
    at.service.sends("TOKEN VALIDATE QDB");
    CHECK(at.service.hears() == no_pass);
}

TEST_CASE("an account that is gone is vouched for no more") {
    town at;
    const std::string pass = at.pass_for("QDB");
    at.ana.sends("PRIVMSG NickServ :DROP secreto");
    at.server.nobody_hears();
    at.service.sends("TOKEN VALIDATE QDB https://qdb.test :" + pass);
    CHECK(at.service.hears() == no_pass);
}

TEST_CASE("guests get no passes") {
    town at;
    client& guest = at.server.registers("eva", "batch standard-replies");
    guest.sends("TOKEN GENERATE QDB");
    CHECK(guest.hears().starts_with(":irc.test FAIL TOKEN ACCOUNT_REQUIRED :"));
    at.service.sends("TOKEN GENERATE QDB");
    CHECK(at.service.hears().starts_with(":irc.test FAIL TOKEN ACCOUNT_REQUIRED :"));
}

TEST_CASE("who may read a conversation gets a pass to its files, a guest too") {
    town at;
    client& guest = at.server.registers("eva", "batch standard-replies");
    guest.sends("JOIN #club");
    at.server.nobody_hears();
    guest.sends("TOKEN GENERATE tertulia/files #club");
    const std::string heard = guest.hears();
    REQUIRE(
        heard.starts_with(":irc.test TOKEN GENERATE TERTULIA/FILES https://irc.test/files :pass-"));
    const std::string pass = pass_in(heard);
    at.service.sends("TOKEN VALIDATE TERTULIA/FILES https://irc.test/files :" + pass);
    CHECK(at.service.hears() == no_pass); // it says of nobody who she is
}

TEST_CASE("who may not read a conversation gets no pass to its files") {
    town at;
    client& guest = at.server.registers("eva", "batch standard-replies");
    at.ana.sends("JOIN #club");
    at.server.nobody_hears();
    for (const char* const scope : {"#club", "#none", "ana"}) {
        guest.sends(std::string("TOKEN GENERATE tertulia/files ") + scope);
        CHECK(guest.hears().starts_with(std::string(":irc.test FAIL TOKEN INVALID_SCOPE ") + scope +
                                        " :Name a channel"));
    }
    guest.sends("TOKEN GENERATE tertulia/files");
    CHECK(guest.hears().starts_with(":irc.test FAIL TOKEN INVALID_SCOPE * :Name a channel"));
    at.service.sends("TOKEN GENERATE tertulia/files #club");
    CHECK(at.service.hears().starts_with(":irc.test FAIL TOKEN ACCOUNT_REQUIRED :"));
}

TEST_CASE("what TOKEN cannot do it says in its own words") {
    town at;
    at.ana.sends("TOKEN GENERATE NONE");
    CHECK(at.ana.hears().starts_with(":irc.test FAIL TOKEN UNKNOWN_SERVICE NONE :"));
    at.ana.sends("TOKEN GENERATE QDB #lobby");
    CHECK(at.ana.hears().starts_with(":irc.test FAIL TOKEN INVALID_SCOPE #lobby :"));
    at.ana.sends("TOKEN STEAL");
    CHECK(at.ana.hears().starts_with(":irc.test FAIL TOKEN UNKNOWN_COMMAND STEAL :"));
    client& old = at.server.registers("old", "standard-replies");
    old.sends("TOKEN GENERATE QDB");
    CHECK(old.hears().starts_with(":irc.test FAIL TOKEN NEED_CAPABILITY batch :"));
}

TEST_CASE("the services are listed, before registration too") {
    town at;
    at.service.sends("TOKEN SERVICELIST");
    CHECK(at.service.hears() ==
          ":irc.test NOTE TOKEN SERVICE FILEHOST https://irc.test/upload "
          ":Files and pictures of this server\n"
          ":irc.test NOTE TOKEN SERVICE TERTULIA/FILES https://irc.test/files "
          ":Files and pictures of one conversation, to be read\n"
          ":irc.test NOTE TOKEN SERVICE QDB https://qdb.test :Quotes\n"
          ":irc.test NOTE TOKEN END_OF_LIST :End of the services\n");
}
