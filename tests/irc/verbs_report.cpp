// SPDX-License-Identifier: Apache-2.0
// ANNOUNCE, REPORT, REPORTS, MODLOG and SILENCE, as lines.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

// ana is the operator; luis and eva are guests.
struct house {
    conversation server;
    client& ana = server.registers("ana", "standard-replies");
    client& luis = server.registers("luis", "standard-replies");
    client& eva = server.registers("eva", "message-tags");

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

} // namespace

TEST_CASE("ANNOUNCE and WALLOPS are heard by all, of operators alone") {
    house of;
    for (const std::string verb : {"ANNOUNCE", "WALLOPS"}) {
        of.server.nobody_hears();
        of.ana.sends(verb + " :a las ocho");
        CHECK(of.luis.hears() == ":irc.test NOTICE luis :Announcement by ana: a las ocho\n");
        CHECK(of.ana.hears() == ":irc.test NOTICE ana :Announcement by ana: a las ocho\n");
        CHECK(of.answer(of.luis, verb + " :x").contains(" 481 luis "));
        CHECK(of.eva.hears().empty());
    }
}

TEST_CASE("a report reaches the operators who are there, and waits for the others") {
    house of;
    CHECK(of.answer(of.luis, "REPORT eva :insulta").contains("have your report (number 1)"));
    CHECK(of.ana.hears() ==
          ":irc.test NOTICE ana :Report 1, 2026-03-01T12:00:00.000Z: luis reports eva. insulta\n");
    CHECK(of.answer(of.eva, "PRIVMSG NickServ :REPORT luis miente").contains("(number 2)"));
    CHECK(of.answer(of.ana, "REPORTS").contains("eva reports luis. miente\n"));
    CHECK(of.answer(of.ana, "REPORTS CLOSE 2 hablado") ==
          ":irc.test NOTICE ana :Report 2 is closed\n");
    CHECK(of.answer(of.ana, "REPORTS CLOSE 2").contains("FAIL REPORTS NO_SUCH_REPORT 2 :"));
    CHECK(of.answer(of.ana, "REPORTS CLOSE x").contains("FAIL REPORTS INVALID_PARAMS :"));
}

TEST_CASE("a message is reported by its msgid") {
    house of;
    const std::string id = of.server.msgid(7);
    of.luis.sends("REPORT eva " + id + " :mira");
    CHECK(of.ana.hears().contains("luis reports eva msgid " + id + ". mira"));
    of.luis.sends("REPORT " + id + " :mira");
    CHECK(of.ana.hears().contains("luis reports msgid " + id + ". mira"));
}

TEST_CASE("reports of nobody, without a reason, and of those who may not read them") {
    house of;
    CHECK(of.answer(of.luis, "REPORT nadie :x").contains(" 401 luis nadie "));
    CHECK(of.answer(of.luis, "REPORT eva").contains(" 461 luis REPORT "));
    CHECK(of.answer(of.luis, "PRIVMSG NickServ :REPORT eva").contains("REPORT nickname reason"));
    CHECK(of.answer(of.luis, "PRIVMSG NickServ :REPORT nadie x").contains(":NickServ!"));
    CHECK(of.answer(of.luis, "REPORTS").contains(" 481 luis "));
    CHECK(of.answer(of.luis, "REPORTS CLOSE 1").contains(" 481 luis "));
    CHECK(of.answer(of.luis, "MODLOG").contains(" 481 luis "));
}

TEST_CASE("MODLOG tells what was done, the newest last, and goes back") {
    house of;
    of.ana.sends("BAN 198.51.100.7 1h :uno");
    of.ana.sends("MUTE nick:x* :dos");
    const std::string all = of.answer(of.ana, "MODLOG");
    CHECK(all.contains(" ana claim ana\n"));
    CHECK(all.contains(" ana ban 198.51.100.7 (until 2026-03-01 13:00 UTC): uno\n"));
    const std::string last = of.answer(of.ana, "MODLOG 1");
    CHECK(last.contains(" ana mute nick:x*: dos\n"));
    CHECK_FALSE(last.contains(" ban "));
    constexpr std::string_view head = ":irc.test NOTICE ana :";
    const std::string number = last.substr(head.size(), last.find(' ', head.size()) - head.size());
    CHECK(of.answer(of.ana, "MODLOG 1 " + number).contains(" ban "));
}

TEST_CASE("MODLOG tells whose message an operator took back, and which") {
    house of;
    of.luis.sends("JOIN #sala");
    of.eva.sends("JOIN #sala");
    of.server.nobody_hears();
    of.luis.sends("PRIVMSG #sala :insulto");
    of.server.reader = [](const session::read_query& what) -> session::read_answer {
        const auto& asked = std::get<session::message_query>(what);
        constexpr chat::person_id luis{2}; // the second who connected
        return session::message_answer{chat::message_facts{asked.conversation, asked.number, luis}};
    };
    const std::string heard = of.eva.hears_exactly();
    const std::size_t start = heard.find("msgid=") + std::string_view("msgid=").size();
    const std::string id = heard.substr(start, heard.find_first_of("; ", start) - start);
    of.ana.sends("CAP REQ draft/message-redaction");
    of.ana.sends("REDACT #sala " + id + " :insultos");
    CHECK(
        of.answer(of.ana, "MODLOG 1").contains(" redact #sala luis msgid " + id + ": insultos\n"));
}

TEST_CASE("nobody silences or reports herself") {
    house of;
    CHECK(of.answer(of.luis, "SILENCE +LUIS").contains("FAIL SILENCE INVALID_TARGET LUIS!*@* :"));
    CHECK(of.answer(of.luis, "SILENCE").starts_with(":irc.test 272 "));
    CHECK(of.answer(of.luis, "REPORT luis :x").contains("FAIL REPORT INVALID_TARGET luis :"));
    CHECK(of.answer(of.luis, "PRIVMSG NickServ :REPORT luis x").contains("That is you"));
    CHECK(of.answer(of.ana, "REPORTS").contains(":End of the list\n"));
}

TEST_CASE("SILENCE keeps somebody's private messages away, and lists whose") {
    house of;
    CHECK(of.answer(of.luis, "SILENCE +eva") == ":luis!~luis@example.org SILENCE +eva!*@*\n");
    CHECK(of.answer(of.luis, "SILENCE") == ":irc.test 271 luis luis eva!*@*\n"
                                           ":irc.test 272 luis :End of your silence list\n");
    CHECK(of.answer(of.eva, "PRIVMSG luis :hola").empty());
    CHECK(of.answer(of.eva, "@+draft/react=x TAGMSG luis").empty());
    CHECK(of.luis.hears().empty());
    CHECK(of.answer(of.luis, "SILENCE -eva").contains("SILENCE -eva!*@*"));
    of.eva.sends("PRIVMSG luis :hola");
    CHECK(of.luis.hears().contains("PRIVMSG luis :hola"));
    CHECK(of.answer(of.luis, "SILENCE +m:eva").contains("FAIL SILENCE INVALID_PARAMS"));
}
