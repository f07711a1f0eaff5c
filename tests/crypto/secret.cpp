// SPDX-License-Identifier: Apache-2.0
#include "crypto/secret.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>

using namespace tertulia::crypto;

static_assert(!std::is_copy_constructible_v<secret_text>);
static_assert(!std::is_copy_assignable_v<secret_text>);

TEST_CASE("secrets are compared whole, and random bytes are as many as asked for") {
    CHECK(equal_secrets("clave", "clave"));
    CHECK_FALSE(equal_secrets("clave", "clavo"));
    CHECK_FALSE(equal_secrets("clave", "clav"));
    CHECK(random_bytes(16).size() == 16);
    CHECK(random_bytes(16) != random_bytes(16));
}

TEST_CASE("a secret leaves nothing in the text that it was made of") {
    for (const std::size_t size : {1U, 15U, 16U, 800U}) {
        std::string plain(size, 'x');
        const char* const was = plain.data();
        const secret_text secret(std::move(plain));
        CHECK(secret.view() == std::string(size, 'x'));
        CHECK(std::all_of(was, was + size, [](char one) { return one == '\0'; }));
    }
}

TEST_CASE("a secret is in one place only") {
    secret_text first(std::string("clave"));
    secret_text second(std::move(first));
    CHECK(first.view().empty()); // NOLINT(bugprone-use-after-move)
    CHECK(second.view() == "clave");
    first = std::move(second);
    CHECK(first.view() == "clave");
    CHECK(second.view().empty()); // NOLINT(bugprone-use-after-move)
}

TEST_CASE("no secret is an empty one, which points somewhere all the same") {
    CHECK(secret_text().view().empty());
    CHECK(secret_text().view().data() != nullptr);
}
