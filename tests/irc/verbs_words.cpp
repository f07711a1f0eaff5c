// SPDX-License-Identifier: Apache-2.0
// WORDS: operators list what is not wanted, and it holds at once, whatever the verb.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

// ana is an operator; luis and eva are guests. All are in #sala.
struct house {
    conversation server;
    client& ana = server.registers("ana", "standard-replies");
    client& luis = server.registers(
        "luis", "standard-replies echo-message batch draft/multiline draft/message-edit setname");
    client& eva = server.registers("eva");

    house() {
        ana.sends("REGISTER ana * secreto");
        ana.sends("CLAIM " + std::string(conversation::claim_code));
        for (client* const one : {&ana, &luis, &eva}) {
            one->sends("JOIN #sala");
        }
        server.nobody_hears();
    }
    std::string answer(client& to, std::string_view line) {
        server.nobody_hears();
        to.sends(line);
        return to.hears();
    }
};

} // namespace

TEST_CASE("an operator lists words, sees the list, and takes them away") {
    house of;
    CHECK(of.answer(of.ana, "WORDS ADD Spam*") ==
          ":irc.test NOTICE ana :Word: Spam*, refuse, by ana\n");
    CHECK(of.answer(of.ana, "WORDS ADD feo hide").contains("feo, hide"));
    CHECK(of.answer(of.ana, "WORDS ADD malo MUTE 2h").contains("malo, mute 120m"));
    CHECK(of.answer(of.ana, "WORDS").contains("feo, hide, by ana\n"));
    CHECK(of.answer(of.ana, "WORDS DEL spam*") ==
          ":irc.test NOTICE ana :No longer listed: Spam*\n");
    CHECK_FALSE(of.answer(of.ana, "WORDS LIST").contains("Spam*"));
    CHECK(of.answer(of.ana, "MODLOG").contains("add-word malo: mute 7200s\n"));
}

TEST_CASE("guests list nothing, and what is no word is refused") {
    house of;
    CHECK(of.answer(of.luis, "WORDS").contains(" 481 luis "));
    CHECK(of.answer(of.luis, "WORDS ADD x").contains(" 481 luis "));
    CHECK(of.answer(of.luis, "WORDS DEL x").contains(" 481 luis "));
    for (const std::string line :
         {"WORDS ADD", "WORDS ADD x burn", "WORDS ADD x mute soon", "WORDS REMOVE x"}) {
        CHECK(of.answer(of.ana, line).starts_with(":irc.test FAIL WORDS INVALID_PARAMS :"));
    }
    CHECK(of.answer(of.ana, "WORDS ADD " + std::string(65, 'x')).contains("INVALID_PARAMS"));
    CHECK(of.answer(of.ana, "WORDS ADD **").contains("FAIL WORDS TARGET_TOO_BROAD"));
    CHECK(of.answer(of.ana, "WORDS DEL x").contains("FAIL WORDS NOT_ON_LIST"));
}

TEST_CASE("a listed word is refused at every verb, in any case") {
    house of;
    of.ana.sends("WORDS ADD árbol");
    for (const std::string line :
         {"PRIVMSG #sala :un ÁRBOL", "PRIVMSG eva :árbol", "TOPIC #sala :árbol", "NICK árbol",
          "AWAY :árbol", "SETNAME :árbol", "JOIN #árbol", "REGISTER árbol * x"}) {
        CAPTURE(line);
        CHECK(of.answer(of.luis, line).contains("WORD_REFUSED * :"));
    }
    CHECK(of.answer(of.luis, "NOTICE #sala :árbol").empty());
    CHECK(of.eva.hears().empty());
}

TEST_CASE("reasons go without it, and so does what a newcomer says of herself") {
    house of;
    of.ana.sends("WORDS ADD spam");
    of.server.nobody_hears();
    of.luis.sends("PART #sala :more spam");
    CHECK(of.eva.hears().ends_with("PART #sala :more ****\n"));
    client& otra = of.server.arrives();
    otra.sends("USER x 0 * :spam here").sends("NICK spam");
    CHECK(otra.hears().contains("not wanted here"));
    otra.sends("NICK otra");
    CHECK(of.answer(of.eva, "WHOIS otra").contains(":**** here\n"));
}

TEST_CASE("a message in several lines is read whole") {
    house of;
    of.ana.sends("WORDS ADD spam");
    of.server.nobody_hears();
    of.luis.sends("BATCH +1 draft/multiline #sala");
    of.luis.sends("@batch=1 PRIVMSG #sala :hola").sends("@batch=1 PRIVMSG #sala :spam");
    CHECK(of.answer(of.luis, "BATCH -1").contains("FAIL PRIVMSG WORD_REFUSED * :"));
    CHECK(of.eva.hears().empty());
}

TEST_CASE("a word that mutes is not said, and the mute is told and holds") {
    house of;
    of.ana.sends("WORDS ADD spam mute 10m");
    const std::string heard = of.answer(of.luis, "PRIVMSG #sala :spam");
    CHECK(heard.contains("WORD_REFUSED"));
    CHECK(heard.contains("NOTICE luis :You are muted on this server"));
    CHECK(of.eva.hears().empty());
    CHECK(of.answer(of.luis, "PRIVMSG #sala :hola").contains("FAIL PRIVMSG MUTED "));
    CHECK(of.answer(of.ana, "MUTES").contains("nick:luis"));
}

TEST_CASE("a word that is reported is said, and operators are told where") {
    house of;
    of.ana.sends("WORDS ADD spam report");
    CHECK(of.answer(of.luis, "PRIVMSG #sala :spam").contains("PRIVMSG #sala :spam"));
    CHECK(of.ana.hears().contains("* reports luis. [spam] #sala: spam\n"));
    of.luis.sends("NICK luisa");
    of.server.nobody_hears();
    CHECK(of.answer(of.luis, "PRIVMSG eva :my spam").contains("PRIVMSG eva"));
    CHECK(of.ana.hears().contains("* reports luisa. [spam] PRIVMSG\n"));
}

TEST_CASE("operators say what they want") {
    house of;
    of.ana.sends("WORDS ADD spam mute");
    of.server.nobody_hears();
    of.ana.sends("PRIVMSG #sala :spam");
    CHECK(of.eva.hears().ends_with("PRIVMSG #sala :spam\n"));
}
