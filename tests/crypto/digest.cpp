// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia::crypto;

TEST_CASE("SHA-256 has the values of FIPS 180-2, appendix B") {
    CHECK(to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("HMAC has the values of RFC 4231, with a short key and with a long one") {
    CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(to_hex(hmac_sha256(std::string(131, '\xaa'),
                             "Test Using Larger Than Block-Size Key - Hash Key First")) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("hexadecimal is in lower case and keeps zeros") {
    CHECK(to_hex(std::string("\x00\x0f\xff", 3)) == "000fff");
    CHECK(to_hex("").empty());
}
