// SPDX-License-Identifier: Apache-2.0
#include "wire/irc_line.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace tertulia::wire;

namespace {

irc_line parsed(std::string_view line) {
    irc_line made;
    REQUIRE(parse_irc_line(line, made) == line_fault::none);
    return made;
}

std::vector<std::string_view> parameters(std::string_view line) {
    static irc_line made;
    made = parsed(line);
    return {made.parameters().begin(), made.parameters().end()};
}

line_fault fault(std::string_view line) {
    irc_line made;
    return parse_irc_line(line, made);
}

using words = std::vector<std::string_view>;

} // namespace

TEST_CASE("a line has tags, a source, a verb and parameters") {
    const irc_line line = parsed("@label=1 :ana!~a@host PRIVMSG #lobby :hola a todos");
    CHECK(line.tags == "label=1");
    CHECK(line.source == "ana!~a@host");
    CHECK(line.verb == "PRIVMSG");
    CHECK(line.parameter_count == 2);
    CHECK(line.parameter[1] == "hola a todos");
}

TEST_CASE("parameters are parted by any number of blanks; the trailing one holds them") {
    CHECK(parameters("JOIN  #a   key ") == words{"#a", "key"});
    CHECK(parameters("TOPIC #a :") == words{"#a", ""});
    CHECK(parameters("TOPIC #a ::-) x") == words{"#a", ":-) x"});
    CHECK(parameters("MODE #a +o:b") == words{"#a", "+o:b"});
    CHECK(parameters("X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17").size() == parameters_max);
}

TEST_CASE("nasty lines are taken for what they are") {
    struct row {
        std::string_view line, tags, source, verb;
        words parameters;
    };
    const row table[] = {
        {"  PING", "", "", "PING", {}},
        {"@ PING", "", "", "PING", {}},
        {": PING", "", "", "PING", {}},
        {"@a :b PING :", "a", "b", "PING", {""}},
        {"@@;=:a  ::b  PING", "@;=:a", ":b", "PING", {}},
        {"PING ::", "", "", "PING", {":"}},
        {"PING : a  b ", "", "", "PING", {" a  b "}},
        {"PING a: b:c", "", "", "PING", {"a:", "b:c"}},
        {"PING \t\x01\x7f", "", "", "PING", {"\t\x01\x7f"}},
        {"PING \xff\xc0\xaf", "", "", "PING", {"\xff\xc0\xaf"}},
        {"001 a", "", "", "001", {"a"}},
    };
    for (const row& one : table) {
        CAPTURE(one.line);
        const irc_line line = parsed(one.line);
        CHECK(line.tags == one.tags);
        CHECK(line.source == one.source);
        CHECK(line.verb == one.verb);
        CHECK(parameters(one.line) == one.parameters);
    }
}

TEST_CASE("the fifteenth parameter takes the rest, with a colon before it or without") {
    const std::string fourteen = "X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 ";
    CHECK(parameters(fourteen + "a  b :c ").back() == "a  b :c ");
    CHECK(parameters(fourteen + ":a  b :c ").back() == "a  b :c ");
    CHECK(parameters(fourteen + "   ").size() == 14);
}

TEST_CASE("what is no line is told from an empty one") {
    CHECK(fault("") == line_fault::empty);
    CHECK(fault("   ") == line_fault::empty);
    for (const std::string_view bad :
         {std::string_view("@"), std::string_view("@a"), std::string_view("@a "),
          std::string_view(":"), std::string_view(":a "), std::string_view("@a :b "),
          std::string_view("PRIVMSG a\0b", 11), std::string_view("A\rB"), std::string_view("A\nB"),
          std::string_view("\0", 1), std::string_view("@a\0 PING", 9), std::string_view("PI\tNG"),
          std::string_view("P!NG a"), std::string_view("\xc3\x91 a"), std::string_view("@a :b :c"),
          std::string_view("PING a\r")}) {
        INFO(std::string(bad));
        CHECK(fault(bad) != line_fault::none);
    }
}

TEST_CASE("a tag's value is unescaped; the last of a key counts") {
    CHECK(tag_value("a=1;b=x\\:\\s\\\\y", "b") == "x; \\y");
    CHECK(tag_value("a=1;a=2", "a") == "2");
    CHECK(tag_value("a;b=", "a") == "");
    CHECK_FALSE(tag_value("ab=1", "a").has_value());
    CHECK(tag_value("a=end\\", "a") == "end");
}

TEST_CASE("nasty tags have the values that message-tags gives them") {
    CHECK(tag_value("a=b=c", "a") == "b=c");
    CHECK(tag_value(";;a=1;;", "a") == "1");
    CHECK(tag_value("=1;a", "") == "1");
    CHECK(tag_value("a=\\\\\\", "a") == "\\");
    CHECK(tag_value("a=\\b\\\xff\\r\\n", "a") == "b\xff\r\n");
    CHECK(tag_value("a=1;a", "a") == "");
    CHECK_FALSE(tag_value("", "").has_value());
    CHECK_FALSE(tag_value("A=1", "a").has_value());
}

TEST_CASE("of a client's tags only its own kind is passed on") {
    CHECK(client_only_tags("label=1;+typing=active;time=x") == "+typing=active");
    CHECK(client_only_tags("+a=1;+b;+a=2").find("+a=1") == std::string::npos);
    CHECK(client_only_tags("").empty());
}

TEST_CASE("a client's tag with a malformed key is left out") {
    for (const std::string_view bad : {"+", "+=x", "+a/=x", "+/a", "+a b", "+a_b=x", "+a/b/c=x",
                                       "+\xc3\xb1=x", "++a", "+a.b=x", "a", ";;", "=+a"}) {
        CAPTURE(bad);
        CHECK(client_only_tags(bad).empty());
    }
    for (const std::string_view good : {"+a", "+a=", "+1-a=x=y", "+a.b/c=\\:", "+draft/reply=x"}) {
        CAPTURE(good);
        CHECK(client_only_tags(good) == good);
    }
}

TEST_CASE("an escaped value comes back as it was") {
    const std::string value = "a; b\\c\r\nd";
    std::string escaped = "k=";
    append_escaped_tag_value(value, escaped);
    CHECK(tag_value(escaped, "k") == value);
}
