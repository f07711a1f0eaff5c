// SPDX-License-Identifier: Apache-2.0
#include "irc/session.hpp"

#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace tertulia;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using std::string_view_literals::operator""sv;
using tests::client;
using tests::conversation;

namespace {

irc::settings limited() {
    irc::settings rules = conversation::quiet();
    rules.rate_limited = true;
    rules.burst = 3;
    rules.lines_per_second = 2;
    return rules;
}

std::size_t count(std::string_view text, std::string_view what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos;
         at = text.find(what, at + 1)) {
        ++found;
    }
    return found;
}

} // namespace

TEST_CASE("an idle session is small") { CHECK(sizeof(irc::session) <= 136); }

TEST_CASE("lines end in CR LF or LF alone, and empty ones mean nothing") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends_bytes("PING a\r\n\r\n\n   \r\nPING b\nPING c\r\n");
    CHECK(ana.hears() == ":irc.test PONG irc.test :a\n"
                         ":irc.test PONG irc.test :b\n"
                         ":irc.test PONG irc.test :c\n");
}

TEST_CASE("half a line waits for its end") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends_bytes("PING ho");
    CHECK(ana.hears().empty());
    CHECK(ana.waiting() == 7);
    ana.sends_bytes("la\r\n");
    CHECK(ana.hears() == ":irc.test PONG irc.test :hola\n");
    CHECK(ana.waiting() == 0);
}

TEST_CASE("verbs are known in any case of letters, and with a source before them") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("pInG a").sends(":ana!x@y PING :b");
    CHECK(ana.hears() == ":irc.test PONG irc.test :a\n:irc.test PONG irc.test :b\n");
}

TEST_CASE("an unknown verb is named in the reply") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("Bailar conmigo");
    CHECK(ana.hears() == ":irc.test 421 ana Bailar :Unknown command\n");
}

TEST_CASE("what a client typed stays one parameter of the reply") {
    conversation server;
    client& ana = server.registers("ana", "standard-replies");
    ana.sends("NICK :a b").sends("NICK ::ana").sends("CAP :").sends("JOIN :#a b");
    ana.sends("CHATHISTORY LATEST :a b").sends("NAMES :#a b").sends("WHO :a b");
    CHECK(ana.hears() == ":irc.test 432 ana * :Erroneous nickname\n"
                         ":irc.test 432 ana * :Erroneous nickname\n"
                         ":irc.test 410 ana * :Invalid CAP command\n"
                         ":irc.test 479 ana * :Illegal channel name\n"
                         ":irc.test FAIL CHATHISTORY INVALID_PARAMS LATEST * :Invalid parameters\n"
                         ":irc.test 366 ana * :End of /NAMES list\n"
                         ":irc.test 315 ana * :End of WHO list\n");
}

TEST_CASE("before registration most verbs have to wait") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("JOIN #lobby");
    CHECK(ana.hears() == ":irc.test 451 * :You have not registered\n");
}

TEST_CASE("after registration USER and PASS come too late") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("USER a 0 * :b").sends("PASS secret");
    CHECK(ana.hears() == ":irc.test 462 ana :You may not reregister\n"
                         ":irc.test 462 ana :You may not reregister\n");
}

TEST_CASE("too few parameters are too few") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("user a 0 *");
    CHECK(ana.hears() == ":irc.test 461 * USER :Not enough parameters\n");
}

TEST_CASE("a line of 512 bytes passes, one more is too many") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("PING :" + std::string(504, 'a'));
    CHECK(ana.hears().starts_with(":irc.test PONG irc.test :aaa"));
    ana.sends("PING :" + std::string(505, 'a')).sends("PING b");
    CHECK(ana.hears() == ":irc.test 417 ana :Input line was too long\n"
                         ":irc.test PONG irc.test :b\n");
}

TEST_CASE("tags of 4096 bytes pass, one more is too many") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("@" + std::string(4094, 'a') + " PING b");
    CHECK(ana.hears() == ":irc.test PONG irc.test :b\n");
    ana.sends("@" + std::string(4095, 'a') + " PING b");
    CHECK(ana.hears() == ":irc.test 417 ana :Input line was too long\n");
}

TEST_CASE("a megabyte without a line break is answered once and then forgotten") {
    conversation server;
    client& ana = server.registers("ana");
    for (int piece = 0; piece < 1024; ++piece) {
        ana.sends_bytes(std::string(1024, 'x'));
        CHECK(ana.waiting() <= 512);
    }
    ana.sends_bytes("\r\nPING b\r\n");
    CHECK(ana.hears() == ":irc.test 417 ana :Input line was too long\n"
                         ":irc.test PONG irc.test :b\n");
}

TEST_CASE("a line that is not UTF-8 is refused, as each client understands it") {
    conversation server;
    client& ana = server.registers("ana", "standard-replies");
    client& luis = server.registers("luis");
    ana.sends("PRIVMSG luis :\xff");
    luis.sends("PRIVMSG ana :\xc3");
    CHECK(ana.hears() ==
          ":irc.test FAIL PRIVMSG INVALID_UTF8 :Message rejected: this server takes UTF-8 only\n");
    CHECK(luis.hears() ==
          ":irc.test NOTICE luis :Message rejected: this server takes UTF-8 only\n");
}

TEST_CASE("a line that is not UTF-8 is refused with its label, unless that is not UTF-8 itself") {
    conversation server;
    client& ana = server.registers("ana", "labeled-response batch standard-replies");
    ana.sends("@label=1 away :\xff").sends("@label=\xff AWAY");
    const std::string refused =
        ":irc.test FAIL AWAY INVALID_UTF8 :Message rejected: this server takes UTF-8 only\n";
    CHECK(ana.hears() == "@label=1 " + refused + refused);
}

TEST_CASE("nasty bytes are one reply a line, and the next line passes") {
    constexpr std::string_view malformed =
        ":irc.test NOTICE ana :Line ignored: it has a NUL or a carriage return within, or no "
        "command\n";
    constexpr std::string_view not_utf8 =
        ":irc.test NOTICE ana :Message rejected: this server takes UTF-8 only\n";
    struct row {
        std::string_view sent, heard;
    };
    const row table[] = {
        {"\r\r\n"sv, malformed},
        {"\n\r\n"sv, ""},
        {"\0\r\n"sv, malformed},
        {"P\0NG a\r\n"sv, malformed},
        {"@\r\n"sv, malformed},
        {"@a\r\n"sv, malformed},
        {"@a \r\n"sv, malformed},
        {":\r\n"sv, malformed},
        {":a\r\n"sv, malformed},
        {":a \r\n"sv, malformed},
        {"\x01\x02\x7f\r\n"sv, malformed},
        {"PING\ta\r\n"sv, malformed},
        {"\xef\xbb\xbfPING a\r\n"sv, malformed}, // a byte-order mark
        {"\xff\xfe\r\n"sv, malformed},
        {"PING \xed\xa0\x80\r\n"sv, not_utf8},
        {"@a=\xff PING a\r\n"sv, not_utf8},
        {":\xff PING a\r\n"sv, not_utf8},
        {"PING \t\x1b[2J\r\n"sv, ":irc.test PONG irc.test :\t\x1b[2J\n"},
        {"001 ana :hola\r\n"sv, ":irc.test 421 ana 001 :Unknown command\n"},
    };
    for (const row& one : table) {
        conversation server;
        client& ana = server.registers("ana");
        CAPTURE(one.sent);
        ana.sends_bytes(one.sent).sends("PING z");
        CHECK(ana.hears() == std::string(one.heard) + ":irc.test PONG irc.test :z\n");
    }
}

TEST_CASE("a TLS hello on the plain door ends the connection at once") {
    conversation server;
    client& ana = server.arrives();
    ana.sends_bytes("\x16\x03\x01\x02\x00\x01"sv);
    CHECK(ana.hears() == "ERROR :This is not IRC\n");
    CHECK(ana.closed() == "This is not IRC");
    CHECK(ana.waiting() == 0);
}

TEST_CASE("a session may send a burst of lines, and then so many a second") {
    conversation server(limited());
    client& ana = server.arrives();
    ana.sends_bytes("PING a\r\nPING b\r\nPING c\r\nPING d\r\nPING e\r\n");
    CHECK(count(ana.hears(), "PONG") == 3);
    server.waits(499ms);
    CHECK(ana.hears().empty());
    server.waits(1ms);
    CHECK(ana.hears() == ":irc.test PONG irc.test :d\n");
    server.waits(500ms);
    CHECK(ana.hears() == ":irc.test PONG irc.test :e\n");
    CHECK(ana.waiting() == 0);
}

TEST_CASE("who has been silent for a while has the whole burst again, and no more") {
    conversation server(limited());
    client& ana = server.arrives();
    ana.sends_bytes("PING a\r\nPING b\r\nPING c\r\n");
    server.waits(10s);
    server.nobody_hears();
    ana.sends_bytes("PING a\r\nPING b\r\nPING c\r\nPING d\r\n");
    CHECK(count(ana.hears(), "PONG") == 3);
}

TEST_CASE("lines that are refused cost as much as others, empty ones nothing") {
    conversation server(limited());
    client& ana = server.arrives();
    ana.sends_bytes("\r\n\r\n\r\n\r\nPING \xff\r\nPING\rx\r\n" + std::string(600, 'x') +
                    "\r\nPING a\r\n");
    CHECK(count(ana.hears(), "\n") == 3);
    CHECK(ana.waiting() == 8);
}

TEST_CASE("who writes much faster than is taken is told once that it waits") {
    conversation server(limited());
    client& ana = server.registers("ana", "standard-replies");
    server.waits(10s);
    server.nobody_hears();
    std::string flood;
    for (int i = 0; i < 20; ++i) {
        flood += "PING x\r\n";
    }
    ana.sends_bytes(flood);
    const std::string heard = ana.hears();
    CHECK(count(heard, "PONG") == 3);
    CHECK(count(heard, ":irc.test NOTE * FLOOD_CONTROL 9 :You write faster than is taken here") ==
          1);
    server.waits(9s);
    const std::string rest = ana.hears();
    CHECK(count(rest, "PONG") == 17);
    CHECK(count(rest, "NOTE") == 0);
}

TEST_CASE("a line with a NUL or a carriage return within is refused, and the next one is taken") {
    conversation server;
    client& ana = server.registers("ana", "standard-replies");
    server.nobody_hears();
    for (const std::string_view wrong : {"PING a\0b\r\n"sv, "PING a\rb\r\n"sv, ":ana\r\n"sv}) {
        ana.sends_bytes(wrong);
        CHECK(ana.hears().starts_with(":irc.test FAIL * MALFORMED_LINE :Line ignored"));
    }
    ana.sends_bytes("PING c\r\n");
    CHECK(ana.hears() == ":irc.test PONG irc.test :c\n");
}

TEST_CASE("a connection that does not register is closed in time") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("NICK ana");
    server.waits(29'999ms);
    CHECK_FALSE(ana.closed());
    server.waits(1ms);
    CHECK(ana.hears() == "ERROR :Registration timeout\n");
    CHECK(ana.closed() == "Registration timeout");
}

TEST_CASE("a client that is silent is asked, and given up when it does not answer") {
    conversation server;
    client& ana = server.registers("ana");
    server.waits(120s);
    CHECK(ana.hears() == "PING :irc.test\n");
    server.waits(59'999ms);
    CHECK_FALSE(ana.closed());
    server.waits(1ms);
    CHECK(ana.hears() == "ERROR :Ping timeout\n");
    CHECK(ana.closed() == "Ping timeout");
}

TEST_CASE("any line keeps a client alive") {
    conversation server;
    client& ana = server.registers("ana");
    server.waits(119s);
    ana.sends("PONG irc.test");
    server.waits(119s);
    CHECK(ana.hears().empty());
    server.waits(1s);
    CHECK(ana.hears() == "PING :irc.test\n");
    ana.sends("PONG irc.test");
    server.waits(119s);
    CHECK_FALSE(ana.closed());
}

TEST_CASE("half a line does not keep a client alive, whatever else happens") {
    conversation server;
    client& ana = server.registers("ana");
    client& luis = server.registers("luis");
    ana.sends_bytes("PING");
    for (int minute = 0; minute < 4; ++minute) {
        server.waits(60s);
        luis.sends("PRIVMSG ana :hola");
    }
    CHECK(ana.closed() == "Ping timeout");
}

TEST_CASE("input waits while too many commands are on their way") {
    conversation server;
    client& ana = server.registers("ana", "echo-message");
    server.core_holds();
    for (int line = 0; line < 200; ++line) {
        ana.sends("PRIVMSG ana :hola");
    }
    CHECK(ana.waiting() == 72 * std::string_view("PRIVMSG ana :hola\r\n").size());
    server.core_goes_on();
    CHECK(ana.waiting() == 0);
    CHECK(count(ana.hears(), "PRIVMSG") == 400);
}

TEST_CASE("a reply waits for the answers of the lines before it") {
    conversation server;
    client& ana = server.registers("ana");
    server.core_holds();
    ana.sends("AWAY :lunch").sends("PING a").sends("AWAY").sends("PING b");
    CHECK(ana.hears().empty());
    server.core_goes_on();
    CHECK(ana.hears() == ":irc.test 306 ana :You have been marked as being away\n"
                         ":irc.test PONG irc.test :a\n"
                         ":irc.test 305 ana :You are no longer marked as being away\n"
                         ":irc.test PONG irc.test :b\n");
}

TEST_CASE("labels count only for those who negotiated them and batches") {
    conversation server;
    client& ana = server.registers("ana", "labeled-response");
    client& luis = server.registers("luis", "labeled-response batch");
    ana.sends("@label=1 PING a");
    luis.sends("@label=1 PING a")
        .sends("@label= PING b")
        .sends("@label=" + std::string(65, 'x') + " PING c");
    CHECK(ana.hears() == ":irc.test PONG irc.test :a\n");
    CHECK(luis.hears() == "@label=1 :irc.test PONG irc.test :a\n"
                          ":irc.test PONG irc.test :b\n:irc.test PONG irc.test :c\n");
}

TEST_CASE(
    "a labelled line without an answer is acknowledged, and a refused one carries the label") {
    conversation server;
    client& ana = server.registers("ana", "labeled-response batch");
    ana.sends("@label=1 PONG x").sends("@label=2 BAILAR");
    CHECK(ana.hears() == "@label=1 :irc.test ACK\n"
                         "@label=2 :irc.test 421 ana BAILAR :Unknown command\n");
}

TEST_CASE("the server's last words end a session") {
    conversation server;
    client& ana = server.registers("ana");
    server.says_farewell("Server is shutting down");
    CHECK(ana.hears() == "ERROR :Server is shutting down\n");
    CHECK(ana.closed() == "Server is shutting down");
}

TEST_CASE("new settings count from the next line on") {
    conversation server;
    client& ana = server.registers("ana");
    irc::settings spanish = conversation::quiet();
    spanish.language = base::language::spanish;
    server.replaces_settings(spanish);
    ana.sends("BAILAR");
    CHECK(ana.hears() == ":irc.test 421 ana BAILAR :Orden desconocida\n");
}
