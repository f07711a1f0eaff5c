// SPDX-License-Identifier: Apache-2.0
// What the log and the heart refuse for reasons that are nobody's in the room: how each verb tells.
#include "base/limits.hpp"
#include "irc/room_scene.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <string_view>

using namespace tertulia;
using tests::client;
using tests::conversation;
using tests::room_scene;

namespace {

struct wish {
    std::string_view verb, line;
};

// Everything that is kept, and so is refused while the disk is nearly full.
constexpr wish lasting[] = {
    {"PRIVMSG", "PRIVMSG #sala :x"}, {"NOTICE", "NOTICE luis :x"}, {"TOPIC", "TOPIC #sala :x"},
    {"MODE", "MODE #sala +m"},       {"JOIN", "JOIN #nueva"},      {"TAGMSG", "@+a=b TAGMSG luis"},
};

// Everything that the core answers.
constexpr wish all[] = {
    {"JOIN", "JOIN #x"},
    {"PART", "PART #sala"},
    {"PRIVMSG", "PRIVMSG luis :x"},
    {"NOTICE", "NOTICE luis :x"},
    {"TOPIC", "TOPIC #sala"},
    {"NAMES", "NAMES #sala"},
    {"LIST", "LIST"},
    {"MODE", "MODE #sala"},
    {"KICK", "KICK #sala luis"},
    {"INVITE", "INVITE"},
    {"WHO", "WHO"},
    {"WHOWAS", "WHOWAS luis"},
    {"AWAY", "AWAY"},
    {"USERHOST", "USERHOST a"},
    {"ISON", "ISON a"},
    {"SETNAME", "SETNAME x"},
    {"LUSERS", "LUSERS"},
    {"NICK", "NICK anita"},
};

} // namespace

TEST_CASE("while the disk is nearly full each lasting line is refused, with its verb and label") {
    room_scene sala;
    sala.prepares("CAP REQ :standard-replies message-tags labeled-response batch");
    sala.server.core_refuses(chat::reason::no_space);
    for (const wish& one : lasting) {
        CAPTURE(one.line);
        CHECK(sala.answer(sala.ana, one.line) ==
              fmt::format(":irc.test FAIL {} NO_SPACE :The server's disk is nearly full: this was "
                          "not stored, and nobody has seen it\n",
                          one.verb));
    }
    CHECK(sala.answer(sala.ana, "@label=1 TOPIC #sala :x")
              .starts_with("@label=1 :irc.test FAIL TOPIC NO_SPACE :"));
    CHECK(sala.luis.hears().empty());
}

TEST_CASE("clients without standard replies are told of a full disk in a notice") {
    room_scene sala;
    sala.server.core_refuses(chat::reason::no_space);
    CHECK(sala.answer(sala.ana, "PRIVMSG #sala :x") ==
          ":irc.test NOTICE ana :The server's disk is nearly full: this was not stored, and nobody "
          "has seen it\n");
}

TEST_CASE("a core that is busy asks to try again, whatever the verb") {
    room_scene sala;
    sala.server.core_refuses(chat::reason::busy);
    for (const wish& one : all) {
        CAPTURE(one.line);
        CHECK(
            sala.answer(sala.ana, one.line) ==
            fmt::format(":irc.test 263 ana {} :The server is busy, please try again\n", one.verb));
    }
    CHECK(sala.answer(sala.ana, "WHOIS luis") ==
          ":irc.test 263 ana WHOIS :The server is busy, please try again\n"
          ":irc.test 318 ana luis :End of /WHOIS list\n");
}

TEST_CASE("after a refusal the session goes on") {
    room_scene sala;
    sala.server.core_refuses(chat::reason::busy);
    sala.ana.sends("PRIVMSG #sala :x");
    sala.server.core_refuses(std::nullopt);
    sala.server.nobody_hears();
    sala.ana.sends("PRIVMSG #sala :y");
    CHECK(sala.luis.hears() == ":ana!~ana@example.org PRIVMSG #sala :y\n");
}

TEST_CASE("a server with all the rooms it can have makes no more") {
    room_scene sala;
    sala.server.core_refuses(chat::reason::no_more_rooms);
    CHECK(sala.answer(sala.eva, "JOIN #nueva") ==
          ":irc.test 437 eva * :The server has no more channels to give\n");
}

TEST_CASE("who talks with as many as she may finds no other partner") {
    irc::settings rules = conversation::quiet();
    rules.sessions_per_address_max = 0;
    conversation server(rules);
    client& ana = server.registers("ana");
    server.registers("eva");
    for (std::size_t one = 0; one < base::limits::conversations_opened_max; ++one) {
        const std::string nickname = fmt::format("n{}", one);
        server.registers(nickname);
        ana.sends("PRIVMSG " + nickname + " :x");
    }
    ana.sends("PRIVMSG eva :x").sends("NOTICE eva :x");
    CHECK(ana.hears() == ":irc.test 439 ana eva :Too many private conversations at once\n");
}

TEST_CASE("where one may not speak, a message is refused and a notice is lost in silence") {
    room_scene sala;
    const auto refused = [](std::string_view who) {
        return fmt::format(":irc.test 404 {} #sala :Cannot send to channel\n", who);
    };
    CHECK(sala.answer(sala.eva, "PRIVMSG #sala :x") == refused("eva")); // +n
    CHECK(sala.answer(sala.eva, "NOTICE #sala :x").empty());
    sala.prepares("MODE #sala +m");
    CHECK(sala.answer(sala.luis, "PRIVMSG #sala :x") == refused("luis"));
    sala.prepares("MODE #sala -m+b luis");
    CHECK(sala.answer(sala.luis, "PRIVMSG #sala :x") == refused("luis"));
    sala.prepares("MODE #sala -n");
    CHECK(sala.answer(sala.eva, "PRIVMSG #sala :x").empty());
    CHECK(sala.luis.hears() == ":eva!~eva@example.org PRIVMSG #sala :x\n");
    CHECK(sala.answer(sala.eva, "PRIVMSG @#sala :x") ==
          ":irc.test 404 eva #sala :Cannot send to channel\n"); // from outside, to nobody's role
}

TEST_CASE("a secret room is none to those outside who would speak") {
    room_scene sala;
    sala.prepares("MODE #sala +s-n");
    CHECK(sala.answer(sala.eva, "PRIVMSG #sala :x") ==
          ":irc.test 403 eva #sala :No such channel\n");
}

TEST_CASE("a nickname that is taken, or looks like one, is refused") {
    room_scene sala;
    CHECK(sala.answer(sala.eva, "NICK Ana") ==
          ":irc.test 433 eva Ana :Nickname is already in use\n");
    CHECK(sala.answer(sala.eva, "NICK аna") == // with a Cyrillic а
          ":irc.test 433 eva аna :Nickname looks like one that is in use\n");
    CHECK(sala.answer(sala.eva, "NICK eva").empty());
}
