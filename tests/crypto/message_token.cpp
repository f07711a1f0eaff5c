// SPDX-License-Identifier: Apache-2.0
#include "crypto/message_token.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia::crypto;

namespace {

std::string token(const message_tokens& by, std::uint64_t number) {
    std::string made;
    by.append(number, made);
    return made;
}

} // namespace

TEST_CASE("a token gives its number back, and says nothing of its neighbours") {
    const message_tokens tokens("0123456789abcdef");
    CHECK(token(tokens, 7).size() == 22);
    CHECK(tokens.number(token(tokens, 7)) == 7U);
    CHECK(tokens.number(token(tokens, ~std::uint64_t{0})) == ~std::uint64_t{0});
    CHECK(token(tokens, 7).substr(0, 8) != token(tokens, 8).substr(0, 8));
}

TEST_CASE("what we did not make is no token") {
    const message_tokens tokens("0123456789abcdef");
    const message_tokens others("fedcba9876543210");
    for (const std::string& bad :
         {std::string(), std::string("x"), std::string(22, 'A'), std::string(22, '*'),
          token(others, 7), token(tokens, 7) + "A", token(tokens, 7).substr(1),
          token(tokens, 7) + "==", " " + token(tokens, 7).substr(1), std::string(22, '\0'),
          std::string("++++////++++////++++//"), token(tokens, 7).replace(21, 1, "B")}) {
        CHECK_FALSE(tokens.number(bad).has_value());
    }
}
