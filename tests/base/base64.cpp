// SPDX-License-Identifier: Apache-2.0
#include "base/base64.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace tertulia::base;

TEST_CASE("base64 has the spellings of RFC 4648, section 10") {
    const std::vector<std::pair<std::string, std::string>> spellings{{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"},
                                                                     {"\xFB\xFF", "+/8="}};
    for (const auto& [bytes, text] : spellings) {
        CHECK(to_base64(bytes) == text);
        CHECK(from_base64(text) == bytes);
    }
}

TEST_CASE("every byte at every place comes back from base64") {
    std::string bytes;
    for (int round = 0; round < 3; ++round) {
        for (int value = 0; value < 256; ++value) {
            bytes += static_cast<char>(value);
        }
        bytes += '\0';
    }
    CHECK(from_base64(to_base64(bytes)) == bytes);
}

TEST_CASE("bytes have one spelling in base64") {
    for (const std::string& bad :
         {std::string("Zg"), std::string("Zg="), std::string("Zg==="), std::string("Zg== "),
          std::string("Zm9v\n"), std::string("Zm 9"), std::string("===="), std::string("Z==="),
          std::string("Zh=="), std::string("Zm9="), std::string("Zg==Zg=="), std::string("=Zg="),
          std::string("Zm-_"), std::string("Zm\0v", 4), std::string("Zm\xC3\xB1"), std::string("Z"),
          std::string("=")}) {
        CAPTURE(bad);
        CHECK_FALSE(from_base64(bad).has_value());
    }
}

TEST_CASE("the alphabet for addresses is written without padding and read with or without") {
    CHECK(to_base64_url("\xFB\xFF\xFE") == "-__-");
    CHECK(to_base64_url("\xFB") == "-w");
    CHECK(from_base64_url("-__-") == "\xFB\xFF\xFE");
    CHECK(from_base64_url("-w") == "\xFB");
    CHECK(from_base64_url("-w==") == "\xFB");
    CHECK(from_base64_url("") == "");
    for (const char* const wrong : {"+w", "/w", "-", "-w=", "-x", "a b", "-w\n"}) {
        CHECK_FALSE_MESSAGE(from_base64_url(wrong).has_value(), wrong);
    }
}
