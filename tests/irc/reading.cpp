// SPDX-License-Identifier: Apache-2.0
// What a room said before one joined it, for clients that cannot ask.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>

using namespace tertulia;
using std::chrono_literals::operator""h;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""ms;
using tests::client;
using tests::conversation;

namespace {

irc::settings remembering() {
    irc::settings rules = conversation::quiet();
    rules.history_on_join = 50;
    return rules;
}

// Luis said something in #sala, and whoever joins may be shown it.
struct past {
    past() {
        luis.sends("JOIN #sala");
        server.reader = [this](const session::read_query& what) {
            asked = std::get<session::history_query>(what);
            ++reads;
            return session::read_answer(page);
        };
        server.nobody_hears();
    }

    void said(std::string_view text, std::chrono::milliseconds ago = 0ms) {
        page.messages.push_back({.number = {7},
                                 .time = server.wall() - ago,
                                 .kind = session::stored_kind::message,
                                 .nickname = "luis",
                                 .user = "~luis",
                                 .host = "example.org",
                                 .to = {},
                                 .text = std::string(text),
                                 .tags = {}});
    }

    // What comes behind the members of the room.
    std::string shown(client& to) {
        to.sends("JOIN #sala");
        const std::string heard = to.hears();
        return heard.substr(heard.find('\n', heard.find(" 366 ")) + 1);
    }

    conversation server{remembering()};
    client& luis = server.registers("luis");
    session::history_page page;
    session::history_query asked;
    int reads = 0;
};

} // namespace

TEST_CASE("a simple client sees what was said, with the time in the text") {
    past sala;
    sala.said("ayer", 25h);
    sala.said("antes", 90min);
    sala.said("ahora");
    CHECK(sala.shown(sala.server.registers("ana")) ==
          ":luis!~luis@example.org PRIVMSG #sala :[2026-02-28 11:00] ayer\n"
          ":luis!~luis@example.org PRIVMSG #sala :[10:30] antes\n"
          ":luis!~luis@example.org PRIVMSG #sala :[12:00] ahora\n");
    CHECK(sala.asked.limit == 50);
    CHECK(std::holds_alternative<session::read_latest>(sala.asked.which));
}

TEST_CASE("who knows server-time gets the time as a tag, who knows batches gets one") {
    past sala;
    sala.said("hola");
    CHECK(sala.shown(sala.server.registers("ana", "server-time")) ==
          "@time=2026-03-01T12:00:00.000Z :luis!~luis@example.org PRIVMSG #sala :hola\n");
    CHECK(sala.shown(sala.server.registers("eva", "batch server-time")) ==
          ":irc.test BATCH +h chathistory #sala\n"
          "@batch=h;time=2026-03-01T12:00:00.000Z :luis!~luis@example.org PRIVMSG #sala :hola\n"
          ":irc.test BATCH -h\n");
}

TEST_CASE("who can ask for history is not shown any") {
    past sala;
    sala.said("hola");
    CHECK(sala.shown(sala.server.registers("ana", "draft/chathistory batch")).empty());
    CHECK(sala.reads == 0);
}

TEST_CASE("the setting turns it off") {
    past sala;
    sala.said("hola");
    sala.server.replaces_settings(conversation::quiet());
    CHECK(sala.shown(sala.server.registers("ana")).empty());
    CHECK(sala.reads == 0);
}

TEST_CASE("where nothing was said there is no empty batch, and a failed read is not told") {
    past sala;
    CHECK(sala.shown(sala.server.registers("ana", "batch")).empty());
    sala.server.reader = [](const session::read_query&) { return session::read_failed{}; };
    CHECK(sala.shown(sala.server.registers("eva", "batch")).empty());
}

TEST_CASE("an action stays one, and other CTCP requests are not made again") {
    past sala;
    sala.said("\x01"
              "ACTION baila\x01");
    sala.said("\x01VERSION\x01");
    CHECK(sala.shown(sala.server.registers("ana")) == ":luis!~luis@example.org PRIVMSG #sala :\x01"
                                                      "ACTION [12:00] baila\x01\n");
}

TEST_CASE("only what was said before the join is read") {
    past sala;
    sala.server.reader_holds();
    client& ana = sala.server.registers("ana");
    ana.sends("JOIN #sala");
    sala.luis.sends("PRIVMSG #sala :despues");
    CHECK(ana.hears().ends_with("PRIVMSG #sala :despues\n"));
    sala.server.reader_goes_on();
    sala.luis.sends("PART #sala").sends("JOIN #sala");
    CHECK(sala.reads == 2);
}

TEST_CASE("rooms joined together are read one after the other, while input waits") {
    past sala;
    sala.luis.sends("JOIN #otra");
    sala.reads = 0;
    sala.said("hola");
    client& ana = sala.server.registers("ana");
    sala.server.reader_holds();
    ana.sends("JOIN #sala,#otra").sends("PING a");
    CHECK_FALSE(ana.hears().contains("PRIVMSG"));
    sala.server.reader_goes_on();
    CHECK(sala.reads == 2);
    CHECK(ana.hears() == ":luis!~luis@example.org PRIVMSG #sala :[12:00] hola\n"
                         ":luis!~luis@example.org PRIVMSG #otra :[12:00] hola\n"
                         ":irc.test PONG irc.test :a\n");
}

TEST_CASE("a labelled join is answered before what was said, which has no label") {
    past sala;
    sala.said("hola");
    client& ana = sala.server.registers("ana", "labeled-response batch");
    ana.sends("@label=1 JOIN #sala");
    CHECK(ana.hears().ends_with(":irc.test BATCH -r\n"
                                ":irc.test BATCH +h chathistory #sala\n"
                                "@batch=h :luis!~luis@example.org PRIVMSG #sala :[12:00] hola\n"
                                ":irc.test BATCH -h\n"));
}
