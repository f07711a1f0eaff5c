// SPDX-License-Identifier: Apache-2.0
#include "irc/errands.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

using namespace tertulia;

namespace {

class two_lines final : public session::listing {
public:
    bool next(std::string& out) override {
        out += first_ ? "one\r\n" : "two\r\n";
        return std::exchange(first_, false);
    }

private:
    bool first_ = true;
};

// Lines end in '|' here.
struct desk {
    irc::errands errands{"server"};
    session::output out;

    void writes(std::string_view line) { errands.write(std::string(line) + "\r\n", out); }
    void answers(std::string_view line) { errands.answer(std::string(line) + "\r\n", out); }
    void ends_line() { errands.end_line(out); }
    void finishes(std::uint32_t serial) { errands.finish(serial, out); }

    std::string heard() {
        std::string text;
        for (session::output::piece& one : out.pieces) {
            if (auto* const plain = std::get_if<std::string>(&one)) {
                text += *plain;
            } else {
                while (std::get<1>(one)->next(text)) {}
            }
        }
        out.clear();
        std::erase(text, '\r');
        std::ranges::replace(text, '\n', '|');
        return text;
    }
};

} // namespace

TEST_CASE("with nothing under way a line's reply leaves at once") {
    desk one;
    one.writes("hola");
    CHECK(one.heard() == "hola|");
    CHECK(one.errands.idle());
}

TEST_CASE("a reply waits behind the command that was sent before it") {
    desk one;
    one.errands.submitted(1, "JOIN");
    one.writes("hola");
    CHECK(one.heard().empty());
    one.answers("joined");
    one.finishes(1);
    CHECK(one.heard() == "joined|hola|");
    CHECK(one.errands.idle());
}

TEST_CASE("a reply between two commands leaves between their answers") {
    desk one;
    one.errands.submitted(1, "JOIN");
    one.writes("no such room");
    one.errands.submitted(2, "JOIN");
    one.finishes(1);
    CHECK(one.heard() == "no such room|");
    one.answers("joined");
    one.finishes(2);
    CHECK(one.heard() == "joined|");
}

TEST_CASE("commands count as in flight until they are done, and are known by their serial") {
    desk one;
    one.errands.submitted(7, "WHO");
    one.errands.submitted(8, "NAMES");
    CHECK(one.errands.in_flight() == 2);
    CHECK(one.errands.verb_of(8) == "NAMES");
    CHECK(one.errands.verb_of(9).empty());
    one.finishes(7);
    CHECK(one.errands.in_flight() == 1);
    one.finishes(7);
    CHECK(one.errands.in_flight() == 1);
}

TEST_CASE("a labelled line with one reply carries the label on it") {
    desk one;
    one.errands.begin_line("a;b");
    one.writes("hola");
    one.ends_line();
    CHECK(one.heard() == "@label=a\\:b hola|");
    CHECK(one.errands.idle());
}

TEST_CASE("a label stands before the tags that are there already") {
    desk one;
    one.errands.begin_line("7");
    one.errands.submitted(1, "PRIVMSG");
    one.ends_line();
    one.answers("@time=x :ana PRIVMSG");
    CHECK(one.heard().empty());
    one.finishes(1);
    CHECK(one.heard() == "@label=7;time=x :ana PRIVMSG|");
}

TEST_CASE("a labelled line that brings nothing about is acknowledged") {
    desk one;
    one.errands.begin_line("7");
    one.ends_line();
    CHECK(one.heard() == "@label=7 :server ACK|");
}

TEST_CASE("several replies to a labelled line make a batch") {
    desk one;
    one.errands.begin_line("7");
    one.writes("one");
    one.writes("@time=x two");
    one.ends_line();
    CHECK(one.heard() == "@label=7 :server BATCH +r labeled-response|@batch=r one|"
                         "@batch=r;time=x two|:server BATCH -r|");
}

TEST_CASE("a listing in a labelled answer has every line tagged") {
    desk one;
    one.errands.begin_line("7");
    one.errands.submitted(1, "NAMES");
    one.ends_line();
    one.errands.answer(std::make_unique<two_lines>(), one.out);
    one.finishes(1);
    CHECK(one.heard() == "@label=7 :server BATCH +r labeled-response|@batch=r one|@batch=r two|"
                         ":server BATCH -r|");
}

TEST_CASE("an answer that is a batch already takes the label itself") {
    desk one;
    one.errands.begin_line("7");
    one.errands.submitted(1, "CHATHISTORY");
    one.ends_line();
    one.answers(":server BATCH +h chathistory #room");
    one.answers("@batch=h hola");
    one.answers(":server BATCH -h");
    one.finishes(1);
    CHECK(one.heard() ==
          "@label=7 :server BATCH +h chathistory #room|@batch=h hola|:server BATCH -h|");
}

TEST_CASE("the answers of several commands stream in a batch, so that none waits for the last") {
    desk one;
    one.errands.begin_line("7");
    one.errands.submitted(1, "PRIVMSG");
    one.errands.submitted(2, "PRIVMSG");
    one.ends_line();
    one.answers("one");
    one.finishes(1);
    CHECK(one.heard() == "@label=7 :server BATCH +r labeled-response|@batch=r one|");
    one.finishes(2);
    CHECK(one.heard() == ":server BATCH -r|");
}

TEST_CASE("several commands without any answer are acknowledged") {
    desk one;
    one.errands.begin_line("7");
    one.errands.submitted(1, "NOTICE");
    one.errands.submitted(2, "NOTICE");
    one.ends_line();
    one.finishes(1);
    one.finishes(2);
    CHECK(one.heard() == "@label=7 :server ACK|");
}

TEST_CASE("a labelled line waits behind an earlier command, and each keeps its own label") {
    desk one;
    one.errands.submitted(1, "JOIN");
    one.errands.begin_line("7");
    one.errands.submitted(2, "WHO");
    one.ends_line();
    CHECK_FALSE(one.errands.has_label(1));
    CHECK(one.errands.has_label(2));
    one.answers("joined");
    one.finishes(1);
    one.answers("who");
    one.finishes(2);
    CHECK(one.heard() == "joined|@label=7 who|");
    CHECK_FALSE(one.errands.has_label(2));
}

TEST_CASE("the line after a labelled one has no label") {
    desk one;
    one.errands.begin_line("7");
    one.errands.submitted(1, "WHO");
    one.ends_line();
    one.errands.begin_line("");
    one.errands.submitted(2, "WHO");
    one.ends_line();
    CHECK_FALSE(one.errands.has_label(2));
    one.finishes(1);
    one.answers("second");
    one.finishes(2);
    CHECK(one.heard() == "@label=7 :server ACK|second|");
}
