// SPDX-License-Identifier: Apache-2.0
#include "crypto/code.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>

using namespace tertulia::crypto;

TEST_CASE("a code comes in groups, the last of what is left") {
    const std::string code = make_code({.length = 10, .group = 4});
    CHECK(code.size() == 12);
    CHECK(code[4] == '-');
    CHECK(code[9] == '-');
    CHECK(make_code({.length = 8, .group = 8}).find('-') == std::string::npos);
    CHECK(make_code({.length = 1, .group = 4}).size() == 1);
}

TEST_CASE("a code has no vowel, nothing that looks like another character, and all else") {
    std::set<char> seen;
    for (int round = 0; round < 100; ++round) {
        for (const char one : make_code({.length = 100, .group = 100})) {
            seen.insert(one);
        }
    }
    CHECK(std::string(seen.begin(), seen.end()) == "23456789bcdfghjkmnpqrstvwxyz");
    CHECK(code_bits_per_character <= std::log2(static_cast<double>(seen.size())));
}

TEST_CASE("no two codes are the same") {
    std::set<std::string> seen;
    for (int round = 0; round < 1000; ++round) {
        CHECK(seen.insert(make_code({.length = 12, .group = 4})).second);
    }
}

TEST_CASE("a code is known however it is typed") {
    const std::string expected = code_digest("k7qm-4d2x-9htr");
    for (const char* typed : {"k7qm4d2x9htr", "K7QM-4D2X-9HTR", " K7qm 4d2x 9htr\n",
                              "k7qm–4d2x—9htr", "k-7-q-m-4-d-2-x-9-h-t-r."}) {
        CHECK(code_digest(typed) == expected);
    }
}

TEST_CASE("another code has another digest, which does not tell it") {
    const std::string expected = code_digest("k7qm-4d2x-9htr");
    for (const char* typed : {"k7qm-4d2x-9ht", "k7qm-4d2x-9htrr", "k7qm-4d2x-9hrt", ""}) {
        CHECK(code_digest(typed) != expected);
    }
    CHECK(expected.size() == 64);
    CHECK(expected.find("k7qm") == std::string::npos);
}
