// SPDX-License-Identifier: Apache-2.0
#include "push/own_words.hpp"

#include "base/push_limits.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia;

namespace {

bool said(std::string_view words, std::string_view text) {
    push::own_words of;
    of.keep({1}, words);
    return !of.said_in(text).empty();
}

} // namespace

TEST_CASE("a word is found however it is written, as a whole") {
    CHECK(said("Madrid", "¡MADRID!"));
    CHECK(said("jazz,  Ópera ", "hay ópera"));
    CHECK(said("jazz", "jazz-club"));
    CHECK_FALSE(said("jazz", "jazzista"));
    CHECK_FALSE(said("jazz", "freejazz"));
    CHECK_FALSE(said("", "jazz"));
}

TEST_CASE("a phrase is found as it stands, with what in it is no word") {
    CHECK(said("jazz session", "una Jazz Session hoy"));
    CHECK_FALSE(said("jazz session", "jazz, no session"));
    CHECK_FALSE(said("jazz session", "jazz sessions"));
    CHECK(said("c++", "en C++."));
    CHECK_FALSE(said("c++", "en C"));
    CHECK(said("#ayuda", "¡#ayuda!"));
    CHECK_FALSE(said("#ayuda", "ayuda"));
}

TEST_CASE("so many words of so many bytes are looked for, and none that is all marks") {
    CHECK_FALSE(said("+++, , ,", "+++"));
    const std::string longest(base::limits::push_word_size_max, 'x');
    CHECK(said(longest, longest));
    CHECK_FALSE(said(longest + "x", longest + "x"));
    std::string many;
    for (std::size_t i = 0; i < base::limits::push_words_max; ++i) {
        many += "w" + std::to_string(i) + ",";
    }
    CHECK(said(many + "jazz", "w0"));
    CHECK_FALSE(said(many + "jazz", "jazz"));
}

TEST_CASE("new words stand in place of the old ones, and others' stay") {
    push::own_words of;
    of.keep({1}, "jazz");
    of.keep({2}, "jazz");
    of.keep({1}, "rock");
    CHECK(of.said_in("jazz") == std::vector{chat::person_id{2}});
    of.drop({2});
    CHECK(of.said_in("jazz").empty());
    CHECK(of.said_in("rock") == std::vector{chat::person_id{1}});
}
