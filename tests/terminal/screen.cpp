// SPDX-License-Identifier: Apache-2.0
#include "terminal/limits.hpp"
#include "terminal/screen_face.hpp"
#include "terminal/talk.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>

using namespace tertulia::terminal;
using tertulia::tests::modern;
using tertulia::tests::talk;
using namespace std::chrono_literals;

namespace {

constexpr int columns = 100;
constexpr int rows = 20;

std::string picture(talk& of, screen_hands& hands, int width = columns, int height = rows) {
    grid drawn(width, height);
    draw(drawn, of.who.state, hands.state);
    std::string made;
    for (int row = 0; row < height; ++row) {
        made += drawn.row_text(row) + "\n";
    }
    return made;
}

void type(talk& on, screen_hands& hands, std::string_view bytes) {
    key_reader keys;
    keys.feed(bytes);
    for (const key_press& one : keys.take()) {
        hands.press(one, on.who, columns, rows);
    }
}

} // namespace

TEST_CASE("the screen has rooms, topic, messages, people, state and input") {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    talk ana;
    screen_hands hands;
    ana.is_welcomed();
    ana.hears(":irc.test 332 ana #lobby :Bienvenidos");
    ana.hears("@time=2026-11-28T20:15:00.000Z :bo!b@h PRIVMSG #lobby :¿qué tal, 日本?");
    ana.hears(":eva!e@h PRIVMSG ana :psst");
    type(ana, hands, "hola");
    const std::string seen = picture(ana, hands);
    CHECK(seen.starts_with("#lobby — Bienvenidos"));
    CHECK(seen.contains("eva              1│"));
    CHECK(seen.contains("20:15 bo ¿qué tal, 日本?"));
    CHECK(seen.contains("│@ana"));
    CHECK(seen.contains("ana (guest) · irc.test · encrypted"));
    CHECK(seen.ends_with("> hola\n"));
}

TEST_CASE("a screen of any size is drawn") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed();
    ana.hears(":bo!b@h PRIVMSG #lobby :" + std::string(300, 'x') + " 👩‍👩‍👧‍👦 " +
              std::string(90, 'y'));
    type(ana, hands, std::string(500, 'z'));
    for (int width = 0; width < 120; width += 3) {
        for (const int height : {0, 1, 3, 5, 8, 30}) {
            CHECK_FALSE(picture(ana, hands, width, height).contains('\x1B'));
        }
    }
}

TEST_CASE("keys edit the line") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed();
    type(ana, hands, "hola mundo");
    type(ana, hands, "\x1B[D\x1B[D\x7F");
    CHECK(hands.state.input.text() == "hola mudo");
    type(ana, hands, "\x17");
    CHECK(hands.state.input.text() == "hola do");
    type(ana, hands, "\x01¡\x05!\x0B");
    CHECK(hands.state.input.text() == "¡hola do!");
    type(ana, hands, "\x15");
    CHECK(hands.state.input.text().empty());
    type(ana, hands, "e\u0301x\x7F\x7F");
    CHECK(hands.state.input.text().empty());
}

TEST_CASE("what was typed comes back, and a secret does not") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed();
    type(ana, hands, "one\rtwo\r");
    CHECK(ana.sends() == "PRIVMSG #lobby :one\nPING :sent-1\nPRIVMSG #lobby :two\n");
    type(ana, hands, "draft\x1B[A\x1B[A");
    CHECK(hands.state.input.text() == "one");
    type(ana, hands, "\x1B[B\x1B[B");
    CHECK(hands.state.input.text() == "draft");
    type(ana, hands, "\x15");
    ana.who.inquire(question::password, "ana");
    type(ana, hands, "secret");
    CHECK_FALSE(picture(ana, hands).contains("secret"));
    CHECK(picture(ana, hands).contains("••••••"));
    type(ana, hands, "\r\x1B[A");
    CHECK(hands.state.input.text() != "secret");
}

TEST_CASE("Tab goes through what the word may become") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed();
    ana.hears(":bobby!b@h JOIN #lobby");
    type(ana, hands, "b\t");
    CHECK(hands.state.input.text() == "bo: ");
    type(ana, hands, "\t");
    CHECK(hands.state.input.text() == "bobby: ");
    type(ana, hands, "\x1B[Z");
    CHECK(hands.state.input.text() == "bo: ");
    type(ana, hands, "\x15/top\t");
    CHECK(hands.state.input.text() == "/topic ");
    type(ana, hands, "\x15hola :tad\t");
    CHECK(hands.state.input.text() == "hola 🎉 ");
    type(ana, hands, "\x15see #lo\t");
    CHECK(hands.state.input.text() == "see #lobby ");
}

TEST_CASE("a paste of many lines is one message where the server takes such ones") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed("batch draft/multiline echo-message message-tags");
    type(ana, hands, "\x1B[200~uno\rdos\x1B[201~");
    CHECK(hands.state.input.text() == "uno\ndos");
    CHECK(picture(ana, hands).contains("> uno⏎dos"));
    type(ana, hands, "\r");
    CHECK(ana.sends() == "BATCH +m1 draft/multiline #lobby\n"
                         "@batch=m1 PRIVMSG #lobby :uno\n"
                         "@batch=m1 PRIVMSG #lobby :dos\n"
                         "BATCH -m1\n");
}

TEST_CASE("a paste of many lines is lines elsewhere") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed();
    type(ana, hands, "\x1B[200~uno\r\rdos\x1B[201~\r");
    CHECK(ana.sends() == "PRIVMSG #lobby :uno\nPING :sent-1\nPRIVMSG #lobby :dos\n");
}

TEST_CASE("one scrolls back to the beginning, page by page") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed(modern);
    ana.hears(":irc.test BATCH +h chathistory #lobby");
    ana.hears("@batch=h;msgid=old :bo!b@h PRIVMSG #lobby :of old");
    ana.hears(":irc.test BATCH -h");
    for (int i = 0; i < 60; ++i) {
        ana.hears("@msgid=n" + std::to_string(i) + " :bo!b@h PRIVMSG #lobby :number " +
                  std::to_string(i) + ".");
    }
    CHECK(picture(ana, hands).contains("number 59."));
    ana.clear();
    type(ana, hands, "\x1B[5~");
    const std::string earlier = picture(ana, hands);
    CHECK_FALSE(earlier.contains("number 59."));
    CHECK(earlier.contains("more below"));
    ana.hears(":bo!b@h PRIVMSG #lobby :something new");
    CHECK(picture(ana, hands).contains("number 40."));
    for (int i = 0; i < 6; ++i) {
        type(ana, hands, "\x1B[5~");
        (void)picture(ana, hands);
    }
    CHECK(ana.sends() == "CHATHISTORY BEFORE #lobby msgid=old 100\n");
    for (int i = 0; i < 12; ++i) {
        type(ana, hands, "\x1B[6~");
    }
    CHECK(picture(ana, hands).contains("something new"));
}

TEST_CASE("other rooms are shown by key and mouse, and are read then") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed();
    ana.hears(":eva!e@h PRIVMSG ana :psst");
    REQUIRE(ana.who.state.rooms.size() == 3);
    CHECK(ana.who.state.rooms[2]->unread == 1);
    type(ana, hands,
         "\x1B"
         "3");
    CHECK(ana.who.state.here().name == "eva");
    CHECK(ana.who.state.here().unread == 0);
    type(ana, hands, "\x1B[<0;3;3M");
    CHECK(ana.who.state.here().name == "#lobby");
    type(ana, hands, "\x1B[1;3B");
    CHECK(ana.who.state.here().name == "eva");
}

TEST_CASE("messages have numbers while a command is typed that takes one") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed(std::string(modern) + " draft/message-redaction draft/message-edit");
    ana.hears("@msgid=x1 :bo!b@h PRIVMSG #lobby :first");
    ana.hears("@msgid=x2 :ana!a@h PRIVMSG #lobby :mine");
    ana.hears("@msgid=x3 :bo!b@h PRIVMSG #lobby :see https://example.org/a, please");
    type(ana, hands, "/reply 3 ");
    CHECK(picture(ana, hands).contains("    3 bo first"));
    ana.clear();
    type(ana, hands, "yes\r");
    CHECK(ana.sends() == "@label=1;+draft/reply=x1 PRIVMSG #lobby :yes\n");
    ana.types("/react 1 :tada:");
    CHECK(ana.sends() == "@+draft/reply=x3;+draft/react=🎉 TAGMSG #lobby\n");
    ana.types("/edit mine, too");
    CHECK(ana.sends() == "@draft/target-msgid=x2;draft/edit-text=mine,\\stoo EDIT #lobby\n");
    ana.types("/delete");
    CHECK(ana.sends() == "REDACT #lobby x2\n");
    ana.hears("@+draft/reply=x3;+draft/react=🎉 :eva!e@h TAGMSG #lobby");
    ana.hears("@draft/target-msgid=x1;draft/edit-text=changed :bo!b@h EDIT #lobby");
    ana.hears(":ana!a@h REDACT #lobby x2");
    const std::string seen = picture(ana, hands);
    CHECK(seen.contains("🎉"));
    CHECK(seen.contains("changed (edited)"));
    CHECK(seen.contains("(deleted)"));
    CHECK_FALSE(seen.contains("mine"));
}

TEST_CASE("only the cells that changed are written") {
    grid before(10, 2);
    grid after(10, 2);
    before.put(0, 0, "hola", {}, 10);
    after.put(0, 0, "hole", {}, 10);
    CHECK(after.changes_from(before, colour_depth::none) ==
          "\x1B[?25l\x1B[0m\x1B[1;4He\x1B[0m\x1B[1;1H\x1B[?25h");
    CHECK_FALSE(after.changes_from(grid(0, 0), colour_depth::none).contains("38;"));
}

TEST_CASE("a row with clusters is erased before it changes") {
    grid before(10, 2);
    grid after(10, 2);
    before.put(0, 0, "❤️ ab", {}, 10);
    after.put(0, 0, "ab", {}, 10);
    CHECK(after.changes_from(before, colour_depth::none).contains("\x1B[1;1H\x1B[0m\x1B[2Kab"));
    CHECK_FALSE(before.changes_from(before, colour_depth::none).contains("\x1B[2K"));
    const std::string back = before.changes_from(after, colour_depth::none);
    CHECK(back.contains("\x1B[2K"));
    CHECK(back.contains("❤️"));
}

TEST_CASE("colours come down to what the terminal has") {
    grid some(3, 1);
    some.put(0, 0, "x", {.colour = 0xFF8000}, 3);
    const auto with = [&](colour_depth depth) { return some.changes_from(grid(3, 1), depth); };
    CHECK(with(colour_depth::full).contains("38;2;255;128;0"));
    CHECK(with(colour_depth::palette).contains("38;5;208"));
    CHECK(with(colour_depth::sixteen).contains(";31"));
    CHECK_FALSE(with(colour_depth::none).contains(";3"));
    CHECK(depth_of("1", "truecolor", "xterm") == colour_depth::none);
    CHECK(depth_of("", "truecolor", "xterm") == colour_depth::full);
    CHECK(depth_of("", "", "tmux-256color") == colour_depth::palette);
    CHECK(depth_of("", "", "xterm") == colour_depth::sixteen);
}

TEST_CASE("a paste keeps its lines whatever ends them, and is cut where it is too long") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed();
    type(ana, hands, "\x1B[200~uno\r\ndos\rtres\x1B[201~");
    CHECK(hands.state.input.text() == "uno\ndos\ntres");
    hands.state.input.clear();
    ana.clear();
    type(ana, hands, "\x1B[200~" + std::string(typed_size_max - 1, 'x') + "\x1B[201~");
    CHECK(ana.shows().empty());
    type(ana, hands, "ñ");
    CHECK(hands.state.input.text().size() == typed_size_max - 1);
    CHECK(ana.shows().contains("the end of it was left out"));
    hands.state.input.clear();
    type(ana, hands, "\x1B[200~" + std::string(typed_size_max + 1, 'x') + "\x1B[201~");
    CHECK(ana.shows().contains("the end of it was left out"));
}

TEST_CASE("a number means the message that had it when the command was begun") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed(std::string(modern) + " draft/message-redaction");
    ana.hears("@msgid=x1 :bo!b@h PRIVMSG #lobby :first");
    ana.hears("@msgid=x2 :bo!b@h PRIVMSG #lobby :second");
    type(ana, hands, "/reply 1 ");
    ana.hears("@msgid=x3 :bo!b@h PRIVMSG #lobby :third");
    CHECK(picture(ana, hands).contains("    1 bo second"));
    CHECK_FALSE(picture(ana, hands).contains("    1 bo third"));
    ana.clear();
    type(ana, hands, "yes\r");
    CHECK(ana.sends() == "@label=1;+draft/reply=x2 PRIVMSG #lobby :yes\n");
    type(ana, hands, "/react 1");
    ana.hears("@msgid=x4 :bo!b@h PRIVMSG #lobby :fourth");
    ana.hears(":bo!b@h REDACT #lobby x3");
    ana.clear();
    type(ana, hands, " :tada:\r");
    CHECK(ana.sends().empty()); // it is no more
    CHECK(ana.shows().contains("There is no such message"));
    type(ana, hands, "/react 1 :tada:\r");
    CHECK(ana.sends() == "@+draft/reply=x4;+draft/react=🎉 TAGMSG #lobby\n");
}

TEST_CASE("where the past begins the screen says so") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed(modern);
    ana.hears("@msgid=a1 :bo!b@h PRIVMSG #lobby :one");
    CHECK_FALSE(picture(ana, hands).contains("This is where it begins"));
    type(ana, hands, "\x1B[5~");
    ana.hears(":irc.test BATCH +h chathistory #lobby");
    ana.hears(":irc.test BATCH -h");
    CHECK(picture(ana, hands).contains("│This is where it begins"));
}

TEST_CASE("without a connection the screen says when it is tried again") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed();
    ana.loses_connection();
    ana.waits(0ms);
    CHECK(picture(ana, hands).contains("irc.test · offline, again in 1 s"));
}

TEST_CASE("what is begun in a room stays there") {
    talk ana;
    screen_hands hands;
    ana.is_welcomed();
    ana.hears(":eva!e@h PRIVMSG ana :psst");
    type(ana, hands, "to all\x0E");
    CHECK(ana.who.state.here().name == "eva");
    CHECK(hands.state.input.text().empty());
    type(ana, hands, "to her\x10");
    CHECK(hands.state.input.text() == "to all");
    type(ana, hands, "\x0E");
    CHECK(hands.state.input.text() == "to her");
}
