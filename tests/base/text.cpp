// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

using namespace tertulia::base;

namespace {

name nick(std::string_view typed) {
    const auto made = make_nickname(typed);
    REQUIRE(made.has_value());
    return *made;
}

std::string repeated(std::string_view character, int count) {
    std::string made;
    for (int i = 0; i < count; ++i) {
        made += character;
    }
    return made;
}

// Has one of them, as it is shown or with its key, the skeleton of the other?
bool alike(std::string_view one, std::string_view other) {
    const std::uint64_t a = nick(one).skeleton;
    const std::uint64_t b = nick(other).skeleton;
    const auto shown = [](std::uint64_t of) { return of >> 32U; };
    const auto small = [](std::uint64_t of) { return of & 0xFFFFFFFFU; };
    return shown(a) == shown(b) || shown(a) == small(b) || small(a) == shown(b) ||
           small(a) == small(b);
}

} // namespace

TEST_CASE("a nickname keeps its spelling and is found in any case") {
    CHECK(nick("Ana").display == "Ana");
    CHECK(nick("Ana").key == nick("aNA").key);
    CHECK(nick("\u00d1and\u00fa").key == nick("\u00f1AND\u00da").key);
}

TEST_CASE("composed and decomposed letters are the same name") {
    CHECK(nick("\u00f1u").key == nick("n\u0303u").key);
    CHECK(nick("n\u0303u").display == "\u00f1u");
}

TEST_CASE("what looks alike has one skeleton, and is told from plain Latin") {
    const name latin = nick("ana");
    const name mixed = nick("\u0430na"); // a Cyrillic first letter
    CHECK(latin.skeleton == mixed.skeleton);
    CHECK(latin.key != mixed.key);
    CHECK(latin.latin);
    CHECK_FALSE(mixed.latin);
    CHECK_FALSE(nick("\u00f1and\u00fa").latin);
}

TEST_CASE("letters look like what they are written for, and capitals like capitals") {
    for (const char* const luis :
         {"Iuis", "\uff4c\uff55\uff49\uff53", "\U0001d425\U0001d42e\U0001d422\U0001d42c",
          "lu\u0131s", "\u2113uis", "\u04cfuis", "\u0399uis"}) {
        INFO(luis);
        CHECK(alike("luis", luis));
        CHECK(alike(luis, "luis"));
    }
    for (const char* const marta : {"\u041carta", "\u041cARTA", "M\u0430rta", "rn\u0430rta"}) {
        INFO(marta);
        CHECK(alike("Marta", marta));
        CHECK(alike(marta, "marta"));
    }
    CHECK(alike("LUIS", "lu\u0131s"));
    CHECK(alike("\u041c\u0410\u0420\u0422\u0410", "\u043cap\u0442a"));
    CHECK_FALSE(alike("nandu", "\u00f1and\u00fa"));
    CHECK_FALSE(alike("sofia", "sof\u00eda"));
    CHECK_FALSE(alike("\u043c\u0430\u0440\u0442\u0430", "\u043c\u0430\u0440\u0438\u044f"));
}

TEST_CASE("bad nicknames are refused, each for its fault") {
    CHECK(make_nickname("").error() == name_fault::empty);
    CHECK(make_nickname("\xff\xfe").error() == name_fault::not_utf8);
    CHECK(make_nickname(std::string(33, 'a')).error() == name_fault::too_long);
    for (const char* const bad : {"1ana", "-ana", "a na", "a!b", "a@b", "#ana", "a,b", "a*b", "a:b",
                                  "\u0301a", "a\u200bb", "a\u202eb", "\U0001F600"}) {
        INFO(bad);
        CHECK(make_nickname(bad).error() == name_fault::bad_character);
    }
    CHECK(make_nickname(std::string("a\0b", 3)).error() == name_fault::bad_character);
}

TEST_CASE("a nickname is of 32 characters at most, and of 96 bytes") {
    CHECK(make_nickname(repeated("a", 32)).has_value());
    CHECK(make_nickname(repeated("\uac01", 32)).has_value());
    CHECK(make_nickname(repeated("n\u0303", 32)).has_value()); // half as many when composed
    CHECK(make_nickname(repeated("\u00f1", 33)).error() == name_fault::too_long);
    CHECK(make_nickname(repeated("\U00010400", 24)).has_value());
    CHECK(make_nickname(repeated("\U00010400", 25)).error() == name_fault::too_long);
}

TEST_CASE("a room's name is of 64 characters at most, and of 192 bytes") {
    CHECK(make_room_name("#" + repeated("\uac01", 63)).has_value());
    CHECK(make_room_name("#" + repeated("\u00f1", 64)).error() == name_fault::too_long);
    CHECK(make_room_name("#" + repeated("\U0001F600", 47)).has_value());
    CHECK(make_room_name("#" + repeated("\U0001F600", 48)).error() == name_fault::too_long);
}

TEST_CASE("rooms begin with # and hold no blank, comma or invisible character") {
    CHECK(make_room_name("#Redes").has_value());
    CHECK(make_room_name("#\U0001F600").has_value());
    for (const char* const bad :
         {"redes", "#", "#a b", "#a,b", "#a:b", "#a\x07", "#a\u00a0b", "#\u200b"}) {
        INFO(bad);
        CHECK_FALSE(make_room_name(bad).has_value());
    }
    CHECK(make_room_name("#" + std::string(64, 'a')).error() == name_fault::too_long);
}

TEST_CASE("folding what is no name finds nobody") {
    CHECK(fold("ANA") == "ana");
    CHECK(fold("") == fold("a b"));
    CHECK_FALSE(make_nickname(fold("")).has_value());
}

TEST_CASE("a text is cut between characters") {
    CHECK(truncate_utf8("a\u00f1o", 2) == "a");
    CHECK(truncate_utf8("a\u00f1o", 3) == "a\u00f1");
    CHECK(truncate_utf8("ana", 9) == "ana");
    CHECK(truncate_utf8("\U0001F600", 3).empty());
    CHECK(truncate_utf8("", 0).empty());
}

TEST_CASE("a cut through what is not UTF-8 stays within its bounds") {
    CHECK(truncate_utf8("\x80\x80\x80", 2).empty());
    CHECK(truncate_utf8("a\xff\xff", 2) == "a\xff");
    CHECK(truncate_utf8(std::string_view("a\0b", 3), 2) == std::string_view("a\0", 2));
}

TEST_CASE("folding once more changes nothing") {
    for (const char* const typed :
         {"Stra\u00dfe", "\u039f\u03a3\u03a3", "\u0130I\u0131i", "\u1fb3\u0345\u0301", "\ufb03",
          "a\u0323\u0307", "\u1100\u1161\u11a8", "\u212b\u2126", "\U00010400", "\u13a0\uab70"}) {
        INFO(typed);
        const std::string key = fold(typed);
        CHECK(fold(key) == key);
        CHECK(nick(typed).key == key);
        CHECK(nick(key).key == key);
    }
}

TEST_CASE("UTF-8 is told from what is not") {
    CHECK(valid_utf8("\u00bfqu\u00e9? \U0001F600"));
    CHECK(valid_utf8("\u00bf\u07ff\u0800\ud7ff\ue000\uffff\U0010ffff"));
    CHECK(valid_utf8(std::string_view("a\0b", 3)));
    for (const char* const bad :
         {"\xff", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xed\xa0\x80",
          "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "a\xc3", "\xe2\x82", "\xc3(",
          "\x80", "\xf0\x9f\x98"}) {
        CHECK_FALSE(valid_utf8(bad));
        CHECK(make_nickname(bad).error() == name_fault::not_utf8);
        CHECK(fold(bad) == fold(""));
    }
}
