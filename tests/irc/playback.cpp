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

namespace {

// Luis wrote to Ana, who has an account and is away.
struct letters {
    letters() {
        client& ana = server.registers("ana");
        ana.sends("PRIVMSG NickServ :REGISTER secreto");
        luis.sends("PRIVMSG ana :hola");
        ana.sends("QUIT");
        server.nobody_hears();
        server.reader = [this](const session::read_query& what) {
            asked.push_back(std::get<session::history_query>(what));
            return session::read_answer(session::history_page{.messages = said});
        };
    }
    void says(const std::string& who, const std::string& text) {
        said.push_back({.number = {said.size() + 1},
                        .time = base::wall_time{std::chrono::hours{12}},
                        .kind = session::stored_kind::message,
                        .nickname = who,
                        .user = "~u",
                        .host = "example.org",
                        .to = who == "ana" ? "luis" : "ana",
                        .text = text,
                        .tags = {}});
    }
    std::string comes_back(std::string_view capabilities = "") {
        client& back = server.registers("otra", capabilities);
        back.sends("PRIVMSG NickServ :IDENTIFY ana secreto");
        return back.hears();
    }

    conversation server{remembering()};
    client& luis = server.registers("luis");
    std::vector<session::stored_message> said;
    std::vector<session::history_query> asked;
};

} // namespace

TEST_CASE("who logs in with an old client hears what was written to her and not answered") {
    letters of;
    of.says("luis", "una");
    of.says("ana", "respuesta");
    of.says("luis", "dos");
    of.says("luis", "tres");
    const std::string heard = of.comes_back();
    CHECK_FALSE(heard.contains("una"));
    CHECK_FALSE(heard.contains("respuesta"));
    CHECK(heard.contains(":luis!~u@example.org PRIVMSG ana :"));
    CHECK(heard.contains("dos\n"));
    CHECK(heard.contains("tres\n"));
}

TEST_CASE("what she has read elsewhere does not come again") {
    letters of;
    client& phone = of.server.registers("movil", "draft/chathistory batch draft/read-marker");
    phone.sends("PRIVMSG NickServ :IDENTIFY ana secreto");
    phone.sends("MARKREAD luis timestamp=2016-01-01T00:00:00.000Z");
    of.asked.clear();
    static_cast<void>(of.comes_back());
    REQUIRE(of.asked.size() == 1);
    CHECK(std::holds_alternative<base::wall_time>(
        std::get<session::read_latest>(of.asked[0].which).after.value()));
}

TEST_CASE("who can ask for history is not told unasked") {
    letters of;
    CHECK_FALSE(of.comes_back("draft/chathistory batch").contains("PRIVMSG ana"));
    CHECK(of.asked.empty());
}
