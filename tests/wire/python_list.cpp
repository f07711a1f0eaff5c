// SPDX-License-Identifier: Apache-2.0
#include "wire/python_list.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace tertulia::wire;
using strings = std::vector<std::string>;
using found = python_list_reader::found;

TEST_CASE("lists as Python 2 and 3 print them are read") {
    const std::vector<std::pair<std::string, strings>> lists{
        {"['Julian', '123', '1']", {"Julian", "123", "1"}},
        {"[ \"it's\" ,'a\"b' ]", {"it's", "a\"b"}},
        {"[u'\\xf1', u'\\u20ac', '\\xc3\\xb1', '\\xf1']", {"ñ", "€", "ñ", "ñ"}},
        {R"(['a\\b\'c\"d\ne\tf'])", {"a\\b'c\"d\ne\tf"}},
        {"[u'\\ud83d\\ude00', '\\U0001f600']", {"😀", "😀"}},
        {"['ñandú €']", {"ñandú €"}},
        {"['']", {""}},
        {"[]", {}}};
    for (const auto& [text, items] : lists) {
        CAPTURE(text);
        REQUIRE(parse_python_list(text).has_value());
        CHECK(*parse_python_list(text) == items);
    }
}

TEST_CASE("what is no list of strings is refused") {
    for (const std::string_view text :
         {"", "[", "]", "['a'", "['a]", "[a]", "['a' 'b']", "['a',]", "[1]", "['a', 2]", "['\\q']",
          "['\\x4']", "['\\ud83d']", "['\\ude00']", "['\\U00110000']", "['a'] x", "[['a']]",
          "['\xff']", "['a\\"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_python_list(text).has_value());
    }
}

TEST_CASE("strings are printed as Python 3 prints them") {
    CHECK(python_list({"Julian", "123", "1"}) == "['Julian', '123', '1']");
    CHECK(python_string("it's") == "\"it's\"");
    CHECK(python_string("'\"") == "'\\'\"'");
    CHECK(python_string("a\\b\n\t\x01") == "'a\\\\b\\n\\t\\x01'");
    CHECK(python_string("ñ €\u00a0\u200b😀") == "'ñ €\\xa0\\u200b😀'");
    CHECK(python_list({}) == "[]");
}

TEST_CASE("what is printed is read as the same") {
    for (const std::string text : {"", "'", "\"", "'\"\\", "a]b[c", "\n\r\t\x7f", "ñ😀\u202e"}) {
        CHECK(parse_python_list(python_list({text, text})) == strings{text, text});
    }
}

TEST_CASE("lists glued together or broken over reads are cut right") {
    python_list_reader reader;
    std::string_view bytes = "['a']\r\n['b', ']'] ['c";
    CHECK(reader.read(bytes) == found::list);
    CHECK(reader.list() == strings{"a"});
    CHECK(reader.read(bytes) == found::list);
    CHECK(reader.list() == strings{"b", "]"});
    CHECK(reader.read(bytes) == found::nothing);
    bytes = "\\'']";
    CHECK(reader.read(bytes) == found::list);
    CHECK(reader.list() == strings{"c'"});
}

TEST_CASE("text outside a list is refused once, and skipped up to the next one") {
    python_list_reader reader;
    std::string_view bytes = "hola ";
    CHECK(reader.read(bytes) == found::nonsense);
    CHECK(reader.read(bytes) == found::nothing);
    bytes = "que tal['a']x['b']";
    CHECK(reader.read(bytes) == found::list);
    CHECK(reader.list() == strings{"a"});
    CHECK(reader.read(bytes) == found::nonsense);
    CHECK(reader.read(bytes) == found::list);
    CHECK(reader.list() == strings{"b"});
}

TEST_CASE("a list that is too long, or none, is refused once") {
    python_list_reader reader;
    const std::string text = "['" + std::string(5'000, 'x') + "'] [nada] ['a']";
    std::string_view bytes = text;
    CHECK(reader.read(bytes) == found::nonsense);
    CHECK(reader.read(bytes) == found::nonsense);
    CHECK(reader.read(bytes) == found::list);
    CHECK(reader.list() == strings{"a"});
}
