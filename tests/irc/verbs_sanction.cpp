// SPDX-License-Identifier: Apache-2.0
// BAN, MUTE and their like: what operators, those whom they meet, and others hear.
#include "irc/conversation.hpp"
#include "irc/sanction_words.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

// ana is the operator; luis is a guest from 192.0.2.1.
struct house {
    conversation server;
    client& ana = server.registers("ana", "standard-replies");
    client& luis = server.registers("luis", "standard-replies");

    house() {
        ana.sends("REGISTER ana * secreto");
        ana.sends("CLAIM " + std::string(conversation::claim_code));
        server.nobody_hears();
    }
    std::string answer(client& to, std::string_view line) {
        server.nobody_hears();
        to.sends(line);
        return to.hears();
    }
};

constexpr std::string_view until = "until 2026-03-01 13:";

} // namespace

TEST_CASE("BAN ends sessions with the end and the reason, and newcomers hear 465") {
    house of;
    CHECK(of.answer(of.ana, "BAN 192.0.2.0/24 1h :por spam")
              .starts_with(":irc.test NOTICE ana :Ban: 192.0.2.0/24, " + std::string(until)));
    CHECK(of.luis.hears().starts_with("ERROR :You are banned from this server, " +
                                      std::string(until)));
    CHECK(of.luis.closed());
    client& again = of.server.arrives();
    again.sends("NICK otro").sends("USER u 0 * :U");
    const std::string heard = again.hears();
    CHECK(heard.starts_with(":irc.test 465 * :You are banned from this server, " +
                            std::string(until)));
    CHECK(heard.contains(" UTC. por spam\n"));
    CHECK(again.closed());
}

TEST_CASE("who is banned by nickname may choose another") {
    house of;
    of.ana.sends("BAN nick:mal* :x");
    client& one = of.server.arrives();
    one.sends("NICK malo").sends("USER u 0 * :U");
    CHECK(one.hears() == ":irc.test 432 * malo :Nobody may be called that here\n");
    one.sends("NICK bueno");
    CHECK(one.hears().starts_with(":irc.test 001 bueno "));
    CHECK(of.answer(one, "NICK MALISIMO").starts_with(":irc.test 432 bueno MALISIMO :"));
}

TEST_CASE("who is muted is told so, with the end, and tells operators") {
    house of;
    of.ana.sends("JOIN #sala");
    of.luis.sends("JOIN #sala");
    of.server.nobody_hears();
    of.ana.sends("MUTE luis 1h ruido en clase");
    CHECK(of.luis.hears().starts_with(":irc.test NOTICE luis :You are muted on this server, "));
    of.server.nobody_hears();
    CHECK(of.answer(of.luis, "PRIVMSG #sala :hola")
              .starts_with(":irc.test FAIL PRIVMSG MUTED 2026-03-01T13:"));
    CHECK(of.answer(of.luis, "NOTICE #sala :hola").empty());
    CHECK(of.answer(of.luis, "TOPIC #sala :hola").contains("FAIL TOPIC MUTED 2026-"));
    CHECK(of.answer(of.luis, "NICK otro").contains("FAIL NICK MUTED 2026-"));
    CHECK(of.ana.hears().empty());
    of.luis.sends("PRIVMSG ana :perdón");
    CHECK(of.ana.hears() == ":luis!~luis@example.org PRIVMSG ana :perdón\n");
    CHECK(of.answer(of.ana, "UNMUTE luis") == ":irc.test NOTICE ana :Lifted: nick:luis\n");
    of.luis.sends("PRIVMSG #sala :hola");
    CHECK(of.ana.hears().contains("PRIVMSG #sala :hola"));
}

TEST_CASE("the lists tell whom, until when, by whom and why, each of its own") {
    house of;
    of.ana.sends("BAN 198.51.100.7 2d :uno");
    of.ana.sends("MUTE nick:x*");
    CHECK(of.answer(of.ana, "BANS") ==
          ":irc.test NOTICE ana :Ban: 198.51.100.7, until 2026-03-03 12:00 UTC, by ana. uno\n"
          ":irc.test NOTICE ana :End of the list\n");
    CHECK(of.answer(of.ana, "MUTES") == ":irc.test NOTICE ana :Mute: nick:x*, for good, by ana. -\n"
                                        ":irc.test NOTICE ana :End of the list\n");
}

TEST_CASE("KLINE, DLINE and ZLINE have the time in front, and masks as they have them") {
    house of;
    CHECK(of.answer(of.ana, "KLINE 60 *@198.51.100.7 :x").contains("Ban: 198.51.100.7, until"));
    CHECK(of.answer(of.ana, "DLINE 198.51.100.0/24 :x").contains("Ban: 198.51.100.0/24, for good"));
    CHECK(of.answer(of.ana, "KLINE spam*!*@* :x").contains("Ban: nick:spam*, for good"));
    CHECK(of.answer(of.ana, "UNKLINE *@198.51.100.7").contains("Lifted: 198.51.100.7"));
    CHECK(of.answer(of.ana, "UNDLINE 198.51.100.0/24").contains("Lifted: 198.51.100.0/24"));
    CHECK(of.answer(of.ana, "UNZLINE 198.51.100.0/24").contains("FAIL UNZLINE NOT_ON_LIST"));
}

TEST_CASE("others may do nothing of it, and are told why") {
    house of;
    for (const char* const line : {"BAN ana", "MUTE ana", "UNBAN x", "UNMUTE x", "BANS", "MUTES",
                                   "KLINE 192.0.2.1", "DLINE 192.0.2.1"}) {
        CHECK(of.answer(of.luis, line) ==
              ":irc.test 481 luis :Permission denied: you're not an IRC operator\n");
    }
    CHECK(of.answer(of.ana, "BAN ana").contains("FAIL BAN TARGET_IS_OPERATOR"));
    CHECK(of.answer(of.ana, "BAN 0.0.0.0/0").contains("FAIL BAN TARGET_TOO_BROAD"));
    CHECK(of.answer(of.ana, "BAN *").contains("FAIL BAN TARGET_TOO_BROAD"));
    CHECK(of.answer(of.ana, "BAN #sala").contains("FAIL BAN INVALID_PARAMS"));
    CHECK(of.answer(of.ana, "BAN account:nadie").contains("FAIL BAN NO_SUCH_ACCOUNT"));
    CHECK(of.answer(of.ana, "BAN address:nadie").contains(" 401 "));
}

TEST_CASE("times are read as operators type them, and nonsense is none") {
    using irc::read_duration;
    CHECK(read_duration("30") == std::chrono::minutes{30});
    CHECK(read_duration("1d12h") == std::chrono::hours{36});
    CHECK(read_duration("90s") == std::chrono::seconds{90});
    for (const std::string_view wrong :
         {"", "0", "-1", "x", "1x", "h", "1.5h", "11y", "99999999999999999999"}) {
        CAPTURE(std::string(wrong));
        CHECK_FALSE(read_duration(wrong));
    }
}

TEST_CASE("a time that nobody can read begins no sanction for good") {
    house of;
    for (const std::string_view line : {"MUTE luis 11y", "BAN luis 1x :por spam", "KLINE 11y luis",
                                        "DLINE 5q 192.0.2.9 x", "WORDS ADD malo mute 11y"}) {
        CAPTURE(line);
        const std::string answer = of.answer(of.ana, line);
        const std::string verb(line.substr(0, line.find(' ')));
        CHECK(answer.starts_with(":irc.test FAIL " + verb + " INVALID_PARAMS "));
        CHECK(answer.contains(" is no time: write 30m, 2h, 7d or 1d12h, of 10 years at most\n"));
    }
    CHECK(of.answer(of.ana, "MUTES") == ":irc.test NOTICE ana :End of the list\n");
    CHECK(of.answer(of.ana, "BANS") == ":irc.test NOTICE ana :End of the list\n");
}

TEST_CASE("a reason is one that begins with no digit, or has blanks in one parameter") {
    house of;
    CHECK(of.answer(of.ana, "MUTE luis xx yy").contains(" xx yy\n"));
    CHECK(of.answer(of.ana, "MUTE luis :2 avisos ya").contains(" 2 avisos ya\n"));
    CHECK(of.answer(of.ana, "DLINE 198.51.100.0/24 spam").contains("198.51.100.0/24"));
}

TEST_CASE("a mute of a name that nobody has is told as such") {
    house of;
    CHECK(of.answer(of.ana, "MUTE noexiste 1h")
              .ends_with(":irc.test NOTICE ana :Nobody called noexiste is here: it holds for "
                         "whoever comes under "
                         "that name\n"));
    for (const std::string_view line : {"MUTE luis 1h", "MUTE nick:no* 1h", "MUTE 192.0.2.0/24"}) {
        CAPTURE(line);
        CHECK_FALSE(of.answer(of.ana, line).contains("Nobody called"));
    }
}
