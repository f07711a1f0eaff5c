// SPDX-License-Identifier: Apache-2.0
// Which words of a text may be names.
#include "push/mentions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace tertulia;

namespace {

bool names(const std::string& text, const std::string& key) {
    return std::ranges::count(push::words_of(text), key) > 0;
}

} // namespace

TEST_CASE("a name is found however it is written and whatever stands around it") {
    for (const char* const text :
         {"ana", "Ana", "ANA: mira", "hola @ana", "hola, ana.", "¡ana!", "¿Ana?", "«ana»", "(ana)",
          "`ana`", "**ana**", "_ana_", "ana's", "ana…", "ana—mira",
          "\x01"
          "ACTION saluda a ana\x01",
          "uno\nana\ndos"}) {
        CHECK_MESSAGE(names(text, "ana"), text);
    }
}

TEST_CASE("a part of another word is no name") {
    for (const char* const text : {"", "mañana", "banana", "anabel", "ana1", "1ana", "ana-maria",
                                   "anañ", "a na", "ana\xCC\x81"}) {
        CHECK_FALSE_MESSAGE(names(text, "ana"), text);
    }
}

TEST_CASE("names of other scripts and with special characters are found as well") {
    CHECK(names("привет, Ольга!", "ольга"));
    CHECK(names("hola [ana]", "[ana]"));
    CHECK(names("hola [ana]", "ana"));
    CHECK(names("señor Núñez:", "núñez"));
}

TEST_CASE("bytes that are no text name nobody and end") {
    CHECK(names("\xFF\xFE"
                "ana\x80",
                "ana"));
    CHECK(push::words_of("\xFF\xFE\x80").empty());
    CHECK_FALSE(names("[[[[", "["));
}
