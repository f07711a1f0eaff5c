// SPDX-License-Identifier: Apache-2.0
#include "terminal/dialogue.hpp"
#include "terminal/history.hpp"
#include "terminal/limits.hpp"
#include "terminal/talk.hpp"

#include <doctest/doctest.h>

using namespace tertulia::terminal;
using tertulia::tests::modern;
using tertulia::tests::talk;
using namespace std::chrono_literals;

TEST_CASE("a client says who it is and enters the room of everyone") {
    talk ana;
    ana.connects();
    CHECK(ana.sends() == "CAP LS 302\nNICK ana\nUSER tertulia 0 * :ana\n");
    ana.hears(":irc.test CAP * LS * :batch sasl=PLAIN");
    CHECK(ana.sends().empty());
    ana.hears(":irc.test CAP * LS :echo-message unheard-of");
    CHECK(ana.sends() == "CAP REQ :batch echo-message sasl\n");
    ana.hears(":irc.test CAP * ACK :batch echo-message sasl");
    CHECK(ana.sends() == "CAP END\n");
    ana.hears(":irc.test 001 ana :Welcome");
    CHECK(ana.sends() == "JOIN #lobby\n");
    CHECK(ana.who.online());
}

TEST_CASE("who gave no name is asked for one, as ever") {
    auto with = talk::usual();
    with.nickname = "";
    talk ana(with);
    ana.connects();
    CHECK(ana.shows() == "Connected to irc.test on port 6697\n"
                         "Type \\exit to leave, /help for everything else\n");
    CHECK(question_text(ana.who.state) == "Type a user name");
    CHECK(ana.sends() == "CAP LS 302\n");
    ana.types("  ana ");
    CHECK(ana.sends() == "NICK ana\nUSER tertulia 0 * :ana\n");
    ana.hears(":irc.test 433 * ana :Nickname is in use");
    CHECK(ana.who.state.asked == question::nickname);
    ana.types("bea");
    CHECK(ana.sends() == "NICK bea\n");
    ana.types("\\exit");
}

TEST_CASE("a message is under way until its echo comes") {
    talk ana;
    ana.is_welcomed(modern);
    ana.types("hola");
    CHECK(ana.sends() == "@label=1 PRIVMSG #lobby :hola\n");
    REQUIRE(ana.who.state.here().entries().back().sent == delivery::under_way);
    const std::size_t before = ana.who.state.here().entries().size();
    ana.hears("@label=1;msgid=x1 :ana!ana@host PRIVMSG #lobby :hola");
    CHECK(ana.who.state.here().entries().size() == before);
    CHECK(ana.who.state.here().entries().back().sent == delivery::sure);
    CHECK(ana.who.state.here().entries().back().id == "x1");
}

TEST_CASE("a message that the server refuses is shown again, so that it isn't lost") {
    talk ana;
    ana.is_welcomed(modern);
    ana.types("hola");
    ana.clear();
    ana.hears("@label=1 :irc.test 404 ana #lobby :Cannot send to channel");
    CHECK(ana.shows() == "#lobby: Cannot send to channel\nNot sent: hola\n");
}

TEST_CASE("what happens is a line with the codes of the first clients") {
    talk ana;
    ana.is_welcomed();
    ana.hears(":eva!e@h JOIN #lobby");
    ana.hears(":eva!e@h PRIVMSG #lobby :hola a todos");
    ana.hears(":eva!e@h PRIVMSG #lobby :\x01"
              "ACTION saluda\x01");
    ana.hears(":eva!e@h PRIVMSG ana :en secreto");
    ana.hears(":eva!e@h PART #lobby :me voy");
    ana.hears(":bo!b@h QUIT :bye");
    CHECK(ana.shows() == "[100] The user \"eva\" has joined the group\n"
                         "[300] <eva> hola a todos\n"
                         "[300] * eva saluda\n"
                         "[300] eva <eva> en secreto\n"
                         "[200] The client \"eva\" is offline\n"
                         "[200] The client \"bo\" is offline\n");
}

TEST_CASE("after a break nothing is missed, and nothing comes twice") {
    talk ana;
    ana.is_welcomed(modern);
    ana.hears("@msgid=a1;time=2026-11-28T20:00:00.000Z :bo!b@h PRIVMSG #lobby :one");
    ana.types("was this heard?");
    ana.types("and this?");
    ana.loses_connection();
    ana.types("later");
    CHECK(ana.who.state.here().entries().back().sent == delivery::unsent);
    ana.clear();
    ana.waits(2s);
    CHECK(ana.wants_a<connect>());
    ana.connects();
    ana.hears(":irc.test CAP * LS :" + std::string(modern));
    ana.hears(":irc.test CAP * ACK :" + std::string(modern));
    ana.hears(":irc.test 001 ana :Welcome");
    ana.clear();
    ana.hears(":ana!ana@host JOIN #lobby");
    CHECK(ana.sends() == "CHATHISTORY AFTER #lobby msgid=a1 100\n");
    ana.hears(":irc.test BATCH +h chathistory #lobby");
    ana.hears("@batch=h;msgid=a1;time=2026-11-28T20:00:00.000Z :bo!b@h PRIVMSG #lobby :one");
    ana.hears("@batch=h;msgid=a2;time=2026-11-28T20:00:01.000Z :ana!a@h PRIVMSG #lobby "
              ":was this heard?");
    ana.hears("@batch=h;msgid=a3;time=2026-11-28T20:00:02.000Z :bo!b@h PRIVMSG #lobby :two");
    CHECK(ana.sends().empty());
    ana.hears(":irc.test BATCH -h");
    CHECK(ana.sends() == "@label=3 PRIVMSG #lobby :and this?\n@label=4 PRIVMSG #lobby :later\n");
    std::string all;
    for (const entry& one : ana.who.state.find("#lobby")->entries()) {
        all += one.is_talk() ? one.text + "\n" : "";
    }
    CHECK(all == "one\nwas this heard?\ntwo\nand this?\nlater\n");
}

TEST_CASE("a page of the past stands before what was said in the same moment") {
    room here(room_kind::channel, "#lobby");
    const auto said = [](std::string id) {
        entry made;
        made.id = std::move(id);
        return made;
    };
    here.add(said("3"));
    std::vector<entry> older;
    for (const char* const id : {"1", "2", "3"}) {
        older.push_back(said(id));
    }
    here.add_history(std::move(older), room::page::older);
    std::string order;
    for (const entry& one : here.entries()) {
        order += one.id;
    }
    CHECK(order == "123");
}

TEST_CASE("without a history one is asked what to do with what may be lost") {
    talk ana;
    ana.is_welcomed("echo-message labeled-response batch message-tags");
    ana.types("hola");
    ana.loses_connection();
    ana.waits(2s);
    ana.is_welcomed("echo-message labeled-response batch message-tags");
    CHECK(ana.who.state.asked == question::send_again);
    SUBCASE("yes") {
        ana.types("yes");
        CHECK(ana.sends() == "@label=2 PRIVMSG #lobby :hola\n");
    }
    SUBCASE("no") {
        ana.types("no");
        CHECK(ana.sends().empty());
        CHECK(ana.who.state.here().entries().back().text != "hola");
    }
}

TEST_CASE("attempts to connect come at growing intervals, and stop at the first success") {
    talk ana;
    ana.is_welcomed();
    ana.loses_connection();
    ana.clear();
    ana.waits(900ms);
    CHECK_FALSE(ana.wants_a<connect>());
    ana.waits(200ms);
    CHECK(ana.wants_a<connect>());
    ana.loses_connection();
    ana.waits(1500ms);
    CHECK_FALSE(ana.wants_a<connect>());
    ana.waits(600ms);
    CHECK(ana.wants_a<connect>());
}

TEST_CASE("in line mode a lost connection is the end") {
    auto with = talk::usual();
    with.reconnects = false;
    talk ana(with);
    ana.is_welcomed();
    ana.loses_connection();
    const auto wants = ana.wants();
    REQUIRE(wants.size() == 1);
    CHECK(std::get<leave>(wants.front()).exit_status == exit_disconnected);
}

TEST_CASE("nothing that a terminal obeys gets through") {
    talk ana;
    ana.is_welcomed();
    ana.hears(":eva\x1B[2J!e@h PRIVMSG #lobby :\x1B]0;title\x07"
              "a\x03"
              "04,05b\x02\xC2\x9B"
              "31m");
    ana.hears(":irc.test 332 ana #lobby :\x1B[31mtopic");
    ana.hears(":irc.test NOTICE ana :\x1BPx\x1B\\");
    for (const char one : ana.shows()) {
        CHECK((one == '\n' || static_cast<unsigned char>(one) >= 0x20));
    }
}

TEST_CASE("a server that says much fills no memory") {
    talk ana;
    ana.is_welcomed();
    for (int i = 0; i < 5'000; ++i) {
        ana.hears(":eva!e@h PRIVMSG #lobby :hola");
        ana.clear();
    }
    CHECK(ana.who.state.here().entries().size() == entries_per_room_max);
    for (std::size_t i = 0; i < rooms_max * 2; ++i) {
        ana.hears(":n" + std::to_string(i) + "!e@h PRIVMSG ana :hola");
    }
    CHECK(ana.who.state.rooms.size() == rooms_max);
    for (int i = 0; i < 100; ++i) {
        ana.hears(":irc.test BATCH +" + std::to_string(i) + " chathistory #lobby");
    }
    CHECK(ana.who.batches.size() == batches_max);
}

namespace {

// Away and back, up to the moment in which what was missed is asked for.
void comes_back(talk& ana) {
    ana.loses_connection();
    ana.waits(2s);
    ana.connects();
    ana.hears(":irc.test CAP * LS :" + std::string(modern));
    ana.hears(":irc.test CAP * ACK :" + std::string(modern));
    ana.hears(":irc.test 001 ana :Welcome");
    ana.clear();
    ana.hears(":ana!ana@host JOIN #lobby");
}

// A whole page of the past, of messages or of comings alone, with ids from `first` on.
void hears_page(talk& ana, int first, const std::string& verb) {
    ana.hears(":irc.test BATCH +h chathistory #lobby");
    for (int i = first; i < first + static_cast<int>(history_page); ++i) {
        ana.hears("@batch=h;msgid=p" + std::to_string(i) + " :bo!b@h " + verb);
    }
    ana.hears(":irc.test BATCH -h");
}

TEST_CASE("who somebody is comes in words, whichever server tells it") {
    talk ana;
    ana.is_welcomed();
    ana.hears(":irc.test 311 ana eva e host.test * :Eva Ruiz");
    ana.hears(":irc.test 319 ana eva :@#lobby #tea");
    ana.hears(":irc.test 312 ana eva irc.test :A server");
    ana.hears(":irc.test 330 ana eva eva_r :is logged in as");
    ana.hears(":irc.test 671 ana eva :is using a secure connection");
    ana.hears(":irc.test 338 ana eva 192.0.2.7 :actually using host");
    ana.hears(":irc.test 301 ana eva :at lunch");
    ana.hears(":irc.test 318 ana eva :End of /WHOIS list");
    CHECK(ana.shows() == "eva is e@host.test: Eva Ruiz\n"
                         "eva is in @#lobby #tea\n"
                         "eva is on the server irc.test (A server)\n"
                         "eva has the account eva_r\n"
                         "eva is using a secure connection\n"
                         "eva actually using host 192.0.2.7\n"
                         "eva is away: at lunch\n");
}

TEST_CASE("when somebody came, and did something, are times of the clock") {
    talk ana;
    ana.is_welcomed();
    ana.hears(":irc.test 317 ana eva 60 1 :seconds idle, signon time");
    const std::string shown = ana.shows();
    CHECK(shown.starts_with("eva last did something at "));
    CHECK(shown.contains("\neva came at "));
    CHECK(shown.contains("1970")); // another day than today's is named
}

TEST_CASE("times that cannot be are not told") {
    talk ana;
    ana.is_welcomed();
    for (const char* const wrong : {"-1", "x", "", "99999999999999999999", "999999999999"}) {
        ana.hears(std::string(":irc.test 317 ana eva ") + wrong + " " + wrong + " :seconds idle");
    }
    CHECK(ana.shows().empty());
}

TEST_CASE("the lists of a room say what they are lists of, and that they are empty") {
    talk ana;
    ana.is_welcomed();
    ana.hears(":irc.test 367 ana #lobby *!*@bad.test bo!b@h 1780000000");
    ana.hears(":irc.test 368 ana #lobby :End of channel ban list");
    ana.hears(":irc.test 349 ana #lobby :End of channel exception list");
    ana.hears(":irc.test 346 ana #lobby $a:eva");
    CHECK(ana.shows() == "Banned: *!*@bad.test (by bo)\n"
                         "The list of #lobby is empty\n"
                         "Comes in without an invitation: $a:eva\n");
}

TEST_CASE("how many there are is told to who asks, not to everybody who connects") {
    talk ana;
    ana.connects();
    ana.hears(":irc.test 001 ana :Welcome");
    ana.hears(":irc.test 004 ana irc.test v1 iow biklmnst");
    ana.hears(":irc.test 251 ana :There are 3 users");
    ana.hears(":irc.test 422 ana :No message of the day");
    CHECK_FALSE(ana.shows().contains("There are 3 users"));
    ana.hears(":irc.test 251 ana :There are 3 users");
    CHECK(ana.shows() == "* There are 3 users\n"); // in the room of the server
}

} // namespace

TEST_CASE("what comes live while the past is being fetched leaves no gap") {
    talk ana;
    ana.is_welcomed(modern);
    ana.hears("@msgid=a1 :bo!b@h PRIVMSG #lobby :one");
    comes_back(ana);
    CHECK(ana.sends() == "CHATHISTORY AFTER #lobby msgid=a1 100\n");
    ana.hears("@msgid=z1 :bo!b@h PRIVMSG #lobby :live");
    hears_page(ana, 100, "PRIVMSG #lobby :missed");
    CHECK(ana.sends() == "CHATHISTORY AFTER #lobby msgid=p199 100\n");
}

TEST_CASE("a page of comings and goings alone is not the end of the past") {
    talk ana;
    ana.is_welcomed(modern);
    ana.hears(":irc.test BATCH +h chathistory #lobby");
    ana.hears("@batch=h;msgid=a1 :bo!b@h PRIVMSG #lobby :one");
    ana.hears(":irc.test BATCH -h");
    SUBCASE("of what was missed") {
        comes_back(ana);
        ana.clear();
        hears_page(ana, 100, "JOIN #lobby");
        CHECK(ana.sends() == "CHATHISTORY AFTER #lobby msgid=p199 100\n");
    }
    SUBCASE("of what one scrolls to") {
        room& lobby = ana.who.state.here();
        fetch_older(ana.who, lobby);
        CHECK(ana.sends() == "CHATHISTORY BEFORE #lobby msgid=a1 100\n");
        hears_page(ana, 100, "JOIN #lobby");
        CHECK_FALSE(lobby.past.at_beginning);
        fetch_older(ana.who, lobby);
        CHECK(ana.sends() == "CHATHISTORY BEFORE #lobby msgid=p100 100\n");
    }
}

TEST_CASE("the server is asked to speak the language of the screen") {
    talk ana;
    ana.connects();
    ana.hears(":irc.test CAP * LS :batch draft/languages=1,en,es");
    ana.clear();
    ana.hears(":irc.test CAP * ACK :batch");
    CHECK(ana.sends() == "LANGUAGE en\nCAP END\n");
}

TEST_CASE("links are counted in what people say, not in what the program says of them") {
    talk ana;
    ana.is_welcomed(modern);
    ana.hears(":bo!b@h PRIVMSG #lobby :see https://example.org/a");
    ana.types("/open");
    ana.who.note(tertulia::base::text_key::chat_link_is, {"https://example.org/a"});
    ana.hears(":bo!b@h PRIVMSG #lobby :and https://example.org/b");
    ana.clear();
    ana.types("/open 2");
    const auto wants = ana.wants();
    REQUIRE(wants.size() == 1);
    CHECK(std::get<open_link>(wants.front()).url == "https://example.org/a");
}

TEST_CASE("an invitation of one's own is told as one") {
    talk ana;
    ana.is_welcomed();
    ana.hears(":irc.test 341 ana eva #lobby");
    CHECK(ana.shows() == "ana has invited eva\n");
}

TEST_CASE("an error says what it is about before it says what is wrong") {
    talk ana;
    ana.is_welcomed();
    ana.hears(":irc.test 433 ana eva :Nickname is already in use");
    CHECK(ana.shows() == "eva: Nickname is already in use\n");
}

TEST_CASE("that nobody is there to read a message is said where it was typed, too") {
    talk ana;
    ana.is_welcomed();
    ana.types("/msg nobody hola");
    ana.clear();
    ana.hears(":irc.test 401 ana nobody :No such nick");
    CHECK(ana.shows().contains("nobody nobody: No such nick\nnobody: No such nick\n"));
}

TEST_CASE("a command that lacks something says how it is written, and does nothing") {
    talk ana;
    ana.is_welcomed(std::string(modern) + " draft/message-edit");
    ana.hears("@msgid=x1 :ana!a@h PRIVMSG #lobby :see https://example.org/");
    ana.clear();
    for (const std::string typed : {"/open x", "/edit", "/edit 1", "/nick", "/nick e v a"}) {
        ana.types(typed);
        CHECK(ana.sends().empty());
        CHECK(ana.wants().empty());
        CHECK_FALSE(ana.shows().empty());
    }
}
