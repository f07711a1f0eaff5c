// SPDX-License-Identifier: Apache-2.0
// REDACT and EDIT: who hears what, what is looked up, and how it is refused.
#include "base/limits.hpp"
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

constexpr std::string_view modern = "message-tags echo-message standard-replies batch "
                                    "labeled-response draft/message-redaction draft/message-edit";

// Ana, who made it, and Luis sit in #sala; the reader knows what Luis said.
struct talk {
    talk()
        : ana(server.registers("ana", modern)), luis(server.registers("luis", modern)),
          eva(server.registers("eva")), tags(server.registers("tags", "message-tags")) {
        ana.sends("JOIN #sala");
        for (client* const one : {&luis, &eva, &tags}) {
            one->sends("JOIN #sala");
        }
        server.nobody_hears();
        server.reader = [this](const session::read_query& what) -> session::read_answer {
            const auto& asked = std::get<session::message_query>(what);
            looked_up = asked.number.value;
            if (broken) {
                return session::read_failed{};
            }
            const bool there = asked.number.value == number;
            return session::message_answer{
                there ? std::optional(chat::message_facts{asked.conversation, {number}, {author}})
                      : std::nullopt};
        };
    }
    // The person that a nickname is, as the heart numbered her: the second session's first entry.
    void luis_said_something() {
        luis.sends("PRIVMSG #sala :hola");
        msgid = luis.hears_exactly();
        msgid = msgid.substr(msgid.find("msgid=") + 6, msgid.find(' ') - 7);
        number = *tokens.number(msgid);
        server.nobody_hears();
    }

    conversation server;
    client& ana;
    client& luis;
    client& eva;
    client& tags;
    crypto::message_tokens tokens{"0123456789abcdef"};
    std::uint64_t number = 0;
    std::uint64_t author = 2; // luis: the second who connected
    std::uint64_t looked_up = 0;
    std::string msgid;
    bool broken = false;
};

} // namespace

TEST_CASE("a redaction is heard by those who negotiated it, and by nobody else") {
    talk sala;
    sala.luis_said_something();
    sala.luis.sends(fmt::format("REDACT #SALA {} :perdón", sala.msgid));
    CHECK(sala.looked_up == sala.number);
    const std::string line =
        fmt::format("@msgid=* :luis!~luis@example.org REDACT #sala {} :perdón\n", sala.msgid);
    CHECK(sala.ana.hears() == line);
    CHECK(sala.luis.hears() == line);
    CHECK(sala.eva.hears().empty());
    CHECK(sala.tags.hears().empty());
}

TEST_CASE("an operator redacts what others said, without a reason too, and with a label") {
    talk sala;
    sala.luis_said_something();
    sala.ana.sends(fmt::format("@label=7 REDACT #sala {}", sala.msgid));
    CHECK(sala.ana.hears() ==
          fmt::format("@label=7;msgid=* :ana!~ana@example.org REDACT #sala {}\n", sala.msgid));
    CHECK(sala.luis.hears() ==
          fmt::format("@msgid=* :ana!~ana@example.org REDACT #sala {}\n", sala.msgid));
}

TEST_CASE("what may not be redacted is refused as the draft says") {
    talk sala;
    sala.luis_said_something();
    const auto fails = [&](client& who, std::string_view target, std::string_view id) {
        who.sends(fmt::format("REDACT {} {}", target, id));
        return who.hears();
    };
    const std::string start = ":irc.test FAIL REDACT ";
    sala.author = 99;
    CHECK(fails(sala.luis, "#sala", sala.msgid) ==
          fmt::format("{}REDACT_FORBIDDEN #sala {} :You are not authorised to delete this "
                      "message\n",
                      start, sala.msgid));
    CHECK(fails(sala.luis, "#otra", sala.msgid) ==
          start + "INVALID_TARGET #otra :You cannot delete messages from there\n");
    const std::string unknown = sala.server.msgid(sala.number + 1);
    CHECK(fails(sala.luis, "#sala", unknown) ==
          fmt::format("{}UNKNOWN_MSGID #sala {} :This message does not exist or is too old\n",
                      start, unknown));
    CHECK(fails(sala.luis, "#sala", "invented") ==
          start + "UNKNOWN_MSGID #sala invented :This message does not exist or is too old\n");
    sala.broken = true;
    CHECK(fails(sala.luis, "#sala", sala.msgid) ==
          start + "MESSAGE_ERROR #sala :Messages could not be retrieved, please try again\n");
    CHECK(sala.ana.hears().empty());
}

TEST_CASE("who did not negotiate it does not know the verb") {
    talk sala;
    sala.luis_said_something();
    sala.eva.sends(fmt::format("REDACT #sala {}", sala.msgid)).sends("EDIT #sala");
    CHECK(sala.eva.hears() == ":irc.test 421 eva REDACT :Unknown command\n"
                              ":irc.test 421 eva EDIT :Unknown command\n");
    CHECK(sala.looked_up == 0);
}

TEST_CASE("further lines wait until the message has been looked up") {
    talk sala;
    sala.luis_said_something();
    sala.server.reader_holds();
    sala.luis.sends(fmt::format("REDACT #sala {}", sala.msgid)).sends("PING a");
    CHECK(sala.luis.hears().empty());
    sala.server.reader_goes_on();
    CHECK(sala.luis.hears() == fmt::format("@msgid=* :luis!~luis@example.org REDACT #sala {}\n"
                                           ":irc.test PONG irc.test :a\n",
                                           sala.msgid));
}

TEST_CASE("a redaction that cannot be taken now leaves nothing waiting") {
    talk sala;
    sala.luis_said_something();
    sala.server.core_refuses(chat::reason::busy);
    sala.luis.sends(fmt::format("REDACT #sala {}", sala.msgid));
    CHECK(sala.luis.hears().starts_with(":irc.test 263 luis REDACT :"));
    sala.server.core_refuses(std::nullopt);
    sala.luis.sends("PING a");
    CHECK(sala.luis.hears() == ":irc.test PONG irc.test :a\n");
}

TEST_CASE("an edit is heard with its message and text, and by others as a message with a mark") {
    talk sala;
    sala.luis_said_something();
    sala.luis.sends(fmt::format(
        "@draft/target-msgid={};draft/edit-text=adiós\\sa\\:todos EDIT #sala", sala.msgid));
    const std::string line = fmt::format("@msgid=*;draft/target-msgid={};draft/edit-text=adiós\\s"
                                         "a\\:todos :luis!~luis@example.org EDIT #sala\n",
                                         sala.msgid);
    CHECK(sala.ana.hears() == line);
    CHECK(sala.luis.hears() == line);
    CHECK(sala.eva.hears() == ":luis!~luis@example.org PRIVMSG #sala :adiós a;todos (edited)\n");
    CHECK(sala.tags.hears() ==
          "@msgid=* :luis!~luis@example.org PRIVMSG #sala :adiós a;todos (edited)\n");
}

TEST_CASE("a message can be edited to several lines, which others hear one by one") {
    talk sala;
    client& lines = sala.server.registers("lines", "batch draft/multiline");
    lines.sends("JOIN #sala");
    sala.luis_said_something();
    sala.luis.sends(
        fmt::format("@draft/target-msgid={};draft/edit-text=uno\\n\\ndos EDIT #sala", sala.msgid));
    CHECK(sala.ana.hears() == fmt::format("@msgid=*;draft/target-msgid={};draft/edit-text=uno\\n"
                                          "\\ndos :luis!~luis@example.org EDIT #sala\n",
                                          sala.msgid));
    CHECK(sala.eva.hears() == ":luis!~luis@example.org PRIVMSG #sala :uno\n"
                              ":luis!~luis@example.org PRIVMSG #sala :dos (edited)\n");
    CHECK(lines.hears() == ":luis!~luis@example.org BATCH +m draft/multiline #sala\n"
                           "@batch=m :luis!~luis@example.org PRIVMSG #sala :uno\n"
                           "@batch=m :luis!~luis@example.org PRIVMSG #sala :\n"
                           "@batch=m :luis!~luis@example.org PRIVMSG #sala :dos (edited)\n"
                           ":irc.test BATCH -m\n");
}

TEST_CASE("an edit that is too long for a line comes to old clients in several") {
    talk sala;
    sala.luis_said_something();
    sala.luis.sends(fmt::format("@draft/target-msgid={};draft/edit-text={} EDIT #sala", sala.msgid,
                                std::string(600, 'x')));
    const std::string heard = sala.eva.hears();
    CHECK(std::ranges::count(heard, '\n') == 2);
    CHECK(heard.find('\n') < base::limits::line_size_max);
    CHECK(heard.ends_with("x (edited)\n"));
}

TEST_CASE("what may not be edited is refused") {
    talk sala;
    sala.luis_said_something();
    const auto fails = [&](client& who, std::string_view text, std::string_view target = "#sala") {
        who.sends(fmt::format("@draft/target-msgid={};draft/edit-text={} EDIT {}", sala.msgid, text,
                              target));
        return who.hears();
    };
    const std::string start = ":irc.test FAIL EDIT ";
    const std::string invalid =
        fmt::format("{}INVALID_EDIT #sala {} :Invalid edit text\n", start, sala.msgid);
    CHECK(fails(sala.luis, "") == invalid);
    CHECK(fails(sala.luis, "\\n\\n") == invalid);
    CHECK(fails(sala.luis, "a\\rb") == invalid);
    CHECK(fails(sala.luis, std::string(3'601, 'x')) == invalid);
    CHECK(fails(sala.ana, "x") ==
          fmt::format("{}EDIT_FORBIDDEN #sala {} :You are not authorised to edit this message\n",
                      start, sala.msgid));
    CHECK(fails(sala.luis, "x", "#otra") ==
          start + "INVALID_TARGET #otra :You cannot edit messages there\n");
    sala.ana.sends("MODE #sala +m");
    sala.server.nobody_hears();
    CHECK(fails(sala.luis, "x") == ":irc.test 404 luis #sala :Cannot send to channel\n");
}

TEST_CASE("in private a redaction is heard by the two") {
    talk sala;
    sala.luis.sends("PRIVMSG ana :hola");
    std::string heard = sala.luis.hears_exactly();
    sala.msgid = heard.substr(7, heard.find(' ') - 7);
    sala.number = *sala.tokens.number(sala.msgid);
    sala.server.nobody_hears();
    sala.luis.sends(fmt::format("REDACT Ana {}", sala.msgid));
    const std::string line =
        fmt::format("@msgid=* :luis!~luis@example.org REDACT ana {}\n", sala.msgid);
    CHECK(sala.ana.hears() == line);
    CHECK(sala.luis.hears() == line);
    CHECK(sala.tags.hears().empty());
}

TEST_CASE("what is refused late takes nothing from the change that was asked after it") {
    talk of;
    of.luis_said_something();
    client& mia = of.server.registers("mia", modern);
    mia.sends("JOIN #sala");
    of.server.nobody_hears();
    const std::string no =
        fmt::format(":irc.test FAIL REDACT REDACT_FORBIDDEN #sala {} :", of.msgid);
    mia.sends(fmt::format("REDACT #sala {0}\r\nREDACT #sala {0}", of.msgid));
    const std::string heard = mia.hears_exactly();
    CHECK(heard.starts_with(no));
    CHECK(heard.find(no, 1) != heard.npos);
    mia.sends(fmt::format("REDACT #sala {0}\r\n"
                          "@draft/target-msgid={0};draft/edit-text=x EDIT #sala\r\nPING after",
                          of.msgid));
    CHECK(mia.hears_exactly().contains("PONG"));
}
