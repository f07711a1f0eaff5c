// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.hpp"

#include "base/base64.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

namespace {

// Of "openssl req -x509 -newkey ec", for nobody.
constexpr std::string_view certificate =
    "MIIBdDCCARmgAwIBAgIUE7i4pjZdOfgN1BaiTaRsSjX9OyowCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDYW5hMCAX"
    "DTI2MTEyMTA3MjEzOFoYDzIxMjYxMDI4MDcyMTM4WjAOMQwwCgYDVQQDDANhbmEwWTATBgcqhkjOPQIBBggqhkjO"
    "PQMBBwNCAASErBeYPCbHohiWcGG+LBwMOQXF5OINA4f6lrDmABThOnsH4bn+NS+xncGBP8Dwyti0tYZvrKVyVqA4"
    "u8U7PkO4o1MwUTAdBgNVHQ4EFgQU+026ANuqsDQq5dNcDFF2zrYPqWMwHwYDVR0jBBgwFoAU+026ANuqsDQq5dNc"
    "DFF2zrYPqWMwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAlOtRvLUePflxmtVohBpBHxqBcRTl"
    "DPU2r1q100JJBsgCIQDCNpLYmcL7z3zAfmq3jBeFLTKu8wYJLHowZh/hcGVisw==";

} // namespace

TEST_CASE("a certificate is known by the fingerprint that openssl shows, in lower case") {
    CHECK(crypto::certificate_fingerprint(*base::from_base64(certificate)) ==
          "910f5c0cc85f4408231554dc8b0cc4f86a7c826a0d32e1ba4553659eb3ffbcc4");
}

TEST_CASE("a certificate that differs in one byte is another one") {
    std::string changed = *base::from_base64(certificate);
    const std::string before = crypto::certificate_fingerprint(changed);
    changed.back() = static_cast<char>(changed.back() ^ 1);
    CHECK(crypto::certificate_fingerprint(changed) != before);
}
