// SPDX-License-Identifier: Apache-2.0
#include "transport/tls_context.hpp"

#include "temporary_folder.hpp"
#include "transport/self_signed.hpp"

#include <doctest/doctest.h>

using namespace tertulia;
using transport::tls_context;

namespace {

struct certificates : tests::temporary_folder {
    const std::string certificate = file("certificate.pem");
    const std::string key = file("key.pem");

    certificates() { REQUIRE(transport::make_self_signed(certificate, key, "tertulia.test")); }
};

} // namespace

TEST_CASE("a certificate and its key are loaded") {
    const certificates at;
    CHECK(tls_context::load(at.certificate, at.key).has_value());
}

TEST_CASE("a file that is not there is named") {
    const certificates at;
    const auto no_certificate = tls_context::load(at.file("nothing"), at.key);
    REQUIRE_FALSE(no_certificate.has_value());
    CHECK(no_certificate.error().sentence ==
          "The TLS certificate " + at.file("nothing") +
              " cannot be read: check that the file is there and may be read.");
    const auto no_key = tls_context::load(at.certificate, at.file("nothing"));
    REQUIRE_FALSE(no_key.has_value());
    CHECK(no_key.error().sentence ==
          "The TLS key " + at.file("nothing") +
              " cannot be read: check that the file is there and may be read.");
}

TEST_CASE("a file that holds no certificate is refused") {
    const certificates at;
    at.write("text", "this is no certificate");
    const auto loaded = tls_context::load(at.file("text"), at.key);
    REQUIRE_FALSE(loaded.has_value());
    CHECK(loaded.error().sentence ==
          at.file("text") + " holds no TLS certificate that can be used: a PEM file is expected.");
}

TEST_CASE("a key that is none, or another certificate's, is refused") {
    const certificates at;
    const certificates other;
    for (const std::string& key : {other.key, at.certificate}) {
        const auto loaded = tls_context::load(at.certificate, key);
        REQUIRE_FALSE(loaded.has_value());
        CHECK(loaded.error().sentence == key + " does not hold the key of the certificate " +
                                             at.certificate +
                                             ": a PEM file without a password is expected.");
    }
}
