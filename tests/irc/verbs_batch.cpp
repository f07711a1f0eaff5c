// SPDX-License-Identifier: Apache-2.0
// BATCH with draft/multiline: one message in several lines, and what is wrong with some.
#include "irc/conversation.hpp"
#include "irc/multiline.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <string_view>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

constexpr std::string_view modern =
    "draft/multiline batch message-tags echo-message standard-replies labeled-response";

// Ana writes in #sala; Luis knows such messages, Eva does not.
struct talk {
    talk()
        : ana(server.registers("ana", modern)), luis(server.registers("luis", modern)),
          eva(server.registers("eva", "message-tags")) {
        for (client* const one : {&ana, &luis, &eva}) {
            one->sends("JOIN #sala");
        }
        server.nobody_hears();
    }
    std::string hears(std::string_view line) {
        ana.sends(line);
        return ana.hears();
    }

    conversation server;
    client& ana;
    client& luis;
    client& eva;
};

constexpr std::string_view source = ":ana!~ana@example.org ";

} // namespace

TEST_CASE("a message in several lines is one message, and a batch for those who know them") {
    talk of;
    of.ana.sends("@+draft/reply=x BATCH +1 draft/multiline #sala")
        .sends("@batch=1 PRIVMSG #sala hola")
        .sends("@batch=1 PRIVMSG #sala :")
        .sends("@batch=1 privmsg #sala :qué ")
        .sends("@batch=1;draft/multiline-concat PRIVMSG #sala :tal");
    CHECK(of.luis.hears().empty());
    of.ana.sends("BATCH -1");
    const std::string batch = fmt::format("@msgid=*;+draft/reply=x {0}BATCH +m draft/multiline "
                                          "#sala\n@batch=m {0}PRIVMSG #sala :hola\n"
                                          "@batch=m {0}PRIVMSG #sala :\n"
                                          "@batch=m {0}PRIVMSG #sala :qué tal\n"
                                          ":irc.test BATCH -m\n",
                                          source);
    CHECK(of.luis.hears() == batch);
    CHECK(of.ana.hears() == batch);
    CHECK(of.eva.hears() ==
          fmt::format("@msgid=*;+draft/reply=x {0}PRIVMSG #sala :hola\n{0}PRIVMSG #sala :qué tal\n",
                      source));
}

TEST_CASE("the label of such a message stands on its batch alone") {
    talk of;
    of.ana.sends("@label=7 BATCH +1 draft/multiline #sala").sends("@batch=1 PRIVMSG #sala a");
    of.ana.sends("@batch=1 PRIVMSG #sala b");
    CHECK(of.ana.hears().empty());
    of.ana.sends("BATCH -1");
    CHECK(of.ana.hears() ==
          fmt::format("@label=7;msgid=* {0}BATCH +m draft/multiline #sala\n@batch=m {0}PRIVMSG "
                      "#sala :a\n@batch=m {0}PRIVMSG #sala :b\n:irc.test BATCH -m\n",
                      source));
}

TEST_CASE("the label of the line that ends such a message serves as well") {
    talk of;
    of.ana.sends("BATCH +1 draft/multiline #sala").sends("@batch=1 PRIVMSG #sala a");
    of.ana.sends("@label=8 BATCH -1");
    CHECK(of.ana.hears().starts_with("@label=8;msgid="));
}

TEST_CASE("a labelled message in several lines that is refused has the label on its refusal") {
    talk of;
    of.ana.sends("@label=7 BATCH +1 draft/multiline #sala").sends("@batch=1 PRIVMSG #otra a");
    CHECK(of.ana.hears().starts_with(
        "@label=7 :irc.test FAIL BATCH MULTILINE_INVALID_TARGET #sala #otra :"));
    of.ana.sends("BATCH -1");
    CHECK(of.ana.hears().empty());
}

TEST_CASE("a long line is cut between words, and put together again") {
    talk of;
    std::string long_text;
    for (int word = 0; word < 90; ++word) {
        long_text += "palabra ";
    }
    of.ana.sends("BATCH +1 draft/multiline #sala")
        .sends("@batch=1 PRIVMSG #sala :" + long_text.substr(0, 400))
        .sends("@batch=1;draft/multiline-concat PRIVMSG #sala :" + long_text.substr(400))
        .sends("BATCH -1");
    const std::string heard = of.luis.hears();
    CHECK(heard.contains("@batch=m;draft/multiline-concat "));
    const std::string lines = of.eva.hears();
    CHECK(lines.contains("palabra \n:ana!"));
    CHECK(lines.find("msgid=") == lines.rfind("msgid="));
}

TEST_CASE("a notice in several lines stays one, and none is answered") {
    talk of;
    of.ana.sends("BATCH +1 draft/multiline #sala").sends("@batch=1 NOTICE #sala a");
    of.ana.sends("@batch=1 NOTICE #sala b").sends("BATCH -1");
    CHECK(of.eva.hears() ==
          fmt::format("@msgid=* {0}NOTICE #sala :a\n{0}NOTICE #sala :b\n", source));
}

TEST_CASE("what is wrong with a batch is told once, and nobody hears it") {
    talk of;
    const auto fails = [](std::string_view what) {
        return fmt::format(":irc.test FAIL BATCH {}\n", what);
    };
    const std::string invalid = fails("MULTILINE_INVALID :Invalid multiline batch");
    const auto begins = [&of] { of.ana.sends("BATCH +1 draft/multiline #sala"); };
    begins();
    CHECK(of.hears("@batch=1 PRIVMSG #otra a") ==
          fails("MULTILINE_INVALID_TARGET #sala #otra :Invalid multiline target"));
    CHECK(of.hears("@batch=1 PRIVMSG #sala b").empty());
    CHECK(of.hears("BATCH -1").empty());
    begins();
    of.ana.sends("@batch=1 PRIVMSG #sala a");
    CHECK(of.hears("@batch=1 NOTICE #sala b") == invalid);
    CHECK(of.hears("BATCH -1").empty());
    begins();
    of.ana.sends("@batch=1 PRIVMSG #sala :a ");
    CHECK(of.hears("@batch=1;draft/multiline-concat PRIVMSG #sala :") == invalid);
    CHECK(of.hears("BATCH -1").empty());
    begins();
    of.ana.sends("@batch=1 PRIVMSG #sala :").sends("@batch=1 PRIVMSG #sala :");
    CHECK(of.hears("BATCH -1") ==
          fails("MULTILINE_INVALID :Invalid multiline batch with blank lines only"));
    CHECK(of.hears("BATCH -1") == invalid);
    CHECK(of.hears("@batch=1 PRIVMSG #sala a") == invalid);
    CHECK(of.hears("BATCH +1 netsplit #sala") == invalid);
    CHECK(of.hears("BATCH +1 draft/multiline") == invalid);
    CHECK(of.hears("BATCH +1 draft/multiline #sala,#otra") == invalid);
    CHECK(of.hears("BATCH + draft/multiline #sala") == invalid);
    CHECK(of.hears("BATCH 1") == invalid);
    CHECK(of.luis.hears().empty());
}

TEST_CASE("a batch has bounds") {
    talk of;
    of.ana.sends("BATCH +1 draft/multiline #sala");
    for (int line = 0; line < 64; ++line) {
        CHECK(of.hears("@batch=1 PRIVMSG #sala a").empty());
    }
    CHECK(of.hears("@batch=1 PRIVMSG #sala a") ==
          ":irc.test FAIL BATCH MULTILINE_MAX_LINES 64 :Multiline batch max-lines exceeded\n");
    of.ana.sends("BATCH -1").sends("BATCH +2 draft/multiline #sala");
    const std::string text(400, 'x');
    for (int line = 0; line < 10; ++line) {
        CHECK(of.hears("@batch=2 PRIVMSG #sala " + text).empty());
    }
    CHECK(of.hears("@batch=2 PRIVMSG #sala " + text) ==
          ":irc.test FAIL BATCH MULTILINE_MAX_BYTES 4096 :Multiline batch max-bytes exceeded\n");
    of.ana.sends("BATCH -2");
    CHECK(of.luis.hears().empty());
}

TEST_CASE("a batch that is not complete in time is forgotten") {
    talk of;
    of.ana.sends("BATCH +1 draft/multiline #sala").sends("@batch=1 PRIVMSG #sala a");
    of.server.waits(std::chrono::seconds(61));
    CHECK(of.hears("@batch=1 PRIVMSG #sala b") ==
          ":irc.test FAIL BATCH TIMEOUT 1 :The batch was left open for too long\n");
    CHECK(of.hears("BATCH -1").empty());
    of.ana.sends("BATCH +1 draft/multiline #sala").sends("@batch=1 PRIVMSG #sala a");
    of.server.waits(std::chrono::seconds(61));
    CHECK(of.hears("BATCH -1") ==
          ":irc.test FAIL BATCH TIMEOUT 1 :The batch was left open for too long\n");
    CHECK_FALSE(of.luis.hears().contains("PRIVMSG"));
}

TEST_CASE("who did not negotiate it does not know BATCH") {
    talk of;
    of.eva.sends("BATCH +1 draft/multiline #sala").sends("@batch=1 PRIVMSG #sala hola");
    CHECK(of.eva.hears() == ":irc.test 421 eva BATCH :Unknown command\n");
    CHECK(of.luis.hears() == "@msgid=* :eva!~eva@example.org PRIVMSG #sala :hola\n");
}

TEST_CASE("who may not speak is refused once") {
    talk of;
    of.ana.sends("MODE #sala +m");
    of.server.nobody_hears();
    of.luis.sends("BATCH +1 draft/multiline #sala").sends("@batch=1 PRIVMSG #sala a");
    of.luis.sends("@batch=1 PRIVMSG #sala b").sends("BATCH -1");
    CHECK(of.luis.hears() == ":irc.test 404 luis #sala :Cannot send to channel\n");
}

TEST_CASE("a text is cut behind its blanks, and never within a character") {
    using irc::pieces_of;
    const auto texts = [](std::string_view text, std::size_t room) {
        std::string all;
        for (const irc::message_piece& one : pieces_of(text, room)) {
            all += fmt::format("{}{}|", one.goes_on ? "+" : "", one.text);
        }
        return all;
    };
    CHECK(texts("hola", 10) == "hola|");
    CHECK(texts("a\n\nb", 10) == "a||b|");
    CHECK(texts("a\n", 10) == "a||");
    CHECK(texts("uno dos tres", 8) == "uno dos |+tres|");
    CHECK(texts("áááááá", 9) == "áááá|+áá|");
    CHECK(texts("          x", 8).size() > 0);
}
