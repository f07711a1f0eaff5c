// SPDX-License-Identifier: Apache-2.0
// SEARCH: what is asked of the reader, for whom, and how the answer reads.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

constexpr std::string_view seeker =
    "draft/search batch server-time message-tags standard-replies labeled-response";
constexpr std::string_view nothing = ":irc.test BATCH +h search\n:irc.test BATCH -h\n";

// Ana searches; she shares #sala with Luis, who is alone in #otra.
struct library {
    library() : ana(server.registers("ana", seeker)), luis(server.registers("luis", seeker)) {
        luis.sends("JOIN #sala").sends("JOIN #otra");
        ana.sends("JOIN #sala");
        server.nobody_hears();
        server.reader = [this](const session::read_query& what) {
            query = std::get<session::search_query>(what);
            return answer;
        };
    }
    std::string hears(client& who, std::string_view line) {
        query.reset();
        server.nobody_hears();
        who.sends(line);
        return who.hears();
    }
    // How many conversations the reader was told to look into; none: it was not asked.
    std::size_t searched(client& who, std::string_view line) {
        CHECK_FALSE(hears(who, line).empty());
        return query ? query->conversations.size() : 0;
    }
    session::stored_message said(std::uint64_t number, std::string_view text) const {
        return {.number = {number},
                .time = server.wall(),
                .nickname = "luis",
                .user = "~luis",
                .host = "example.org",
                .to = {},
                .text = std::string(text),
                .tags = {}};
    }

    conversation server;
    client& ana;
    client& luis;
    std::optional<session::search_query> query;
    session::read_answer answer = session::search_page{};
};

} // namespace

TEST_CASE("a search is understood with all that it may say") {
    library of;
    CHECK(of.hears(of.ana,
                   "SEARCH text=hola\\sMundo\\:;in=#SALA;from=LUIS;limit=7;"
                   "after=1970-01-01T00:00:01.000Z;before=1970-01-01T00:00:02Z") == nothing);
    REQUIRE(of.query);
    CHECK(of.query->text == "hola Mundo;");
    CHECK(of.query->from == "luis");
    CHECK(of.query->limit == 7);
    CHECK(of.query->after->time_since_epoch().count() == 1'000);
    CHECK(of.query->before->time_since_epoch().count() == 2'000);
    CHECK(of.query->conversations.size() == 1);
    CHECK(of.query->up_to.value > 0);
    static_cast<void>(of.hears(of.ana, "SEARCH text=hola;limit=100000"));
    CHECK(of.query->limit == 100);
    static_cast<void>(of.hears(of.ana, "SEARCH text=hola"));
    CHECK(of.query->limit == 50);
    CHECK(of.query->from.empty()); // anybody's
}

TEST_CASE("without a target everything is searched that one may read, and nothing else") {
    library of;
    CHECK(of.searched(of.ana, "SEARCH text=hola") == 1);
    CHECK(of.searched(of.luis, "SEARCH text=hola") == 2);
    of.luis.sends("PRIVMSG ana :hola");
    CHECK(of.searched(of.ana, "SEARCH text=hola") == 2);
    client& eva = of.server.registers("eva", seeker);
    CHECK(of.searched(eva, "SEARCH text=hola") == 0);
}

TEST_CASE("nobody searches where she is not, and does not learn whether it is there") {
    library of;
    of.luis.sends("MODE #otra +s");
    for (const std::string_view target : {"#otra", "#nada", "luis", "nadie", "#", "a!b", "*"}) {
        CHECK(of.hears(of.ana, fmt::format("SEARCH text=hola;in={}", target)) == nothing);
        CHECK_FALSE(of.query);
    }
}

TEST_CASE("who was put out, banned or has left searches there no more") {
    library of;
    CHECK(of.searched(of.ana, "SEARCH text=hola;in=#sala") == 1);
    of.luis.sends("KICK #sala ana");
    CHECK(of.searched(of.ana, "SEARCH text=hola;in=#sala") == 0);
    CHECK(of.searched(of.ana, "SEARCH text=hola") == 0);
    of.luis.sends("MODE #sala +b ana!*@*");
    of.ana.sends("JOIN #sala");
    CHECK(of.searched(of.ana, "SEARCH text=hola;in=#sala") == 0);
    of.luis.sends("PART #otra");
    CHECK(of.searched(of.luis, "SEARCH text=hola;in=#otra") == 0);
}

TEST_CASE("whoever takes a nickname searches nothing of who had it before") {
    library of;
    of.luis.sends("PRIVMSG ana :secreto");
    CHECK(of.searched(of.ana, "SEARCH in=luis") == 1);
    of.ana.sends("QUIT");
    client& other = of.server.registers("ana", seeker);
    CHECK(of.searched(other, "SEARCH in=luis") == 0);
    CHECK(of.searched(other, "SEARCH text=secreto") == 0);
}

TEST_CASE("who made a room of an old name searches nothing of before") {
    library of;
    CHECK(of.searched(of.luis, "SEARCH in=#otra") == 1);
    const chat::conversation_id before = of.query->conversations.front();
    of.luis.sends("MODE #otra +s").sends("PART #otra");
    of.ana.sends("JOIN #otra");
    CHECK(of.searched(of.ana, "SEARCH in=#otra") == 1);
    CHECK(of.query->conversations.front() != before);
}

TEST_CASE("what was found comes in a batch, under its room's or partner's name") {
    library of;
    of.luis.sends("PRIVMSG ana :hola");
    static_cast<void>(of.hears(of.ana, "SEARCH text=hola"));
    REQUIRE(of.query->conversations.size() == 2);
    session::stored_message privately = of.said(9, "hola ana");
    privately.to = "ana";
    of.answer = session::search_page{{{of.query->conversations[0], of.said(8, "hola sala")},
                                      {of.query->conversations[1], privately}}};
    const std::string start =
        "@batch=h;msgid=*;time=2026-03-01T12:00:00.000Z :luis!~luis@example.org PRIVMSG ";
    CHECK(of.hears(of.ana, "@label=3 SEARCH text=hola") ==
          "@label=3 :irc.test BATCH +h search\n" + start + "#sala :hola sala\n" + start +
              "ana :hola ana\n:irc.test BATCH -h\n");
}

TEST_CASE("soju's clients hear the name of the batch that they know") {
    library of;
    client& goguma = of.server.registers("goguma", "soju.im/search batch");
    CHECK(of.hears(goguma, "SEARCH text=hola") ==
          ":irc.test BATCH +h soju.im/search\n:irc.test BATCH -h\n");
}

TEST_CASE("a search that cannot be understood or run is refused") {
    library of;
    const auto invalid = [](std::string_view what) {
        return fmt::format(":irc.test FAIL SEARCH INVALID_PARAMS {} :Invalid parameters\n", what);
    };
    CHECK(of.hears(of.ana, "SEARCH text=a;limit=0") == invalid("limit"));
    CHECK(of.hears(of.ana, "SEARCH text=a;limit=-1") == invalid("limit"));
    CHECK(of.hears(of.ana, "SEARCH text=a;limit=many") == invalid("limit"));
    CHECK(of.hears(of.ana, "SEARCH after=today") == invalid("after"));
    CHECK(of.hears(of.ana, "SEARCH before=2026-13-01T00:00:00Z") == invalid("before"));
    CHECK_FALSE(of.query);
    of.answer = session::read_failed{};
    CHECK(of.hears(of.ana, "@label=4 SEARCH text=a") ==
          "@label=4 :irc.test FAIL SEARCH INTERNAL_ERROR :The search could not be run\n");
    CHECK(of.hears(of.ana, "PING a") == ":irc.test PONG irc.test :a\n");
}

TEST_CASE("who did not negotiate it does not know SEARCH") {
    library of;
    client& eva = of.server.registers("eva", "draft/chathistory");
    CHECK(of.hears(eva, "SEARCH text=a") == ":irc.test 421 eva SEARCH :Unknown command\n");
}

TEST_CASE("a search that could not be taken leaves nothing waiting") {
    library of;
    of.server.core_refuses(chat::reason::busy);
    CHECK(of.hears(of.ana, "SEARCH text=a").starts_with(":irc.test 263 ana SEARCH :"));
    of.server.core_refuses(std::nullopt);
    CHECK(of.hears(of.ana, "PING a") == ":irc.test PONG irc.test :a\n");
}

TEST_CASE("a search with a word that is no attribute is refused, and searches nothing") {
    library of;
    for (const auto& [line, word] :
         {std::pair("SEARCH cancion", "cancion"), std::pair("SEARCH text=a;quien=luis", "quien"),
          std::pair("SEARCH text=a;limit", "limit"), std::pair("SEARCH =a", "=a")}) {
        CAPTURE(line);
        CHECK(of.hears(of.ana, line)
                  .starts_with(fmt::format(":irc.test FAIL SEARCH INVALID_PARAMS {} :", word)));
        CHECK_FALSE(of.query);
    }
    CHECK(of.hears(of.ana, "SEARCH text=hola;") == nothing);
}
