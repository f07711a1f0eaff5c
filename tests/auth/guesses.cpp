// SPDX-License-Identifier: Apache-2.0
#include "auth/guesses.hpp"

#include "base/limits.hpp"

#include <doctest/doctest.h>

using namespace tertulia;
using namespace std::chrono_literals;

namespace {

constexpr base::steady_time start{100s};
constexpr std::uint64_t home = 1;
constexpr std::uint64_t elsewhere = 2;
namespace limits = base::limits;

void guess(auth::guesses& at, const std::string& account, std::uint64_t from, int times) {
    for (int i = 0; i < times; ++i) {
        at.was_wrong(account, from, start);
    }
}

} // namespace

TEST_CASE("so many wrong guesses are free, then an account has to wait") {
    auth::guesses at;
    guess(at, "ana", home, limits::guesses_of_account_max - 1);
    CHECK(at.wait("ana", home, start) == 0s);
    guess(at, "ana", home, 1);
    CHECK(at.wait("ana", home, start) == limits::guess_of_account_each);
    CHECK(at.wait("eva", home, start) == 0s);
}

TEST_CASE("places come back one after the other") {
    auth::guesses at;
    guess(at, "ana", home, limits::guesses_of_account_max);
    const auto later = start + limits::guess_of_account_each;
    CHECK(at.wait("ana", home, later) == 0s);
    at.was_wrong("ana", home, later);
    CHECK(at.wait("ana", home, later) == limits::guess_of_account_each);
}

TEST_CASE("what is guessed elsewhere does not shut out who has come from here before") {
    auth::guesses at;
    at.was_right("ana", home, start);
    guess(at, "ana", elsewhere, 2 * limits::guesses_of_account_max);
    CHECK(at.wait("ana", elsewhere, start) > 0s);
    CHECK(at.wait("ana", home, start) == 0s);
    guess(at, "ana", home, limits::guesses_of_account_max);
    CHECK(at.wait("ana", home, start) > 0s);
}

TEST_CASE("an address that guesses at many accounts has to wait for all of them") {
    auth::guesses at;
    for (int i = 0; i < limits::guesses_from_address_max; ++i) {
        at.was_wrong("account" + std::to_string(i), elsewhere, start);
    }
    CHECK(at.wait("ana", elsewhere, start) == limits::guess_from_address_each);
    CHECK(at.wait("ana", home, start) == 0s);
}

TEST_CASE("who guesses behind a shared address shuts out nobody who has come from there before") {
    auth::guesses at;
    at.was_right("ana", home, start);
    for (int i = 0; i < 2 * limits::guesses_from_address_max; ++i) {
        at.was_wrong("account" + std::to_string(i), home, start);
    }
    CHECK(at.wait("eva", home, start) > 0s);
    CHECK(at.wait("ana", home, start) == 0s);
}

TEST_CASE("who mistypes where she has come from before costs her neighbours nothing") {
    auth::guesses at;
    at.was_right("ana", home, start);
    guess(at, "ana", home, limits::guesses_from_address_max);
    CHECK(at.wait("ana", home, start) > 0s);
    CHECK(at.wait("eva", home, start) == 0s);
}

TEST_CASE("a class makes its accounts in one lesson, and nobody has to wait to log in for it") {
    auth::guesses at;
    for (int i = 0; i < limits::registrations_from_address_max; ++i) {
        CHECK(at.wait_to_register(home, start) == 0s);
        at.registers(home, start);
    }
    CHECK(at.wait_to_register(home, start) == limits::registration_from_address_each);
    CHECK(at.wait_to_register(elsewhere, start) == 0s);
    CHECK(at.wait("ana", home, start) == 0s);
    CHECK(at.wait_to_register(home, start + limits::registration_from_address_each) == 0s);
}
