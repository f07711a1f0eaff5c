// SPDX-License-Identifier: Apache-2.0
#include "base/password_text.hpp"

#include "base/limits.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace tertulia::base;

namespace {

std::string prepared(std::string_view typed) {
    const auto made = prepared_password(typed);
    REQUIRE(made.has_value());
    return *made;
}

} // namespace

TEST_CASE("a plain password is hashed as it was typed, blanks and case included") {
    CHECK(prepared("  Correct horse  ") == "  Correct horse  ");
    CHECK(prepared(" ") == " ");
    CHECK(prepared("contrase\u00f1a") == "contrase\u00f1a");
}

TEST_CASE("the examples of RFC 4013, section 3") {
    CHECK(prepared("I\u00adX") == "IX");
    CHECK(prepared("user") == "user");
    CHECK(prepared("USER") == "USER");
    CHECK(prepared("\u00aa") == "a");
    CHECK(prepared("\u2168") == "IX");
}

TEST_CASE("one password from two keyboards is the same") {
    CHECK(prepared("contrasen\u0303a") == prepared("contrase\u00f1a"));
    CHECK(prepared("dos\u00a0palabras") == prepared("dos palabras"));
    CHECK(prepared("\uff21\uff22\uff23") == prepared("ABC"));
}

TEST_CASE("what the profile forbids or doesn't know is a password as it is") {
    for (const std::string& typed :
         {std::string("\u0007"), std::string("\u0627\u0031"), std::string("\U0001F642"),
          std::string("caf\u00e9 \U0001F642"), std::string("\uE000"), std::string("a\0b", 3),
          std::string("\u2060\U0001F9D1\u200d\U0001F3EB")}) {
        CAPTURE(typed);
        CHECK(prepared(typed) == typed);
    }
}

TEST_CASE("what the profile maps to nothing stays, so that it isn't like every other such text") {
    CHECK(prepared("\u00ad") == "\u00ad");
    CHECK(prepared("\u200b\u200b") != prepared("\u00ad"));
}

TEST_CASE("preparing twice changes nothing more") {
    for (const std::string typed : {"\ufdfa", "I\u00adX", "\u2168 \u00aa", "\U0001F642\u00a0"}) {
        CHECK(prepared(prepared(typed)) == prepared(typed));
    }
}

TEST_CASE("the longest password may grow as much as Unicode lets it") {
    std::string typed;
    while (typed.size() + 3 <= limits::password_size_max) {
        typed += "\ufdfa"; // 18 characters of Arabic
    }
    CHECK(prepared(typed).size() == typed.size() / 3 * std::string("صلى الله عليه وسلم").size());
}

TEST_CASE("no password, one that is too long and one that is no text are refused") {
    const std::string longest(limits::password_size_max, 'x');
    CHECK(prepared(longest) == longest);
    CHECK(prepared_password(longest + "x").error() == password_fault::too_long);
    CHECK(prepared_password("").error() == password_fault::empty);
    for (const std::string bad :
         {"\xFF", "a\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
        CHECK(prepared_password(bad).error() == password_fault::not_utf8);
    }
}
