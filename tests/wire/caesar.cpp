// SPDX-License-Identifier: Apache-2.0
#include "wire/caesar.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace tertulia::wire;

TEST_CASE("caesar moves letters of ASCII by ten, each in its case, and nothing else") {
    CHECK(caesar_cipher("Berta: Buenas tardes, xyz XYZ 09") == "Lobdk: Leoxkc dkbnoc, hij HIJ 09");
    CHECK(caesar_decipher("Lobdk: Leoxkc dkbnoc, hij HIJ 09") ==
          "Berta: Buenas tardes, xyz XYZ 09");
}

TEST_CASE("letters outside ASCII are written so that the formula spares them") {
    const std::vector<std::pair<std::string, std::string>> spellings{
        {"compañeros ¿qué tal? Ñandú", "compan\u0303eros ¿que\u0301 tal? N\u0303andu\u0301"},
        {"Straße Ørsted Łódź æther œuvre đa ı 1ª 2º",
         "Strasse Orsted Lo\u0301dz\u0301 aether oeuvre da i 1a 2o"},
        {"ǿ", "o\u0301"},
        {"Ω и 中 한", "? ? ? ?"},
        {"α\u0301x", "?x"},
        {"👍 5 €", "👍 5 €"},
        {"", ""}};
    for (const auto& [text, written] : spellings) {
        CHECK(for_caesar(text) == written);
        CHECK(caesar_decipher(caesar_cipher(written)) == written);
    }
}
