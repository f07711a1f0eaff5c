// SPDX-License-Identifier: Apache-2.0
#include "crypto/scram_message.hpp"

#include "base/limits.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using namespace tertulia::crypto;

TEST_CASE("attributes are read in their order, extensions after those that have to be there") {
    const auto found = scram_attributes("n=ana,r=abc=,x=1,Y=\u00f1", "nr");
    REQUIRE(found.has_value());
    REQUIRE(found->size() == 4);
    CHECK((*found)[0].value == "ana");
    CHECK((*found)[1].value == "abc=");
    CHECK((*found)[3].letter == 'Y');
    CHECK((*found)[3].value == "\u00f1");
}

TEST_CASE("what is no list of attributes is malformed") {
    for (const char* bad : {"", ",", "n", "n=", "n=a", "n=a,", ",n=a,r=b", "n=a,,r=b", "r=b,n=a",
                            "n=a,r=", "n=a,r", "n=a,r=b,", "n=a,r=b,=c", "n=a,r=b,1=c",
                            "n=a,r=b,xx=c", "n=a,r=b,n=c", "n=a,r=b,x=1,x=2", "n:a,r:b"}) {
        CAPTURE(bad);
        const auto found = scram_attributes(bad, "nr");
        REQUIRE_FALSE(found.has_value());
        CHECK(found.error() == scram_grammar_fault::malformed);
    }
}

TEST_CASE("an extension that must be known is told from what is malformed") {
    for (const char* one : {"m=x,n=a,r=b", "n=a,m=x,r=b", "n=a,r=b,m=x"}) {
        CHECK(scram_attributes(one, "nr").error() == scram_grammar_fault::extension);
    }
}

TEST_CASE("names keep commas and equals signs by escapes") {
    CHECK(to_scram_name("a,b=c") == "a=2Cb=3Dc");
    CHECK(from_scram_name("a=2Cb=3Dc") == "a,b=c");
    CHECK(from_scram_name("\u00f1and\u00fa") == "\u00f1and\u00fa");
    for (const char* bad : {"", "=", "a=", "=2", "=2c", "=3d", "=41", "a=2Cb=", "=="}) {
        CAPTURE(bad);
        CHECK_FALSE(from_scram_name(bad).has_value());
    }
}

TEST_CASE("a message is UTF-8 without NUL, and not longer than its limit") {
    const std::string longest(base::limits::scram_message_size_max, 'x');
    CHECK(is_scram_text(longest));
    CHECK_FALSE(is_scram_text(longest + "x"));
    CHECK_FALSE(is_scram_text(std::string("n=a\0", 4)));
    CHECK_FALSE(is_scram_text("n=\xFF"));
}

TEST_CASE("a nonce is printable and without comma; ours is one, and never the same") {
    CHECK(is_scram_nonce("!~%hvYDp="));
    for (const char* bad : {"a b", "a,b", "a\x7f", "\u00f1", "a\t"}) {
        CHECK_FALSE(is_scram_nonce(bad));
    }
    CHECK(is_scram_nonce(make_scram_nonce()));
    CHECK(make_scram_nonce().size() == 24);
    CHECK(make_scram_nonce() != make_scram_nonce());
}
