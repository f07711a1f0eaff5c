// SPDX-License-Identifier: Apache-2.0
#include "transport/self_signed.hpp"

#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace tertulia;
using transport::fingerprint;
using transport::make_self_signed;

namespace {

struct keyring : tests::temporary_folder {
    const std::string certificate = file("certificate.pem");
    const std::string key = file("key.pem");

    [[nodiscard]] base::result<void> make() const {
        return make_self_signed(certificate, key, "tertulia.test");
    }
};

} // namespace

TEST_CASE("a certificate is made once and kept") {
    const keyring at;
    REQUIRE(at.make());
    const std::string before = at.read("certificate.pem") + at.read("key.pem");
    REQUIRE(at.make());
    CHECK(at.read("certificate.pem") + at.read("key.pem") == before);
}

TEST_CASE("the key is for its owner's eyes only") {
    const keyring at;
    REQUIRE(at.make());
    using std::filesystem::perms;
    CHECK(std::filesystem::status(at.key).permissions() ==
          (perms::owner_read | perms::owner_write));
}

TEST_CASE("a certificate without its key is not made over") {
    const keyring at;
    at.write("certificate.pem", "precious");
    const auto made = at.make();
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().sentence == at.certificate + " is there but " + at.key +
                                       " is not: put the missing file back, or remove the other "
                                       "one and a new certificate is made.");
    CHECK(at.read("certificate.pem") == "precious");
}

TEST_CASE("a folder that is not there is an error that names the file") {
    const keyring at;
    const auto made = make_self_signed(at.file("no/certificate"), at.file("no/key"), "a.test");
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().sentence ==
          "Cannot write " + at.file("no/key") + ": No such file or directory.");
}

TEST_CASE("a fingerprint is 32 bytes in hexadecimal, its certificate's own") {
    const keyring one;
    const keyring other;
    REQUIRE(one.make());
    REQUIRE(other.make());
    const auto shown = fingerprint(one.certificate);
    REQUIRE(shown);
    CHECK(shown->size() == 95);
    CHECK((*shown)[2] == ':');
    CHECK(*shown != *fingerprint(other.certificate));
    CHECK_FALSE(fingerprint(one.key).has_value());
}
