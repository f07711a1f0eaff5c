// SPDX-License-Identifier: Apache-2.0
// Holes that other servers had, each a test: who has no right to a room reads nothing of it by any
// path, and a login is whose password it was.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

constexpr std::string_view modern =
    "standard-replies message-tags server-time batch labeled-response echo-message "
    "draft/chathistory "
    "draft/event-playback draft/read-marker draft/metadata-3 draft/search draft/message-redaction "
    "draft/message-edit draft/channel-rename extended-monitor away-notify";

// #sala is Ana's, hidden, and Luis is in it; Eva has an account and no business there.
struct scene {
    conversation server;
    client& ana = server.registers("ana", modern);
    client& luis = server.registers("luis", modern);
    client& eva = server.registers("eva", modern);

    scene() {
        for (client* const one : {&ana, &luis, &eva}) {
            one->sends("PRIVMSG NickServ :REGISTER uno");
        }
        ana.sends("JOIN #sala");
        luis.sends("JOIN #sala");
        ana.sends("TOPIC #sala :secreto").sends("METADATA #sala SET url :secreto");
        ana.sends("PRIVMSG #sala :secreto").sends("INVITE luis #sala");
        ana.sends("MODE #sala +s");
        server.nobody_hears();
    }
    std::string answer(client& to, std::string_view line) {
        server.nobody_hears();
        to.sends(line);
        return to.hears();
    }
};

std::string with(std::string_view text, std::string_view what, std::string_view by) {
    std::string made(text);
    for (std::size_t at = made.find(what); at != std::string::npos;
         at = made.find(what, at + by.size())) {
        made.replace(at, what.size(), by);
    }
    return made;
}

// Every line that names a room and does not go into it.
constexpr std::string_view lines[] = {
    "NAMES #sala",
    "WHO #sala",
    "WHO #sala %tcuihsnflar,7",
    "LIST #sala",
    "LIST #sal*",
    "LIST >0,secreto",
    "MODE #sala",
    "MODE #sala b",
    "MODE #sala +b eva",
    "MODE #sala +o eva",
    "TOPIC #sala",
    "TOPIC #sala :x",
    "INVITE #sala",
    "INVITE luis #sala",
    "INVITE eva #sala",
    "UNINVITE luis #sala",
    "KICK #sala ana",
    "PART #sala",
    "PRIVMSG #sala :x",
    "NOTICE #sala :x",
    "PRIVMSG @#sala :x",
    "@+typing=active TAGMSG #sala",
    "@+draft/react=x TAGMSG #sala",
    "CHATHISTORY LATEST #sala * 10",
    "CHATHISTORY BEFORE #sala timestamp=2100-01-01T00:00:00.000Z 10",
    "CHATHISTORY AFTER #sala timestamp=2000-01-01T00:00:00.000Z 10",
    "CHATHISTORY AROUND #sala timestamp=2000-01-01T00:00:00.000Z 10",
    "CHATHISTORY BETWEEN #sala timestamp=2000-01-01T00:00:00.000Z "
    "timestamp=2100-01-01T00:00:00.000Z "
    "10",
    "SEARCH in=#sala;text=secreto",
    "MARKREAD #sala",
    "MARKREAD #sala timestamp=2000-01-01T00:00:00.000Z",
    "METADATA #sala LIST",
    "METADATA #sala GET url",
    "METADATA #sala SYNC",
    "METADATA #sala SET url :x",
    "METADATA #sala CLEAR",
    "ACCESS #sala",
    "ACCESS #sala ADD eva owner",
    "ACCESS #sala DEL ana",
    "ACCESS #sala TRANSFER eva",
    "ACCESS #sala REGISTER",
    "RENAME #sala #otra",
    "PRIVMSG ChanServ :INFO #sala",
    "PRIVMSG ChanServ :ACCESS #sala",
    "PRIVMSG ChanServ :REGISTER #sala",
    "PRIVMSG ChanServ :OP #sala",
    "PRIVMSG ChanServ :KICK #sala ana",
    "PRIVMSG ChanServ :BAN #sala ana",
    "PRIVMSG ChanServ :INVITE #sala",
    "PRIVMSG ChanServ :TRANSFER #sala eva",
    "PRIVMSG ChanServ :DROP #sala #sala"};

} // namespace

TEST_CASE("a hidden room answers every line of a stranger as one that does not exist") {
    scene at;
    for (const std::string_view line : lines) {
        CAPTURE(line);
        const std::string hidden = at.answer(at.eva, line);
        CHECK(with(hidden, "#sala", "#nada") == at.answer(at.eva, with(line, "#sala", "#nada")));
        CHECK_FALSE(hidden.contains("secreto"));
    }
}

TEST_CASE("who was put out of a hidden room is a stranger to it") {
    scene at;
    at.ana.sends("ACCESS #sala DEL luis").sends("KICK #sala luis");
    for (const std::string_view line : lines) {
        CAPTURE(line);
        CHECK(with(at.answer(at.luis, line), "#sala", "#nada") ==
              at.answer(at.luis, with(line, "#sala", "#nada")));
    }
}

TEST_CASE("private-channel metadata and secret rooms are in no answer about people") {
    scene at;
    for (const std::string_view line :
         {"WHOIS ana", "WHOIS ana ana", "WHOWAS ana", "WHO ana", "WHO *", "NAMES", "LIST",
          "USERHOST ana", "ISON ana", "METADATA ana LIST", "METADATA * SYNC", "INVITE",
          "PRIVMSG NickServ :INFO ana", "PRIVMSG NickServ :SESSIONS",
          "CHATHISTORY TARGETS timestamp=2000-01-01T00:00:00.000Z "
          "timestamp=2100-01-01T00:00:00.000Z 10",
          "SEARCH text=secreto", "MONITOR + ana", "MONITOR S"}) {
        CAPTURE(line);
        const std::string heard = at.answer(at.eva, line);
        CHECK_FALSE(heard.contains("#sala"));
        CHECK_FALSE(heard.contains("secreto"));
    }
}

TEST_CASE("a room for the invited shows its name and topic, and nothing that was said or kept") {
    scene at;
    at.ana.sends("MODE #sala -s+i");
    for (const std::string_view line :
         {"CHATHISTORY LATEST #sala * 10", "SEARCH in=#sala;text=secreto", "METADATA #sala LIST",
          "METADATA #sala GET url", "ACCESS #sala", "INVITE #sala", "MARKREAD #sala",
          "MODE #sala b"}) {
        CAPTURE(line);
        CHECK_FALSE(at.answer(at.eva, line).contains("secreto"));
    }
    CHECK(at.answer(at.eva, "JOIN #sala").contains(" 473 "));
}

TEST_CASE("what happens in a hidden room is heard by its members alone") {
    scene at;
    at.eva.sends("MONITOR + ana,luis").sends("METADATA * SUB url");
    at.server.nobody_hears();
    at.ana.sends("PRIVMSG #sala :secreto").sends("TOPIC #sala :otro").sends("MODE #sala +v luis");
    at.ana.sends("METADATA #sala SET url :otro").sends("INVITE pia #sala");
    at.ana.sends("ACCESS #sala ADD luis operator").sends("RENAME #sala #patio");
    at.luis.sends("PART #patio");
    CHECK(at.eva.hears().empty());
}

TEST_CASE("the password of a room is shown to its members alone") {
    scene at;
    at.ana.sends("MODE #sala -s+k clave");
    CHECK_FALSE(at.answer(at.eva, "MODE #sala").contains("clave"));
    CHECK_FALSE(at.answer(at.eva, "PRIVMSG ChanServ :INFO #sala").contains("clave"));
    CHECK(at.answer(at.luis, "MODE #sala").contains("clave"));
}

TEST_CASE("PLAIN does not authenticate as one and open the session of another") {
    scene at;
    client& pia = at.server.registers("pia", "sasl");
    pia.sends("AUTHENTICATE PLAIN");
    at.server.nobody_hears();
    pia.sends("AUTHENTICATE bHVpcwBhbmEAdW5v"); // luis, ana, uno
    CHECK(pia.hears().contains(" 904 "));
    CHECK(at.answer(pia, "WHOIS pia").contains(" 330 ") == false);
}

TEST_CASE("a suspended account is opened by no way") {
    scene at;
    at.server.server_does(
        chat::suspend_account{{"luis", "luis", 0, true}, true, chat::authority::machine});
    client& pia = at.server.registers("pia", "sasl standard-replies");
    CHECK(at.answer(pia, "PRIVMSG NickServ :IDENTIFY luis uno").contains("suspended"));
    pia.sends("AUTHENTICATE PLAIN");
    at.server.nobody_hears();
    pia.sends("AUTHENTICATE AGx1aXMAdW5v"); // luis, uno
    CHECK(pia.hears().contains(" 904 "));
    CHECK(at.answer(pia, "REGISTER luis * uno").contains("ACCOUNT_EXISTS"));
    CHECK(at.answer(pia, "NICK luis").contains(" 433 "));
    CHECK(at.answer(at.ana, "ACCESS #sala TRANSFER luis").contains("ACCOUNT_SUSPENDED"));
}

TEST_CASE("bytes without an end of line are taken and forgotten, not turned over again") {
    conversation server;
    client& ana = server.registers("ana");
    for (int i = 0; i < 100; ++i) {
        ana.sends_bytes(std::string(1'000, '\x16'));
        CHECK(ana.waiting() == 0);
    }
    ana.sends_bytes("\r\nPING x\r\n");
    CHECK(ana.hears() == ":irc.test 417 ana :Input line was too long\n"
                         ":irc.test PONG irc.test :x\n");
}

// A captcha, or a code, that some way round does not ask for.
TEST_CASE("where registration takes a code, no way leads round it") {
    irc::settings rules = conversation::quiet();
    rules.registration = session::registration::by_code;
    conversation server(rules);
    client& ana = server.arrives();
    ana.sends("CAP REQ standard-replies").sends("NICK ana").sends("REGISTER * * uno");
    CHECK(ana.hears().contains("INVITATION_REQUIRED"));
    ana.sends("CODE :").sends("REGISTER * * uno");
    CHECK_FALSE(ana.hears().contains("SUCCESS"));
    ana.sends("USER a 0 * :A").sends("CAP END").sends("JOIN #sala");
    for (const std::string line :
         {"REGISTER * * uno", "REGISTER ana * uno", "NS REGISTER uno", "NS REGISTER uno dos",
          "PRIVMSG NickServ :REGISTER uno", "PRIVMSG NickServ :REGISTER uno ''"}) {
        CAPTURE(line);
        server.nobody_hears();
        ana.sends(line);
        CHECK_FALSE(ana.hears().contains("is yours"));
    }
    ana.sends("WHOIS ana");
    CHECK_FALSE(ana.hears().contains(" 330 "));
}
