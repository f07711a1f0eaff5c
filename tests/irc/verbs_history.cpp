// SPDX-License-Identifier: Apache-2.0
// CHATHISTORY: what is asked of the reader, what is made of its answer, what is refused.
#include "irc/conversation.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

using namespace tertulia;
using tests::client;
using tests::conversation;

namespace {

constexpr std::string_view historian =
    "draft/chathistory batch server-time message-tags standard-replies labeled-response";

session::stored_message said(conversation& server, std::uint64_t number, std::string_view text) {
    return {.number = {number},
            .time = server.wall(),
            .kind = session::stored_kind::message,
            .nickname = "luis",
            .user = "~luis",
            .host = "example.org",
            .to = {},
            .text = std::string(text),
            .tags = {}};
}

std::string point(const session::history_point& of) {
    if (const auto* const number = std::get_if<chat::message_number>(&of)) {
        return fmt::format("#{}", number->value);
    }
    return fmt::format("{}ms", std::get<base::wall_time>(of).time_since_epoch().count());
}

// A selector as "after #7".
struct spelled {
    std::string operator()(const session::read_latest& of) const {
        return "latest" + (of.after ? " " + point(*of.after) : "");
    }
    std::string operator()(const session::read_before& of) const {
        return "before " + point(of.point);
    }
    std::string operator()(const session::read_after& of) const {
        return "after " + point(of.point);
    }
    std::string operator()(const session::read_around& of) const {
        return "around " + point(of.point);
    }
    std::string operator()(const session::read_between& of) const {
        return "between " + point(of.from) + " " + point(of.to);
    }
};

// Ana reads in #sala, which she shares with Luis; what is asked of the reader is noted.
struct archive {
    archive() : ana(server.registers("ana", historian)), luis(server.registers("luis")) {
        ana.sends("JOIN #sala");
        luis.sends("JOIN #sala");
        server.nobody_hears();
        server.reader = [this](const session::read_query& what) {
            if (const auto* const asked = std::get_if<session::history_query>(&what)) {
                query =
                    fmt::format("{} limit {}", std::visit(spelled{}, asked->which), asked->limit);
                up_to = asked->up_to;
                besides = asked->besides;
                return session::read_answer(page);
            }
            targets = std::get<session::activity_query>(what);
            return session::read_answer(activity);
        };
    }

    // What the reader is asked for the line.
    std::string asks(std::string_view line) {
        query.clear();
        ana.sends(line);
        return query;
    }
    std::string hears(std::string_view line) {
        server.nobody_hears();
        ana.sends(line);
        return ana.hears();
    }

    conversation server;
    client& ana;
    client& luis;
    session::history_page page;
    session::activity_page activity;
    std::string query;
    chat::message_number up_to;
    session::history_extras besides;
    std::optional<session::activity_query> targets;
};

} // namespace

TEST_CASE("CHATHISTORY LATEST asks for the newest, or those after a point") {
    archive past;
    CHECK(past.asks("CHATHISTORY LATEST #sala * 50") == "latest limit 50");
    CHECK(past.asks("CHATHISTORY latest #SALA timestamp=1970-01-01T00:00:01.000Z 5") ==
          "latest 1000ms limit 5");
    CHECK(past.up_to.value > 0);
}

TEST_CASE("CHATHISTORY BEFORE, AFTER, AROUND and BETWEEN ask from points") {
    archive past;
    const std::string id = "msgid=" + past.server.msgid(7);
    const std::string time = "timestamp=1970-01-01T00:00:02.500Z";
    CHECK(past.asks("CHATHISTORY BEFORE #sala " + id + " 10") == "before #7 limit 10");
    CHECK(past.asks("CHATHISTORY AFTER #sala " + time + " 10") == "after 2500ms limit 10");
    CHECK(past.asks("CHATHISTORY AROUND #sala " + id + " 10") == "around #7 limit 10");
    CHECK(past.asks("CHATHISTORY BETWEEN #sala " + time + " " + id + " 10") ==
          "between 2500ms #7 limit 10");
}

TEST_CASE("a wish for more than a page is cut to a page") {
    archive past;
    CHECK(past.asks("CHATHISTORY LATEST #sala * 1000") == "latest limit 200");
    CHECK(past.asks("CHATHISTORY LATEST #sala * 99999999999999999999") == "latest limit 200");
}

TEST_CASE("messages come in a batch, each with its time and msgid") {
    archive past;
    past.page.messages = {said(past.server, 7, "hola"), said(past.server, 8, "adios")};
    past.page.messages[1].kind = session::stored_kind::notice;
    past.page.messages[1].tags = "+color=red";
    const std::string tags = "@batch=h;msgid=*;time=2026-03-01T12:00:00.000Z";
    const std::string luis = " :luis!~luis@example.org ";
    CHECK(past.hears("CHATHISTORY LATEST #SALA * 50") ==
          ":irc.test BATCH +h chathistory #sala\n" + tags + luis + "PRIVMSG #sala :hola\n" + tags +
              ";+color=red" + luis + "NOTICE #sala :adios\n:irc.test BATCH -h\n");
}

TEST_CASE("a label stands on the batch itself") {
    archive past;
    past.page.messages = {said(past.server, 7, "hola")};
    const std::string heard = past.hears("@label=1 CHATHISTORY LATEST #sala * 50");
    CHECK(heard.starts_with("@label=1 :irc.test BATCH +h chathistory #sala\n@batch=h;msgid="));
    CHECK(heard.ends_with("\n:irc.test BATCH -h\n"));
}

TEST_CASE("a batch behind which there is nothing says so, to those who read tags") {
    archive past;
    past.page.messages = {said(past.server, 7, "hola")};
    past.page.at_end = true;
    const std::string heard =
        past.hears("@label=1 CHATHISTORY BEFORE #sala timestamp=1970-01-01T00:00:01.000Z 50");
    CHECK(heard.starts_with("@label=1;draft/chathistory-end :irc.test BATCH +h chathistory "
                            "#sala\n@batch=h;msgid="));
    past.activity.at_end = true;
    CHECK(
        past.hears("CHATHISTORY TARGETS timestamp=1970-01-01T00:00:01.000Z "
                   "timestamp=1970-01-01T00:00:02.000Z 50")
            .starts_with("@draft/chathistory-end :irc.test BATCH +h draft/chathistory-targets\n"));
}

TEST_CASE("where nothing was said the batch is empty") {
    archive past;
    CHECK(past.hears("@label=1 CHATHISTORY LATEST #sala * 50") ==
          "@label=1 :irc.test BATCH +h chathistory #sala\n:irc.test BATCH -h\n");
}

TEST_CASE("what is played back names the account that said it, to those who negotiated it") {
    archive past;
    past.page.messages = {said(past.server, 7, "hola")};
    past.page.messages[0].account = "Luis";
    CHECK_FALSE(past.hears("CHATHISTORY LATEST #sala * 50").contains("account="));
    past.ana.sends("CAP REQ :account-tag");
    CHECK(past.hears("CHATHISTORY LATEST #sala * 50").contains(";account=Luis :luis!"));
}

TEST_CASE("what is played back says of a bot's words that they are, to those who read tags") {
    archive past;
    past.page.messages = {said(past.server, 7, "it is green")};
    past.page.messages[0].bot = true;
    CHECK(past.hears("CHATHISTORY LATEST #sala * 5").contains(";bot :luis!"));
    past.luis.sends("CAP REQ :batch draft/chathistory");
    past.server.nobody_hears();
    past.luis.sends("CHATHISTORY LATEST #sala * 5");
    CHECK_FALSE(past.luis.hears().contains("bot"));
}

TEST_CASE("tags alone are not played back") {
    archive past;
    past.page.messages = {said(past.server, 7, "")};
    past.page.messages[0].kind = session::stored_kind::tags;
    CHECK(past.hears("CHATHISTORY LATEST #sala * 50") ==
          ":irc.test BATCH +h chathistory #sala\n:irc.test BATCH -h\n");
}

namespace {

session::stored_message change_of(conversation& server, session::stored_kind kind,
                                  std::string_view text) {
    session::stored_message made = said(server, 9, text);
    made.kind = kind;
    made.nickname = "ana";
    made.user = "~ana";
    made.about = {7};
    return made;
}

} // namespace

TEST_CASE("with draft/event-playback reactions are played back") {
    archive past;
    past.ana.sends("CAP REQ :draft/event-playback");
    past.page.messages = {said(past.server, 7, "")};
    past.page.messages[0].kind = session::stored_kind::tags;
    past.page.messages[0].tags = "+draft/react=x;+draft/reply=y";
    CHECK(past.hears("CHATHISTORY LATEST #sala * 50")
              .contains("@batch=h;msgid=*;time=2026-03-01T12:00:00.000Z;+draft/react=x;"
                        "+draft/reply=y :luis!~luis@example.org TAGMSG #sala\n"));
    CHECK(past.besides.tags);
}

TEST_CASE("with draft/event-playback changes of modes are played back, without passwords") {
    archive past;
    past.page.messages = {said(past.server, 7, "flag 1 1\npassword 1\nrole 3 1 ana\n")};
    past.page.messages[0].kind = session::stored_kind::modes;
    CHECK_FALSE(past.hears("CHATHISTORY LATEST #sala * 50").contains("MODE"));
    past.ana.sends("CAP REQ :draft/event-playback");
    CHECK(past.hears("CHATHISTORY LATEST #sala * 50")
              .contains("@batch=h;msgid=*;time=2026-03-01T12:00:00.000Z "
                        ":luis!~luis@example.org MODE #sala +mko * ana\n"));
}

TEST_CASE("what was taken back is played back as that, where it is known of") {
    archive past;
    past.ana.sends("CAP REQ :draft/message-redaction");
    past.page.messages = {said(past.server, 7, "")};
    past.page.messages[0].redacted = true;
    const auto change = change_of(past.server, session::stored_kind::redaction, "spam");
    past.page.messages[0].change = std::make_shared<const session::stored_message>(change);
    past.page.messages.push_back(change);
    const std::string tags = "@batch=h;msgid=*;time=2026-03-01T12:00:00.000Z";
    const std::string line =
        " :ana!~ana@example.org REDACT #sala " + past.server.msgid(7) + " :spam\n";
    CHECK(past.hears("CHATHISTORY LATEST #sala * 50") ==
          ":irc.test BATCH +h chathistory #sala\n" + tags +
              " :luis!~luis@example.org PRIVMSG #sala :(deleted)\n" + tags +
              ";draft/chathistory-context" + line + ":irc.test BATCH -h\n");
    CHECK(past.besides.redacted);
    past.page.messages = {change};
    CHECK(past.hears("CHATHISTORY LATEST #sala * 50") ==
          ":irc.test BATCH +h chathistory #sala\n" + tags + line + ":irc.test BATCH -h\n");
}

TEST_CASE("who does not know redactions does not ask for what is left of them") {
    archive past;
    static_cast<void>(past.hears("CHATHISTORY LATEST #sala * 50"));
    CHECK_FALSE(past.besides.redacted);
    CHECK_FALSE(past.besides.changes);
    CHECK_FALSE(past.besides.tags);
}

TEST_CASE("an edited message is played back with its text of now and a mark") {
    archive past;
    past.page.messages = {said(past.server, 7, "mejor"), said(past.server, 8,
                                                              "\x01"
                                                              "ACTION baila\x01")};
    const auto change = std::make_shared<const session::stored_message>(
        change_of(past.server, session::stored_kind::edit, "mejor"));
    past.page.messages[0].change = change;
    past.page.messages[1].change = change;
    const std::string plain = past.hears("CHATHISTORY LATEST #sala * 50");
    CHECK(plain.contains("PRIVMSG #sala :mejor (edited)\n"));
    CHECK(plain.contains("PRIVMSG #sala :\x01"
                         "ACTION baila (edited)\x01\n"));
    past.ana.sends("CAP REQ :draft/message-edit");
    const std::string knowing = past.hears("CHATHISTORY LATEST #sala * 50");
    CHECK(knowing.contains("PRIVMSG #sala :mejor\n"));
    CHECK(knowing.contains(";draft/chathistory-context;draft/target-msgid=" + past.server.msgid(7) +
                           ";draft/edit-text=mejor :ana!~ana@example.org EDIT #sala\n"));
}

TEST_CASE("a message in several lines is played back as a batch in the batch, or line by line") {
    archive past;
    past.page.messages = {said(past.server, 7, "uno\n\ndos")};
    const std::string tags = "time=2026-03-01T12:00:00.000Z ";
    const std::string luis = ":luis!~luis@example.org ";
    CHECK(past.hears("CHATHISTORY LATEST #sala * 50") ==
          ":irc.test BATCH +h chathistory #sala\n@batch=h;msgid=*;" + tags + luis +
              "PRIVMSG #sala :uno\n@batch=h;" + tags + luis +
              "PRIVMSG #sala :dos\n:irc.test BATCH -h\n");
    past.ana.sends("CAP REQ draft/multiline");
    CHECK(past.hears("CHATHISTORY LATEST #sala * 50") ==
          ":irc.test BATCH +h chathistory #sala\n@batch=h;msgid=*;" + tags + luis +
              "BATCH +m draft/multiline #sala\n@batch=m " + luis + "PRIVMSG #sala :uno\n@batch=m " +
              luis + "PRIVMSG #sala :\n@batch=m " + luis +
              "PRIVMSG #sala :dos\n@batch=h :irc.test BATCH -m\n:irc.test BATCH -h\n");
}

TEST_CASE("without batches the lines come as they are") {
    archive past;
    past.page.messages = {said(past.server, 7, "hola")};
    past.ana.sends("CAP REQ :-batch -message-tags");
    CHECK(past.hears("CHATHISTORY LATEST #sala * 50") ==
          "@time=2026-03-01T12:00:00.000Z :luis!~luis@example.org PRIVMSG #sala :hola\n");
}

TEST_CASE("a long page is listed in slices, whole") {
    archive past;
    for (std::uint64_t number = 1; number <= 200; ++number) {
        past.page.messages.push_back(said(past.server, number, std::string(300, 'x')));
    }
    const std::string heard = past.hears("CHATHISTORY LATEST #sala * 200");
    CHECK(std::ranges::count(heard, '\n') == 202);
}

TEST_CASE("a private conversation is read by its two") {
    archive past;
    past.luis.sends("PRIVMSG ana :hola");
    past.page.messages = {said(past.server, 7, "hola")};
    past.page.messages[0].to = "ana";
    CHECK(past.hears("CHATHISTORY LATEST LUIS * 50") ==
          ":irc.test BATCH +h chathistory luis\n"
          "@batch=h;msgid=*;time=2026-03-01T12:00:00.000Z "
          ":luis!~luis@example.org PRIVMSG ana :hola\n:irc.test BATCH -h\n");
}

TEST_CASE("where one is not, nothing can be read") {
    archive past;
    past.luis.sends("JOIN #otra");
    for (const std::string_view target : {"#otra", "#nada", "nadie", "#", "a!b"}) {
        CHECK(past.hears(fmt::format("CHATHISTORY LATEST {} * 50", target)) ==
              fmt::format(":irc.test FAIL CHATHISTORY INVALID_TARGET LATEST {} "
                          ":Messages could not be retrieved\n",
                          target));
    }
    CHECK(past.query.empty());
}

TEST_CASE("what cannot be understood is refused with what was wrong") {
    archive past;
    const auto refused = [](std::string_view what) {
        return fmt::format(":irc.test FAIL CHATHISTORY INVALID_PARAMS {} :Invalid parameters\n",
                           what);
    };
    CHECK(past.hears("CHATHISTORY") == refused("* *"));
    CHECK(past.hears("CHATHISTORY DANCE #sala * 50") == refused("DANCE *"));
    CHECK(past.hears("CHATHISTORY LATEST #sala *") == refused("LATEST *"));
    CHECK(past.hears("CHATHISTORY LATEST #sala * 50 60") == refused("LATEST *"));
    CHECK(past.hears("CHATHISTORY LATEST #sala * 0") == refused("LATEST 0"));
    for (const std::string limit : {"-5", "+5", "5x", "0x5", "5.0", "00", "many"}) {
        CHECK(past.hears("CHATHISTORY LATEST #sala * " + limit) == refused("LATEST " + limit));
    }
    CHECK(past.hears("CHATHISTORY BEFORE #sala * 50") == refused("BEFORE *"));
    CHECK(past.hears("CHATHISTORY AFTER #sala msgid=invented 50") ==
          refused("AFTER msgid=invented"));
    CHECK(past.hears("CHATHISTORY AROUND #sala timestamp=today 5") ==
          refused("AROUND timestamp=today"));
    CHECK(past.query.empty());
}

TEST_CASE("a read that failed is told, with the label, and the next line passes") {
    archive past;
    past.server.reader = [](const session::read_query&) { return session::read_failed{}; };
    CHECK(past.hears("@label=1 CHATHISTORY LATEST #sala * 50") ==
          "@label=1 :irc.test FAIL CHATHISTORY MESSAGE_ERROR LATEST #sala "
          ":Messages could not be retrieved, please try again\n");
    CHECK(past.hears("PING a") == ":irc.test PONG irc.test :a\n");
}

TEST_CASE("a question that could not be taken leaves nothing waiting") {
    archive past;
    past.server.core_refuses(chat::reason::busy);
    CHECK(
        past.hears("CHATHISTORY LATEST #sala * 50").starts_with(":irc.test 263 ana CHATHISTORY :"));
    past.server.core_refuses(std::nullopt);
    CHECK(past.hears("PING a") == ":irc.test PONG irc.test :a\n");
}

TEST_CASE("input waits while history is read, what others say does not") {
    archive past;
    past.page.messages = {said(past.server, 7, "hola")};
    past.server.reader_holds();
    past.ana.sends("CHATHISTORY LATEST #sala * 50").sends("PING a");
    past.luis.sends("PRIVMSG #sala :ahora");
    CHECK(past.ana.hears().ends_with(" :luis!~luis@example.org PRIVMSG #sala :ahora\n"));
    past.server.reader_goes_on();
    const std::string heard = past.ana.hears();
    CHECK(heard.starts_with(":irc.test BATCH +h chathistory #sala\n"));
    CHECK(heard.ends_with(":irc.test BATCH -h\n:irc.test PONG irc.test :a\n"));
}

TEST_CASE("CHATHISTORY TARGETS names the conversations that had messages between two times") {
    archive past;
    past.luis.sends("PRIVMSG ana :hola");
    past.ana.sends("CHATHISTORY TARGETS timestamp=2026-03-02T00:00:00.000Z "
                   "timestamp=2026-03-01T00:00:00.000Z 10");
    REQUIRE(past.targets);
    CHECK(past.targets->conversations.size() == 2);
    CHECK(past.targets->from < past.targets->to);
    CHECK(past.targets->limit == 10);
    past.activity.entries = {{past.targets->conversations[0], past.server.wall()}};
    const std::string heard =
        past.hears("@label=1 CHATHISTORY TARGETS timestamp=2026-03-01T00:00:00Z "
                   "timestamp=2026-03-02T00:00:00Z 10");
    CHECK(heard == "@label=1 :irc.test BATCH +h draft/chathistory-targets\n"
                   "@batch=h :irc.test CHATHISTORY TARGETS #sala 2026-03-01T12:00:00.000Z\n"
                   ":irc.test BATCH -h\n");
}

TEST_CASE("CHATHISTORY TARGETS takes times alone") {
    archive past;
    CHECK(past.hears("CHATHISTORY TARGETS * timestamp=2026-03-02T00:00:00Z 10") ==
          ":irc.test FAIL CHATHISTORY INVALID_PARAMS TARGETS * :Invalid parameters\n");
    const std::string id = "msgid=" + past.server.msgid(7);
    CHECK(past.hears("CHATHISTORY TARGETS timestamp=2026-03-02T00:00:00Z " + id + " 10") ==
          ":irc.test FAIL CHATHISTORY INVALID_PARAMS TARGETS " + id + " :Invalid parameters\n");
}

TEST_CASE("CHATHISTORY LATEST and AROUND take either kind of point") {
    archive past;
    const std::string id = "msgid=" + past.server.msgid(7);
    CHECK(past.asks("CHATHISTORY LATEST #sala " + id + " 10") == "latest #7 limit 10");
    CHECK(past.asks("CHATHISTORY AROUND #sala timestamp=1970-01-01T00:00:02.500Z 10") ==
          "around 2500ms limit 10");
    CHECK(past.asks("CHATHISTORY BETWEEN #sala " + id + " timestamp=1970-01-01T00:00:01Z 10") ==
          "between #7 1000ms limit 10");
    CHECK(past.asks("CHATHISTORY BETWEEN #sala " + id + " 10").empty());
}

TEST_CASE("CHATHISTORY TARGETS needs its parameters, and says when it cannot be read") {
    archive past;
    const auto refused = [](std::string_view what) {
        return fmt::format(":irc.test FAIL CHATHISTORY INVALID_PARAMS TARGETS {} "
                           ":Invalid parameters\n",
                           what);
    };
    const std::string times = "timestamp=2026-03-01T00:00:00Z timestamp=2026-03-02T00:00:00Z";
    CHECK(past.hears("CHATHISTORY TARGETS " + times) == refused("*"));
    CHECK(past.hears("CHATHISTORY TARGETS " + times + " none") == refused("none"));
    past.server.reader = [](const session::read_query&) { return session::read_failed{}; };
    CHECK(past.hears("CHATHISTORY TARGETS " + times + " 10") ==
          ":irc.test FAIL CHATHISTORY MESSAGE_ERROR TARGETS "
          ":Messages could not be retrieved, please try again\n");
}

TEST_CASE("who did not negotiate batches or standard replies may ask all the same") {
    archive past;
    past.luis.sends("JOIN #sala");
    past.page.messages = {said(past.server, 7, "hola")};
    past.server.nobody_hears();
    past.luis.sends("CHATHISTORY LATEST #sala * 5").sends("CHATHISTORY LATEST #nada * 5");
    CHECK(past.luis.hears() == ":luis!~luis@example.org PRIVMSG #sala :[12:00] hola\n"
                               ":irc.test NOTICE luis :Messages could not be retrieved\n");
    const std::string times = "timestamp=2026-03-01T00:00:00Z timestamp=2026-03-02T00:00:00Z";
    past.luis.sends("CHATHISTORY TARGETS " + times + " 5");
    past.activity.entries = {{past.targets->conversations[0], past.server.wall()}};
    past.luis.sends("CHATHISTORY TARGETS " + times + " 5");
    CHECK(past.luis.hears() == ":irc.test CHATHISTORY TARGETS #sala 2026-03-01T12:00:00.000Z\n");
}

TEST_CASE("CHATHISTORY is for who has registered") {
    conversation server;
    client& one = server.arrives();
    one.sends("CHATHISTORY LATEST #sala * 5");
    CHECK(one.hears() == ":irc.test 451 * :You have not registered\n");
}
