// SPDX-License-Identifier: Apache-2.0
// What the door asks of newcomers and of words, as lines.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

irc::settings strict() {
    irc::settings made = conversation::quiet();
    made.manners = {std::chrono::seconds{10}, std::chrono::seconds{60}, {"malo"}, {"feo"}};
    return made;
}

// eva and luis are guests in #sala, and have just come.
struct house {
    conversation server{strict()};
    client& eva = server.registers("eva", "standard-replies echo-message");
    client& luis = server.registers("luis");

    house() {
        eva.sends("JOIN #sala");
        luis.sends("JOIN #sala");
        server.nobody_hears();
    }
    std::string answer(std::string_view line) {
        server.nobody_hears();
        eva.sends(line);
        return eva.hears();
    }
};

} // namespace

TEST_CASE("a guest who has just come hears when she may speak, and then does") {
    house of;
    CHECK(of.answer("PRIVMSG #sala :hola")
              .starts_with(":irc.test FAIL PRIVMSG NEWCOMER_WAITS 2026-03-01T12:00:10"));
    CHECK(of.answer("NOTICE #sala :hola").empty());
    CHECK(of.luis.hears().empty());
    of.server.waits(std::chrono::seconds{10});
    CHECK(of.answer("PRIVMSG #sala :hola").contains("PRIVMSG #sala :hola"));
    CHECK(of.answer("PRIVMSG #sala :http://x").contains("NEWCOMER_WAITS 2026-03-01T12:01:00"));
    CHECK(of.answer("PRIVMSG luis :hola").contains("NEWCOMER_WAITS 2026-03-01T12:01:00"));
    CHECK(of.answer("PRIVMSG NickServ :HELP").contains("NickServ"));
    of.server.waits(std::chrono::seconds{50});
    CHECK(of.answer("PRIVMSG luis :http://x").contains("PRIVMSG luis :http://x"));
}

TEST_CASE("words are refused in messages, topics and nicknames, and others are hidden") {
    house of;
    of.server.waits(std::chrono::minutes{2});
    CHECK(of.answer("PRIVMSG #sala :es MALO") ==
          ":irc.test FAIL PRIVMSG WORD_REFUSED * :There is a word in it that is not wanted here\n");
    CHECK(of.answer("TOPIC #sala :malo").contains("FAIL TOPIC WORD_REFUSED"));
    CHECK(of.answer("NICK malo").contains("FAIL NICK WORD_REFUSED"));
    CHECK(of.luis.hears().empty());
    CHECK(of.answer("PRIVMSG #sala :qué feo").ends_with("PRIVMSG #sala :qué ***\n"));
    CHECK(of.answer("TOPIC #sala :muy feo").ends_with("TOPIC #sala :muy ***\n"));
}

TEST_CASE("guests give a code, and those who log in do not") {
    irc::settings rules = conversation::quiet();
    rules.guest_code = "clase-b";
    conversation server(rules);
    client& wrong = server.arrives();
    wrong.sends("PASS otra").sends("NICK ana").sends("USER u 0 * :U");
    CHECK(wrong.hears().starts_with(":irc.test 464 * :Guests give a code here"));
    CHECK(wrong.closed());
    client& none = server.arrives();
    none.sends("NICK ana").sends("USER u 0 * :U");
    CHECK(none.closed());
    client& right = server.arrives();
    right.sends("PASS clase-b").sends("NICK ana").sends("USER u 0 * :U");
    CHECK(right.hears().starts_with(":irc.test 001 ana "));
    right.sends("REGISTER ana * secreto");
    client& again = server.arrives();
    again.sends("CAP REQ :sasl").sends("NICK x").sends("USER u 0 * :U");
    again.sends("AUTHENTICATE PLAIN").sends("AUTHENTICATE AGFuYQBzZWNyZXRv").sends("CAP END");
    CHECK(again.hears().contains(" 001 ana "));
}
