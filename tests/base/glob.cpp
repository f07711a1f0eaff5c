// SPDX-License-Identifier: Apache-2.0
#include "base/glob.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using tertulia::base::glob_match;

TEST_CASE("what fits a mask and what does not") {
    struct row {
        std::string_view mask, text;
        bool fits;
    };
    const row table[] = {
        {"*", "", true},
        {"*", "ana", true},
        {"ana", "ana", true},
        {"ana", "an", false},
        {"a?a", "ana", true},
        {"a?a", "aa", false},
        {"a*", "ana", true},
        {"*a*a", "ana", true},
        {"*n", "ana", false},
        {"a\\*", "a*", true},
        {"a\\*", "ab", false},
        {"\u00f1?u", "\u00f1\u00e1u", true},
        {"*!*@host", "ana!~a@host", true},
        {"", "", true},
        {"", "a", false},
        {"**", "a", true},
        {"?", "", false},
        {"*?*", "", false},
        {"*?*", "a", true},
        {"a\\", "a\\", true},
        {"a\\", "a", false},
        {"\\\\*", "\\a", true},
        {"\\?", "a", false},
        {"*\\**", "a*b", true},
        {"?", "\U0001F600", true},
        {"??", "\u00f1", false},
        {"*\u00f1", "n\u00f1\u00f1", true},
        {"?", "\xff", true},
        {"?b",
         "\x80"
         "b",
         true},
        {"*\xc3", "\u00f1", false},
        {"*\xb1", "\u00f1", false},
    };
    for (const row& one : table) {
        INFO(std::string(one.mask), " on ", std::string(one.text));
        CHECK(glob_match(one.mask, one.text) == one.fits);
    }
}

TEST_CASE("many stars cost no more than the mask times the text") {
    std::string mask;
    for (int i = 0; i < 100; ++i) {
        mask += "*a";
    }
    CHECK_FALSE(glob_match(mask + "b", std::string(5'000, 'a')));
}
