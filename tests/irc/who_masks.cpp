// SPDX-License-Identifier: Apache-2.0
// WHO by a mask: nicknames, users, hosts and real names, whatever their case and script.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

struct street {
    conversation server;
    client& ana = server.registers("ana");
    client& noel = server.registers("Noel");

    street() {
        noel.sends("SETNAME :María Ñúñez");
        server.nobody_hears();
    }
    // Nicknames, in the order they are listed.
    std::string finds(const std::string& mask) {
        ana.sends("WHO " + mask);
        std::string found;
        for (std::string heard = ana.hears(); heard.contains(" 352 ");) {
            const std::string row = heard.substr(0, heard.find('\n'));
            found += (found.empty() ? "" : " ") + row.substr(row.find(" irc.test ") + 10);
            found.erase(found.find(" H :"));
            heard.erase(0, row.size() + 1);
        }
        return found;
    }
};

} // namespace

TEST_CASE("who finds people by a part of their real name, whatever its case or script") {
    street of;
    for (const std::string mask : {"maría*", "MARÍA*", "*ñúñez", "*ÑÚÑEZ", "*n\u0303úñez"}) {
        INFO(mask);
        CHECK(of.finds(mask) == "Noel");
    }
    CHECK(of.finds("*Real") == "ana");
    CHECK(of.finds("maria*").empty());
}

TEST_CASE("who finds people by user, host and nickname, whatever their case") {
    street of;
    CHECK(of.finds("~NOEL") == "Noel");
    CHECK(of.finds("N?EL") == "Noel");
    CHECK(of.finds("*.EXAMPLE.org").empty());
    CHECK(of.finds("EXAMPLE.*") == "ana Noel");
    CHECK(of.finds("nobody*").empty());
}

TEST_CASE("who without a mask, with a zero and with a star finds everybody") {
    street of;
    CHECK(of.finds("") == "ana Noel");
    CHECK(of.finds("0") == "ana Noel");
    CHECK(of.finds("*") == "ana Noel");
    of.ana.sends("WHO zoe*");
    CHECK(of.ana.hears() == ":irc.test 315 ana zoe* :End of WHO list\n");
}

TEST_CASE("a nickname is found by its exact name, though it reads as a mask of others") {
    street of;
    of.server.registers("no\\el");
    CHECK(of.finds("no\\el") == "no\\el");
}

TEST_CASE("of a crowd only those whom the mask fits are told, and the list ends") {
    street of;
    for (int i = 0; i < 150; ++i) {
        of.server.registers("gente" + std::to_string(i));
    }
    CHECK(of.finds("gente149*") == "gente149");
    CHECK(of.finds("*ñ*") == "Noel");
}
