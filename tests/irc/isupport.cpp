// SPDX-License-Identifier: Apache-2.0
// The welcome whole, and ISUPPORT complete and true: each limit is reached by who tries.
#include "base/limits.hpp"
#include "irc/conversation.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <sstream>
#include <string>
#include <vector>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> found;
    std::istringstream from(text);
    for (std::string line; std::getline(from, line);) {
        found.push_back(line);
    }
    return found;
}

} // namespace

TEST_CASE("who registers is greeted so") {
    conversation server;
    client& ana = server.arrives();
    ana.sends("NICK ana").sends("USER ana 0 * :Ana Real");
    CHECK(ana.hears() ==
          ":irc.test 001 ana :Welcome to the Tertulia network, ana!~ana@example.org\n"
          ":irc.test 002 ana :Your host is irc.test, running version tertulia-1\n"
          ":irc.test 003 ana :This server was started 2026-03-01T12:00:00.000Z\n"
          ":irc.test 004 ana irc.test tertulia-1 Bio beIklHWimnstCRMqaohv beIklHWqaohv\n"
          ":irc.test 005 ana ACCOUNTEXTBAN=a AWAYLEN=200 BOT=B CASEMAPPING=ascii CHANLIMIT=#:100 "
          "CHANMODES=beI,k,lHW,imnstCRM CHANNELLEN=64 CHANTYPES=# CHATHISTORY=200 ELIST=CMNTU "
          "EXCEPTS=e EXTBAN=,amtz INVEX=I :are supported by this server\n"
          ":irc.test 005 ana KEYLEN=32 KICKLEN=307 MAXLIST=b:100,e:100,I:100 MODES=12 "
          "MONITOR=100 MSGREFTYPES=msgid,timestamp NAMELEN=150 NETWORK=Tertulia NICKLEN=32 "
          "PREFIX=(qaohv)~&@%+ SAFELIST SILENCE=64 STATUSMSG=~&@%+ "
          ":are supported by this server\n"
          ":irc.test 005 ana "
          "TARGMAX=JOIN:32,PART:32,NAMES:32,LIST:32,KICK:32,WHOIS:32,WHOWAS:32,PRIVMSG:4,"
          "NOTICE:4,TAGMSG:4 TOPICLEN=390 USERLEN=16 UTF8ONLY WHOX :are supported by this "
          "server\n"
          ":irc.test 251 ana :There are 1 users and 0 invisible on 1 server\n"
          ":irc.test 255 ana :I have 1 clients and 0 servers\n"
          ":irc.test 265 ana 1 1 :Current users 1, max 1\n"
          ":irc.test 266 ana 1 1 :Current users 1, max 1\n"
          ":irc.test 422 ana :There is no message of the day\n");
}

TEST_CASE("however long the names, no line of ISUPPORT is cut or has too many parameters") {
    irc::settings rules = conversation::quiet();
    rules.server_name = std::string(63, 's');
    rules.network_name = std::string(63, 'n');
    conversation server(rules);
    std::string longest;
    while (longest.size() < base::limits::nickname_size_max) {
        longest += "𐐨"; // four bytes
    }
    client& one = server.registers(longest);
    one.sends("VERSION");
    const std::vector<std::string> lines = lines_of(one.hears());
    REQUIRE(lines.size() > 2);
    for (const std::string& line : lines | std::views::drop(1)) {
        CHECK(line.size() <= 510);
        CHECK(line.ends_with(" :are supported by this server"));
        CHECK(std::ranges::count(line.substr(0, line.find(" :")), ' ') <= 2 + 13);
    }
}

TEST_CASE("NICKLEN and CHANNELLEN count characters") {
    conversation server;
    client& ana = server.registers("ana");
    std::string name;
    for (int character = 0; character < 32; ++character) {
        name += "ñ";
    }
    ana.sends("NICK " + name).sends("NICK " + name + "ñ");
    CHECK(ana.hears() == ":ana!~ana@example.org NICK " + name + "\n" + ":irc.test 432 " + name +
                             " " + name + "ñ :Erroneous nickname\n");
    ana.sends("JOIN #" + name + name.substr(2));
    CHECK(ana.hears().contains(" JOIN #" + name + name.substr(2) + "\n"));
    ana.sends("JOIN #" + name + name);
    CHECK(ana.hears().contains(" 479 "));
}

TEST_CASE("CASEMAPPING: letters fold, brackets and tildes do not") {
    conversation server;
    client& ana = server.registers("[ana]");
    client& luis = server.registers("{ana}");
    luis.sends("PRIVMSG [ANA] :hola");
    CHECK(ana.hears() == ":{ana}!~ana@example.org PRIVMSG [ana] :hola\n");
    CHECK(luis.hears().empty());
}

TEST_CASE("KEYLEN, KICKLEN, USERLEN and NAMELEN are kept to") {
    conversation server;
    client& ana = server.registers("ana");
    client& luis = server.arrives();
    luis.sends("NICK luis")
        .sends("USER " + std::string(20, 'u') + " 0 * :" + std::string(151, 'r'));
    ana.sends("JOIN #sala").sends("MODE #sala +k " + std::string(32, 'k'));
    luis.sends("JOIN #sala " + std::string(32, 'k'));
    server.nobody_hears();
    ana.sends("WHOIS luis").sends("KICK #sala luis :" + std::string(308, 'x'));
    const std::string heard = ana.hears();
    CHECK(heard.starts_with(":irc.test 311 ana luis ~" + std::string(15, 'u') +
                            " example.org * :" + std::string(150, 'r') + "\n"));
    CHECK(heard.ends_with(" KICK #sala luis :" + std::string(307, 'x') + "\n"));
}

TEST_CASE("MODES: so many changes with a parameter are taken from one line") {
    conversation server;
    client& ana = server.registers("ana");
    ana.sends("JOIN #sala");
    server.nobody_hears();
    ana.sends("MODE #sala +bbbbbbbbbbbbb 1 2 3 4 5 6 7 8 9 10 11 12 13");
    CHECK(ana.hears() == ":ana!~ana@example.org MODE #sala +bbbbbbbbbbbb 1!*@* 2!*@* 3!*@* 4!*@* "
                         "5!*@* 6!*@* 7!*@* 8!*@* 9!*@* 10!*@* 11!*@* 12!*@*\n");
}

TEST_CASE("clients are told where files go, by the draft's name and by the older one") {
    irc::settings rules = conversation::quiet();
    rules.file_host = "https://chat.example.org/upload";
    conversation server(rules);
    client& ana = server.arrives();
    ana.sends("NICK ana").sends("USER ana 0 * :Ana Real");
    const std::string heard = ana.hears();
    CHECK(heard.contains(" draft/FILEHOST=https://chat.example.org/upload "));
    CHECK(heard.contains(" soju.im/FILEHOST=https://chat.example.org/upload "));
}
