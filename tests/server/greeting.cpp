// SPDX-License-Identifier: Apache-2.0
#include "server/greeting.hpp"

#include <doctest/doctest.h>

using namespace tertulia;
using namespace tertulia::server;

namespace {

greeting_facts usual() {
    return {.listeners = {{"irc", "127.0.0.1", 6667}, {"ircs", "*", 6697}},
            .addresses = {"192.0.2.7", "2001:db8::7"},
            .fingerprints = {"AB:CD"},
            .data = "data",
            .room = "#lobby"};
}

} // namespace

TEST_CASE("a start says where to connect from here and from elsewhere") {
    CHECK(greeting(base::language::english, usual()) ==
          "Tertulia " TERTULIA_VERSION
          " is running. Connect with a browser (http) or any IRC client "
          "(irc):\n"
          "  from this machine\n"
          "    irc://127.0.0.1:6667\n"
          "    ircs://127.0.0.1:6697\n"
          "  from other machines\n"
          "    ircs://192.0.2.7:6697\n"
          "    ircs://[2001:db8::7]:6697\n"
          "  certificate (SHA-256)\n"
          "    AB:CD\n"
          "  Everyone meets in #lobby. What is said is kept in the folder data.\n");
}

TEST_CASE("a phone is shown an address of the app that it can reach, if there is one") {
    greeting_facts facts = usual();
    CHECK(address_for_phones(facts).empty());
    facts.addresses = {"2001:db8::7", "192.0.2.7"};
    facts.listeners.push_back({"http", "*", 8067});
    CHECK(address_for_phones(facts) == "http://192.0.2.7:8067");
    facts.listeners.back().host = "127.0.0.1";
    CHECK(address_for_phones(facts).empty());
}

TEST_CASE("a start speaks Spanish to those who do") {
    const std::string text = greeting(base::language::spanish, usual());
    CHECK(text.find("desde otras máquinas\n    ircs://192.0.2.7:6697\n") != std::string::npos);
}

TEST_CASE("a server for this machine alone promises others nothing") {
    greeting_facts facts = usual();
    facts.listeners = {{"irc", "127.0.0.1", 6667}, {"irc", "::1", 6667}};
    facts.fingerprints.clear();
    CHECK(greeting(base::language::english, facts) ==
          "Tertulia " TERTULIA_VERSION
          " is running. Connect with a browser (http) or any IRC client "
          "(irc):\n"
          "  from this machine\n"
          "    irc://127.0.0.1:6667\n"
          "    irc://[::1]:6667\n"
          "  Everyone meets in #lobby. What is said is kept in the folder data.\n");
}

TEST_CASE("a listener on one address is told as it is, without its files") {
    greeting_facts facts = usual();
    facts.listeners = {{"ircs", "192.0.2.7", 7000, "c.pem", "k.pem"}};
    const std::string text = greeting(base::language::english, facts);
    CHECK(text.find("from other machines\n    ircs://192.0.2.7:7000\n") != std::string::npos);
    CHECK(text.find("2001:db8::7") == std::string::npos);
}
