// SPDX-License-Identifier: Apache-2.0
// NickServ TOKEN and WEBHOOK: secrets for programs, shown once.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

struct home {
    home() {
        ana.sends("REGISTER * * secreto").sends("JOIN #a");
        server.nobody_hears();
    }
    std::string asks(client& who, std::string_view what) {
        server.nobody_hears();
        who.sends("PRIVMSG NickServ :" + std::string(what));
        return who.hears();
    }
    conversation server;
    client& ana = server.registers("ana");
};

std::string note(std::string_view text) {
    return ":NickServ!NickServ@irc.test NOTICE ana :" + std::string(text) + "\n";
}

} // namespace

TEST_CASE("TOKEN: a key is shown when it is made, listed by its name and taken away") {
    home of;
    CHECK(of.asks(of.ana, "TOKEN LIST") == note("You have no key for programs"));
    const std::string made = of.asks(of.ana, "TOKEN ADD ci");
    const std::string shown = "Made. The key is shown this once: ";
    REQUIRE(made.contains(shown));
    CHECK(made.size() == note(shown).size() + 64);
    CHECK(of.asks(of.ana, "token add ci") == note("You have a key of this name already"));
    CHECK(of.asks(of.ana, "TOKEN LIST").starts_with(note("ci: since ").substr(0, 50)));
    CHECK_FALSE(of.asks(of.ana, "TOKEN LIST").contains("shown"));
    CHECK(of.asks(of.ana, "TOKEN DEL ci") == note("You have no key for programs"));
    CHECK(of.asks(of.ana, "TOKEN DEL ci") == note("You have no key of this name"));
    CHECK(of.asks(of.ana, "TOKEN ADD").contains("TOKEN ADD name"));
    CHECK(of.asks(of.ana, "TOKEN ADD a b") == note("That cannot be a name"));
}

TEST_CASE("TOKEN and WEBHOOK are for accounts") {
    home of;
    client& eva = of.server.registers("eva");
    eva.sends("JOIN #a");
    CHECK(of.asks(eva, "TOKEN ADD ci").contains(" NOTICE eva :"));
    CHECK(of.asks(eva, "TOKEN LIST").contains(" NOTICE eva :"));
    CHECK_FALSE(of.asks(eva, "WEBHOOK #a ADD Builds").contains("/hooks/"));
}

TEST_CASE("WEBHOOK: an address is shown to an operator of the room, once") {
    home of;
    CHECK(of.asks(of.ana, "WEBHOOK #a LIST") == note("No webhook writes to #a"));
    CHECK(of.asks(of.ana, "WEBHOOK #a ADD Builds").contains("shown this once: /hooks/"));
    CHECK(of.asks(of.ana, "WEBHOOK #a LIST").contains(":Builds: made by ana, since "));
    client& eva = of.server.registers("eva");
    eva.sends("REGISTER * * secreto").sends("JOIN #a");
    CHECK_FALSE(of.asks(eva, "WEBHOOK #a ADD Mine").contains("/hooks/"));
    CHECK(of.asks(eva, "WEBHOOK #a LIST").contains(":You're not a channel operator"));
    CHECK(of.asks(eva, "WEBHOOK #none LIST").starts_with(":NickServ!"));
    CHECK(of.asks(of.ana, "WEBHOOK #a DEL builds") == note("No webhook writes to #a"));
    CHECK(of.asks(of.ana, "WEBHOOK").contains("WEBHOOK #room ADD name"));
}
