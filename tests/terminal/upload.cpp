// SPDX-License-Identifier: Apache-2.0
#include "terminal/upload.hpp"

#include "terminal/pieces.hpp"

#include <doctest/doctest.h>

using namespace tertulia::terminal;

TEST_CASE("a file host's URL is taken apart, and links are put together") {
    const auto place = parse_web_place("https://chat.example.org/files/upload");
    REQUIRE(place);
    CHECK(place->host == "chat.example.org");
    CHECK(place->through.port == 443);
    CHECK(place->path == "/files/upload");
    CHECK(resolved(*place, "/f/x.png") == "https://chat.example.org/f/x.png");
    CHECK(resolved(*place, "x.png") == "https://chat.example.org/files/x.png");
    CHECK(resolved(*place, "http://other/x") == "http://other/x");
    CHECK(parse_web_place("http://[::1]:8080")->through.port == 8080);
    CHECK(parse_web_place("http://[::1]/x")->through.port == 80);
    CHECK_FALSE(parse_web_place("ftp://h/x"));
    CHECK_FALSE(parse_web_place("https:///x"));
}

TEST_CASE("sizes and progress are shown as people read them") {
    CHECK(size_text(12) == "12 B");
    CHECK(size_text(1536) == "1.5 KiB");
    CHECK(size_text(3U << 20U) == "3.0 MiB");
    CHECK(bar_text(50) == "█████░░░░░");
    CHECK(bar_text(100) == "██████████");
}

TEST_CASE("a long text is cut between words, and never within a character") {
    CHECK(front_piece("uno dos tres", 9) == "uno dos ");
    CHECK(front_piece("ñññ", 3) == "ñ");
    CHECK(pieces_of("a\n\nb", 10, {}) == std::vector<std::string>{"a", "b"});
    CHECK(pieces_of("a\n\nb", 10, {.bytes = 100, .lines = 10}) ==
          std::vector<std::string>{"a\n\nb"});
    CHECK(pieces_of("a\nb\nc", 10, {.bytes = 100, .lines = 2}) ==
          std::vector<std::string>{"a\nb", "c"});
}
