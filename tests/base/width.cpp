// SPDX-License-Identifier: Apache-2.0
#include "base/width.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

using namespace tertulia::base;

TEST_CASE("a text takes the cells that a terminal gives it") {
    struct row {
        std::string_view text;
        int cells;
    };
    constexpr std::array rows{
        row{"", 0},
        row{"hola", 4},
        row{"café", 4},
        row{"cafe\u0301", 4}, // decomposed
        row{"日本語", 6},
        row{"한국", 4},
        row{"\u1112\u1161\u11AB", 2}, // a syllable letter by letter
        row{"👍", 2},
        row{"👍🏽", 2},
        row{"👩‍👩‍👧‍👦", 2},
        row{"🇪🇸🇫🇷", 4},
        row{"❤️", 2},
        row{"❤", 1},
        row{"ｆｕｌｌ", 8},
        row{"a\u200Bb", 2},
    };
    for (const row& one : rows) {
        CAPTURE(one.text);
        CHECK(text_width(one.text) == one.cells);
    }
}

TEST_CASE("a cursor passes over whole graphemes") {
    CHECK(front_grapheme("") == "");
    CHECK(front_grapheme("ab") == "a");
    CHECK(front_grapheme("e\u0301x") == "e\u0301");
    CHECK(front_grapheme("🇪🇸🇫🇷") == "🇪🇸");
    CHECK(front_grapheme("\xFFz") == "\xFF");
    CHECK(last_grapheme_start("") == 0);
    CHECK(last_grapheme_start("xe\u0301") == 1);
    CHECK(last_grapheme_start("ab👩‍👧") == 2);
}

TEST_CASE("a text is cut where a grapheme ends") {
    CHECK(fit_width("日本語", 5) == "日本");
    CHECK(fit_width("hola", 9) == "hola");
    CHECK(fit_width("hola", 0) == "");
    CHECK(fit_width("e\u0301e\u0301", 1) == "e\u0301");
}

TEST_CASE("nothing that a terminal obeys is left of a text") {
    CHECK(harmless("\x1B[2Jhola\x07") == "[2Jhola");
    CHECK(harmless("a\xC2\x9Bz") == "az"); // CSI of C1
    CHECK(harmless("a\u202Eb\u2066c") == "abc");
    CHECK(harmless("a\tb\r\nc") == "a bc");
    CHECK(harmless("a\nb", line_feeds::kept) == "a\nb");
    CHECK(harmless("a\xFFz") == "a\uFFFDz");
    CHECK(harmless("👩‍👧 日本 é") == "👩‍👧 日本 é");
    CHECK(harmless("a\u2028b\U000E0041c") == "abc");
}
