// SPDX-License-Identifier: Apache-2.0
#include "crypto/password.hpp"

#include <doctest/doctest.h>
#include <sodium.h>

#include <string>
#include <string_view>
#include <utility>

using namespace tertulia::crypto;

namespace {

// Cheap, because what is tested doesn't depend on the cost.
constexpr password_cost cheap{.memory_kib = 8, .passes = 1};
// More than Argon2 can use, so that no machine tries.
constexpr password_cost beyond_all_machines{.memory_kib = 4'294'967'296, .passes = 1};

secret_text secret(std::string plain) { return secret_text(std::move(plain)); }

std::string hashed(std::string plain, password_cost cost = cheap) {
    auto made = hash_password(secret(std::move(plain)), cost);
    REQUIRE(made.has_value());
    return *made;
}

password_answer verify(std::string_view stored, std::string plain) {
    return verify_password(stored, secret(std::move(plain)), cheap);
}

// "clave" with the salt "0123456789abcdef", by the reference program of Argon2.
constexpr std::string_view of_reference = "$argon2id$v=19$m=64,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"
                                          "ehSyjKqv7obtLxeL9Y6T0w4zWIWKbMgqLqJzxNCiVx8";

} // namespace

TEST_CASE("a password is known again by its hash, and no other is") {
    const std::string stored = hashed("dos palabras");
    CHECK(verify(stored, "dos palabras") == password_answer::right);
    for (const char* other : {"dos palabra", "dos palabras ", "Dos palabras", ""}) {
        CHECK(verify(stored, other) == password_answer::wrong);
    }
}

TEST_CASE("a zero byte doesn't end a password") {
    const std::string stored = hashed(std::string("a\0b", 3));
    CHECK(verify(stored, std::string("a\0b", 3)) == password_answer::right);
    CHECK(verify(stored, std::string("a\0c", 3)) == password_answer::wrong);
    CHECK(verify(stored, "a") == password_answer::wrong);
}

TEST_CASE("the same password is never stored twice as the same text") {
    CHECK(hashed("clave") != hashed("clave"));
}

TEST_CASE("what is stored is a PHC string that other programs verify, and theirs ours") {
    const std::string ours = hashed("clave", {.memory_kib = 64, .passes = 3});
    CHECK(ours.starts_with("$argon2id$v=19$m=64,t=3,p=1$"));
    CHECK(crypto_pwhash_str_verify(ours.c_str(), "clave", 5) == 0);
    CHECK(verify(of_reference, "clave") == password_answer::right);
    CHECK(verify(of_reference, "clavo") == password_answer::wrong);
}

TEST_CASE("nobody's password is wrong, whatever it is") {
    CHECK(verify("", "clave") == password_answer::wrong);
    CHECK(verify("", "") == password_answer::wrong);
}

TEST_CASE("nobody's password costs as much as anybody's") {
    CHECK(verify_password("", secret("clave"), beyond_all_machines) == password_answer::no_memory);
}

TEST_CASE("without memory nobody is told that the password is wrong") {
    CHECK_FALSE(hash_password(secret("clave"), beyond_all_machines).has_value());
    std::string stored = hashed("clave");
    stored.replace(stored.find("m=8,"), 3, "m=4294967296");
    CHECK(verify(stored, "clave") == password_answer::no_memory);
}

TEST_CASE("a hash is made anew when its cost is not the configured one") {
    const std::string stored = hashed("clave", {.memory_kib = 16, .passes = 2});
    CHECK_FALSE(needs_rehash(stored, {.memory_kib = 16, .passes = 2}));
    CHECK(needs_rehash(stored, {.memory_kib = 32, .passes = 2}));
    CHECK(needs_rehash(stored, {.memory_kib = 8, .passes = 2}));
    CHECK(needs_rehash(stored, {.memory_kib = 16, .passes = 3}));
    CHECK(needs_rehash("", cheap));
}

TEST_CASE("the default cost is not below what OWASP asks for") {
    CHECK(password_cost{}.memory_kib >= 19 * 1024);
    CHECK(password_cost{}.passes >= 2);
}

TEST_CASE("what is no hash of ours verifies nothing") {
    const std::string good = hashed("clave");
    const std::string salt_and_hash = good.substr(good.find(",p=1$") + 5);
    for (const std::string& bad :
         {std::string("clave"), good + "A", good + "$", good.substr(0, good.size() - 1),
          good.substr(0, good.rfind('$')), "$argon2i$v=19$m=8,t=1,p=1$" + salt_and_hash,
          "$argon2id$v=16$m=8,t=1,p=1$" + salt_and_hash,
          "$argon2id$v=19$m=8,t=1,p=2$" + salt_and_hash,
          "$argon2id$v=19$m=7,t=1,p=1$" + salt_and_hash,
          "$argon2id$v=19$m=8,t=0,p=1$" + salt_and_hash,
          "$argon2id$v=19$m=-8,t=1,p=1$" + salt_and_hash,
          "$argon2id$v=19$m=99999999999999999999,t=1,p=1$" + salt_and_hash,
          "$argon2id$v=19$m=,t=1,p=1$" + salt_and_hash, " " + good}) {
        CAPTURE(bad);
        CHECK(verify(bad, "clave") == password_answer::wrong);
        CHECK(needs_rehash(bad, cheap));
    }
}
