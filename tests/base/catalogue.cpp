// SPDX-License-Identifier: Apache-2.0
#include "base/catalogue.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace tertulia::base;

namespace {

const std::vector<text_key> keys{
#define TEXT(key, english, spanish) text_key::key,
#include "base/texts.inc"
#undef TEXT
};

std::multiset<std::string> placeholders(std::string_view text) {
    std::multiset<std::string> found;
    for (std::size_t at = text.find('{'); at != std::string_view::npos;
         at = text.find('{', at + 1)) {
        found.emplace(text.substr(at, 3));
    }
    return found;
}

} // namespace

TEST_CASE("every text is there in both languages, with the same placeholders") {
    REQUIRE(keys.size() > 50);
    for (const text_key key : keys) {
        const std::string_view english = text(language::english, key);
        const std::string_view spanish = text(language::spanish, key);
        INFO(std::string(english));
        CHECK_FALSE(english.empty());
        CHECK_FALSE(spanish.empty());
        CHECK(placeholders(english) == placeholders(spanish));
    }
}

TEST_CASE("values stand where their numbers are, and are never read as placeholders") {
    CHECK(say(language::english, text_key::irc_current_users, {"{1}", "7"}) ==
          "Current users {1}, max 7");
}

TEST_CASE("a locale tells the language") {
    for (const char* const spanish : {"es", "es_ES.UTF-8", "es-AR", "ES"}) {
        CHECK(language_of(spanish) == language::spanish);
    }
    for (const char* const english : {"", "C", "en_GB.UTF-8", "de_DE", "est"}) {
        CHECK(language_of(english) == language::english);
    }
}
