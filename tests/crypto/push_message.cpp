// SPDX-License-Identifier: Apache-2.0
// What is pushed, encrypted: RFC 8291's own example, and what is refused.
#include "crypto/push_message.hpp"

#include "base/base64.hpp"
#include "crypto/p256.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

namespace {

std::string bytes(std::string_view written) { return *base::from_base64_url(written); }

// RFC 8291, 5 and appendix A.
const std::string device_key = bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4"
                                     "bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
const std::string device_secret = bytes("BTBZMqHH6r4Tts7J_aSIgg");

} // namespace

TEST_CASE("the example of RFC 8291 is encrypted as it says") {
    const auto made = crypto::encrypt_push_with(
        "When I grow up, I want to be a watermelon", device_key, device_secret,
        bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), bytes("DGv6ra1nlYgDCS1FRnbzlw"));
    REQUIRE(made.has_value());
    CHECK(base::to_base64_url(*made) ==
          "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmY"
          "WAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexS"
          "gSxsj_Qulcy4a-fN");
}

TEST_CASE("the same text is never encrypted alike, and is longer by what is promised") {
    const auto one = crypto::encrypt_push("hola", device_key, device_secret);
    const auto other = crypto::encrypt_push("hola", device_key, device_secret);
    REQUIRE(one.has_value());
    REQUIRE(other.has_value());
    CHECK(*one != *other);
    CHECK(one->size() == 4 + crypto::push_overhead);
}

TEST_CASE("a device's key is a point on the curve, written whole") {
    CHECK(crypto::is_push_key(device_key));
    std::string beside = device_key;
    beside.back() = static_cast<char>(beside.back() ^ 1);
    CHECK_FALSE(crypto::is_push_key(beside));
    CHECK_FALSE(crypto::is_push_key(""));
    CHECK_FALSE(crypto::is_push_key(device_key.substr(1)));
    CHECK_FALSE(crypto::is_push_key(device_key + "x"));
    CHECK_FALSE(crypto::is_push_key(std::string(1, '\0')));              // infinity
    CHECK_FALSE(crypto::is_push_key('\x02' + device_key.substr(1, 32))); // compressed
    CHECK_FALSE(crypto::is_push_key('\x04' + std::string(64, '\0')));
    CHECK_FALSE(crypto::encrypt_push("hola", beside, device_secret).has_value());
}

TEST_CASE("any seed makes a key, always the same one") {
    for (const std::string& seed : {std::string(32, '\0'), std::string(32, '\xFF')}) {
        const crypto::p256_key key(seed);
        CHECK(crypto::is_p256_point(key.public_key()));
        CHECK(crypto::p256_key(seed).public_key() == key.public_key());
        const crypto::p256_key other(std::string(32, 'x'));
        CHECK(key.agree(other.public_key()) == other.agree(key.public_key()));
    }
}
