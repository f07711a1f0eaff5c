// SPDX-License-Identifier: Apache-2.0
#include "terminal/pieces.hpp"

#include "base/characters.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace tertulia::terminal;

namespace {

constexpr std::size_t line_size = 300;
constexpr multiline_bounds usual{.bytes = 4096, .lines = 24};

std::string joined(const std::vector<std::string>& pieces) {
    std::string all;
    for (const std::string& one : pieces) {
        all += one;
    }
    return all;
}

std::string words(int count) {
    std::string made;
    for (int i = 0; i < count; ++i) {
        made += "palabra" + std::to_string(i) + " ";
    }
    return made;
}

} // namespace

TEST_CASE("a line longer than a message is several messages, and nothing of it is lost") {
    const std::string text = words(2'000);
    const auto pieces = pieces_of(text, line_size, usual);
    CHECK(joined(pieces) == text);
    for (const std::string& one : pieces) {
        CHECK(one.size() <= usual.bytes);
        CHECK(one.ends_with(' ')); // between words
    }
}

TEST_CASE("a long line among others keeps its place") {
    const std::string text = words(1'000);
    const auto pieces = pieces_of("before\n" + text + "\nafter", line_size, usual);
    CHECK(pieces.front() == "before");
    CHECK(pieces.back().ends_with("\nafter"));
    CHECK(joined(pieces) == "before" + text + "\nafter");
}

TEST_CASE("no character is cut, nor an emoji of several") {
    for (const std::string one : {"ñ", "日", "👩‍👩‍👧‍👦"}) {
        std::string text;
        for (int i = 0; i < 1'000; ++i) {
            text += one;
        }
        for (const multiline_bounds many : {usual, multiline_bounds{}}) {
            const auto pieces = pieces_of(text, line_size, many);
            CHECK(joined(pieces) == text);
            CHECK(std::ranges::all_of(
                pieces, [&](const std::string& piece) { return piece.size() % one.size() == 0; }));
        }
    }
}

TEST_CASE("bounds that make no sense lose nothing and come to an end") {
    const std::string text = words(200);
    for (const multiline_bounds many :
         {multiline_bounds{.bytes = 0, .lines = 2}, multiline_bounds{.bytes = 1, .lines = 50},
          multiline_bounds{.bytes = 4096, .lines = 1}}) {
        CHECK(joined(pieces_of(text, line_size, many)) == text);
    }
}
