// SPDX-License-Identifier: Apache-2.0
// MOTD LUSERS VERSION TIME INFO LINKS HELP: what the server tells of itself.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

struct visit {
    explicit visit(irc::settings rules = conversation::quiet()) : server(std::move(rules)) {}

    std::string answer(std::string_view line) {
        server.nobody_hears();
        ana.sends(line);
        return ana.hears();
    }

    conversation server;
    client& ana = server.registers("ana");
};

irc::settings greeting_with(std::vector<std::string> lines) {
    irc::settings rules = conversation::quiet();
    rules.message_of_the_day = std::move(lines);
    return rules;
}

} // namespace

TEST_CASE("MOTD shows the message of the day, line by line") {
    visit one(greeting_with({"Hola.", "", ":)"}));
    const std::string message = ":irc.test 375 ana :- irc.test Message of the day - \n"
                                ":irc.test 372 ana :- Hola.\n"
                                ":irc.test 372 ana :- \n"
                                ":irc.test 372 ana :- :)\n"
                                ":irc.test 376 ana :End of /MOTD command\n";
    CHECK(one.answer("MOTD") == message);
    CHECK(one.answer("MOTD irc.test") == message);
}

TEST_CASE("MOTD says that there is none") {
    CHECK(visit().answer("MOTD") == ":irc.test 422 ana :There is no message of the day\n");
}

TEST_CASE("a question for another server is refused, a wildcard may mean this one") {
    visit one;
    for (const std::string_view verb : {"MOTD", "VERSION", "TIME", "INFO"}) {
        CAPTURE(verb);
        const std::string line(verb);
        CHECK(one.answer(line + " irc.other") == ":irc.test 402 ana irc.other :No such server\n");
        CHECK(one.answer(line + " :a b") == ":irc.test 402 ana * :No such server\n");
        CHECK(one.answer(line + " *.TEST") == one.answer(line));
    }
}

TEST_CASE("LUSERS counts who is there, and leaves out what there is none of") {
    visit one;
    CHECK(one.answer("LUSERS") ==
          ":irc.test 251 ana :There are 1 users and 0 invisible on 1 server\n"
          ":irc.test 255 ana :I have 1 clients and 0 servers\n"
          ":irc.test 265 ana 1 1 :Current users 1, max 1\n"
          ":irc.test 266 ana 1 1 :Current users 1, max 1\n");
}

TEST_CASE("LUSERS knows of rooms, of the invisible, and of the most there ever were") {
    visit one;
    one.server.registers("luis").sends("MODE luis +i").sends("JOIN #sala");
    one.server.registers("eva").sends("QUIT");
    CHECK(one.answer("LUSERS") ==
          ":irc.test 251 ana :There are 1 users and 1 invisible on 1 server\n"
          ":irc.test 254 ana 1 :channels formed\n"
          ":irc.test 255 ana :I have 2 clients and 0 servers\n"
          ":irc.test 265 ana 2 3 :Current users 2, max 3\n"
          ":irc.test 266 ana 2 3 :Current users 2, max 3\n");
}

TEST_CASE("VERSION tells the version and what is supported") {
    visit one;
    const std::string heard = one.answer("VERSION");
    CHECK(heard.starts_with(":irc.test 351 ana tertulia-1 irc.test :an echo is a receipt\n"
                            ":irc.test 005 ana ACCOUNTEXTBAN=a AWAYLEN="));
    CHECK(heard.ends_with(" UTF8ONLY WHOX :are supported by this server\n"));
}

TEST_CASE("TIME tells the time") {
    CHECK(visit().answer("TIME") == ":irc.test 391 ana irc.test :2026-03-01T12:00:00.000Z\n");
}

TEST_CASE("INFO tells what this is") {
    CHECK(visit().answer("INFO") ==
          ":irc.test 371 ana :tertulia-1\n"
          ":irc.test 371 ana :Tertulia, a chat server for classes, teams and communities\n"
          ":irc.test 374 ana :End of INFO list\n");
}

TEST_CASE("LINKS knows of this server alone") {
    CHECK(visit().answer("LINKS") == ":irc.test 364 ana * irc.test :0 Tertulia, a chat server for "
                                     "classes, teams and communities\n"
                                     ":irc.test 365 ana * :End of LINKS list\n");
}

TEST_CASE("HELP has a line for each topic, HELP with a topic that line alone") {
    visit one;
    const std::string all = one.answer("HELP");
    CHECK(all.starts_with(
        ":irc.test 704 ana * :What you can do here; HELP and a command tells more\n"
        ":irc.test 705 ana * :JOIN #room [password]: come into a room, or make it\n"));
    CHECK(all.ends_with("\n:irc.test 706 ana * :End of /HELP\n"));
    CHECK(std::ranges::count(all, '\n') == 31);
    const std::string quit = ":irc.test 704 ana QUIT :QUIT [reason]: goodbye\n"
                             ":irc.test 706 ana QUIT :End of /HELP\n";
    CHECK(one.answer("HELP quit") == quit);
    CHECK(one.answer("HELPOP QUIT") == quit);
}

TEST_CASE("HELP says that there is none on a topic") {
    visit one;
    const std::string none = " :No help for this: try HELP alone\n";
    CHECK(one.answer("HELP dance") == ":irc.test 524 ana dance" + none);
    CHECK(one.answer("HELP :") == ":irc.test 524 ana *" + none);
}

TEST_CASE("the server's own texts are in its language, the protocol's words are not") {
    irc::settings rules = conversation::quiet();
    rules.language = base::language::spanish;
    visit one(rules);
    CHECK(one.answer("HELP quit") == ":irc.test 704 ana QUIT :QUIT [motivo]: adiós\n"
                                     ":irc.test 706 ana QUIT :Fin de la ayuda\n");
    CHECK(one.answer("MOTD") == ":irc.test 422 ana :No hay mensaje del día\n");
}
