// SPDX-License-Identifier: Apache-2.0
// What becomes of messages where nothing is echoed, and at the end.
#include "terminal/speaking.hpp"

#include "terminal/dialogue.hpp"
#include "terminal/limits.hpp"
#include "terminal/line_face.hpp"
#include "terminal/talk.hpp"

#include <doctest/doctest.h>

using namespace tertulia::terminal;
using tertulia::tests::modern;
using tertulia::tests::talk;
using namespace std::chrono_literals;

TEST_CASE("where nothing is echoed the answer to a PING confirms what was said before") {
    talk ana;
    ana.is_welcomed();
    ana.types("one");
    ana.types("two");
    CHECK(ana.sends() == "PRIVMSG #lobby :one\nPING :sent-1\nPRIVMSG #lobby :two\n");
    CHECK(count_not_sent(ana.who) == 2);
    ana.hears(":irc.test PONG irc.test :sent-1");
    CHECK(count_not_sent(ana.who) == 1);
    CHECK(ana.sends() == "PING :sent-2\n");
    ana.hears(":irc.test PONG irc.test :sent-2");
    CHECK(count_not_sent(ana.who) == 0);
    CHECK(ana.sends().empty());
}

TEST_CASE("where messages are echoed no PING is needed, and none confirms") {
    talk ana;
    ana.is_welcomed(modern);
    ana.types("one");
    CHECK(ana.sends() == "@label=1 PRIVMSG #lobby :one\n");
    ana.hears(":irc.test PONG irc.test :sent-1");
    CHECK(count_not_sent(ana.who) == 1);
}

TEST_CASE("what nobody has confirmed when the connection breaks is asked about") {
    talk ana;
    ana.is_welcomed();
    ana.types("arrived");
    ana.hears(":irc.test PONG irc.test :sent-1");
    ana.types("and this?");
    ana.loses_connection();
    ana.waits(2s);
    ana.is_welcomed();
    CHECK(ana.who.state.asked == question::send_again);
    CHECK(question_text(ana.who.state).starts_with("1 messages"));
    ana.types("yes");
    CHECK(ana.sends() == "PRIVMSG #lobby :and this?\nPING :sent-3\n");
}

TEST_CASE("whoever leaves has the server confirm what was said before") {
    talk ana;
    ana.is_welcomed();
    ana.types("one");
    ana.types("two");
    ana.clear();
    ana.types("\\exit");
    CHECK(ana.sends() == "PING :sent-2\nQUIT :\n");
    const auto wants = ana.wants();
    REQUIRE(wants.size() == 1);
    CHECK_FALSE(std::get<leave>(wants.front()).at_once);
}

TEST_CASE("leaving again stops waiting") {
    talk ana;
    ana.is_welcomed();
    ana.types("/quit");
    ana.clear();
    ana.types("/quit");
    CHECK(ana.sends().empty());
    const auto wants = ana.wants();
    REQUIRE(wants.size() == 1);
    CHECK(std::get<leave>(wants.front()).at_once);
}

TEST_CASE("a path is said, not obeyed, in whatever lines") {
    talk ana;
    ana.is_welcomed(modern);
    ana.types("/usr/bin/foo: error");
    CHECK(ana.sends() == "@label=1 PRIVMSG #lobby :/usr/bin/foo: error\n");
    ana.types("/usr/lib\n/etc");
    CHECK(ana.sends().contains("PRIVMSG #lobby :/usr/lib"));
    CHECK_FALSE(ana.who.misunderstood);
    ana.types("/bogus text");
    CHECK(ana.sends().empty());
    CHECK(ana.who.misunderstood);
    CHECK(ana.shows().contains("There is no command /bogus"));
}

TEST_CASE("what has no room to wait is said once, with its text") {
    talk ana;
    ana.is_welcomed();
    ana.loses_connection();
    for (std::size_t i = 0; i < unsent_max - 1; ++i) {
        ana.types("waits");
    }
    ana.clear();
    ana.types("one\ntwo\nthree");
    CHECK(ana.shows() == "Too much is waiting to be sent\nNot sent: two three\n");
}

TEST_CASE("the end of the input while something is asked is no success") {
    auto with = talk::usual();
    with.nickname = "";
    with.interactive = false;
    talk ana(with);
    ana.connects();
    ana.clear();
    line_face lines(line_format::plain, false, talk::in);
    lines.take_input("", ana.who);
    lines.draw(ana.who);
    const auto wants = ana.wants();
    REQUIRE(wants.size() == 1);
    CHECK(std::get<leave>(wants.front()).exit_status == exit_not_connected);
}
