// SPDX-License-Identifier: Apache-2.0
// ZNC's playback, for clients that know no other history.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

irc::settings remembering() {
    irc::settings rules = conversation::quiet();
    rules.history_on_join = 50;
    return rules;
}

struct past {
    past() {
        server.reader = [this](const session::read_query& what) {
            asked.push_back(std::get<session::history_query>(what));
            session::history_page page;
            page.messages.push_back({.number = {7},
                                     .time = base::wall_time{std::chrono::milliseconds{5'250}},
                                     .kind = session::stored_kind::message,
                                     .nickname = "luis",
                                     .user = "~luis",
                                     .host = "example.org",
                                     .to = {},
                                     .text = "hola",
                                     .tags = {}});
            return session::read_answer(page);
        };
        ana.sends("JOIN #uno,#dos");
        server.nobody_hears();
        asked.clear();
    }

    conversation server{remembering()};
    std::vector<session::history_query> asked;
    client& ana = server.registers("ana", "znc.in/playback batch server-time");
};

} // namespace

TEST_CASE("who knows playback hears nothing of the past until she asks") {
    past at;
    at.ana.sends("JOIN #tres");
    CHECK(at.asked.empty());
}

TEST_CASE("PLAY gives one conversation after the other, of those that one is in") {
    past at;
    at.server.registers("luis").sends("JOIN #cuatro");
    at.server.nobody_hears();
    at.asked.clear();
    at.ana.sends("PRIVMSG *playback :PLAY * 0");
    CHECK(at.asked.size() == 2);
    CHECK(at.ana.hears() ==
          ":irc.test BATCH +h chathistory #uno\n"
          "@batch=h;time=1970-01-01T00:00:05.250Z :luis!~luis@example.org PRIVMSG #uno :hola\n"
          ":irc.test BATCH -h\n"
          ":irc.test BATCH +h chathistory #dos\n"
          "@batch=h;time=1970-01-01T00:00:05.250Z :luis!~luis@example.org PRIVMSG #dos :hola\n"
          ":irc.test BATCH -h\n");
}

TEST_CASE("PLAY asks for what came after a time, and before another") {
    past at;
    at.ana.sends("PRIVMSG *playback :play #UN* 5.5 7");
    REQUIRE(at.asked.size() == 1);
    const auto& between = std::get<session::read_between>(at.asked[0].which);
    CHECK(std::get<base::wall_time>(between.from) == base::wall_time{std::chrono::seconds{7}});
    CHECK(std::get<base::wall_time>(between.to) ==
          base::wall_time{std::chrono::milliseconds{5'500}});
}

TEST_CASE("LIST says until when there is something") {
    past at;
    at.ana.sends("PRIVMSG *playback :LIST #uno");
    CHECK(at.ana.hears() == ":*playback!*playback@irc.test NOTICE ana :#uno 0 5.250\n");
}

TEST_CASE("no conversation, no answer; and what is no wish is answered with what one is") {
    past at;
    at.ana.sends("PRIVMSG *playback :PLAY #none 0").sends("PING x");
    CHECK(at.ana.hears() == ":irc.test PONG irc.test :x\n");
    for (const char* const wrong : {"", "CLEAR *", "PLAY * x", "PLAY * -1", "PLAY * nan",
                                    "PLAY * 1e300", "PLAY * 7 5", "PLAY * inf"}) {
        at.ana.sends(std::string("PRIVMSG *playback :") + wrong + " ");
        CHECK(at.ana.hears().contains("NOTICE ana :PLAY ROOMS"));
    }
    CHECK(at.asked.empty());
}

TEST_CASE("for who did not ask for playback there is nobody of that name") {
    conversation server;
    client& eva = server.registers("eva");
    eva.sends("PRIVMSG *playback :PLAY * 0");
    CHECK(eva.hears() == ":irc.test 401 eva *playback :No such nick/channel\n");
}
