// SPDX-License-Identifier: Apache-2.0
#include "crypto/scram_client.hpp"

#include "base/limits.hpp"
#include "crypto/scram.hpp"
#include "crypto/scram_example.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace tertulia::crypto;
namespace example = tests::scram_example;

namespace {

scram_client user() { return {"user", example::password(), example::client_nonce}; }

scram_client answered() {
    scram_client client = user();
    REQUIRE(client.answer(example::server_first).has_value());
    return client;
}

scram_client_fault fault_at(std::string_view server_first) {
    const auto answer = user().answer(server_first);
    REQUIRE_FALSE(answer.has_value());
    return answer.error();
}

// The server-first message of the example with other iterations.
std::string with_iterations(std::string_view text) {
    const std::string_view before = example::server_first;
    return std::string(before.substr(0, before.rfind('=') + 1)).append(text);
}

} // namespace

TEST_CASE("the client says what RFC 7677 wants it to say") {
    scram_client client = user();
    CHECK(client.first() == example::client_first);
    CHECK(client.answer(example::server_first) == std::string(example::client_final));
    CHECK(client.confirm(example::server_final).has_value());
}

TEST_CASE("a client and a server of ours understand each other, whatever the name") {
    for (const char* name : {"ana", "\u00f1and\u00fa", "a=2C,b"}) {
        const scram_keys keys = make_scram_keys(example::password(), 5000);
        scram_client client(name, example::password(), make_scram_nonce());
        const auto opening = read_scram_opening(client.first());
        REQUIRE(opening.has_value());
        CHECK(opening->account == name);
        const scram_exchange exchange(*opening, keys, make_scram_nonce());
        const auto server_final = exchange.finish(*client.answer(exchange.server_first()));
        REQUIRE(server_final.has_value());
        CHECK(client.confirm(*server_final).has_value());
    }
}

TEST_CASE("a server that answers with another nonce is not listened to") {
    for (const char* bad :
         {"r=other,s=QUJD,i=4096", "r=rOprNGfwEbeRWgbNEkqO,s=QUJD,i=4096",
          "r=rOprNGfwEbeRWgbNEkq,s=QUJD,i=4096", "r=rOprNGfwEbeRWgbNEkqO\u00f1,s=QUJD,i=4096",
          "r=x rOprNGfwEbeRWgbNEkqO,s=QUJD,i=4096"}) {
        CHECK(fault_at(bad) == scram_client_fault::wrong_nonce);
    }
}

TEST_CASE("a server that says no SCRAM is not listened to") {
    const std::string nul = std::string(example::server_first) + std::string(",x=\0", 4);
    for (const std::string& bad :
         {std::string(), std::string("e=other-error"), std::string("r=x"), nul,
          std::string("s=QUJD,r=rOprNGfwEbeRWgbNEkqOx,i=4096"),
          std::string("r=rOprNGfwEbeRWgbNEkqOx,s=QUJ,i=4096"),
          std::string("r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096"),
          std::string("r=rOprNGfwEbeRWgbNEkqOx,s=QUJD"), with_iterations(""),
          with_iterations("-4096"), with_iterations("+4096"), with_iterations("04096"),
          with_iterations("4096.0"), with_iterations(" 4096"), with_iterations("0x1000"),
          std::string(example::server_first) + ",x=" + std::string(2048, 'x')}) {
        CAPTURE(bad);
        CHECK(fault_at(bad) == scram_client_fault::malformed);
    }
}

TEST_CASE("a server that wants too few or too many iterations gets no answer") {
    for (const char* few : {"1", "4095"}) {
        CHECK(fault_at(with_iterations(few)) == scram_client_fault::too_few_iterations);
    }
    for (const char* many : {"2000001", "4294967295", "4294967296", "99999999999999999999999999"}) {
        CHECK(fault_at(with_iterations(many)) == scram_client_fault::too_many_iterations);
    }
}

TEST_CASE("extensions of the server are passed over, but for those that must be known") {
    CHECK(user().answer(std::string(example::server_first) + ",x=1").has_value());
    CHECK(fault_at(std::string("m=1,").append(example::server_first)) ==
          scram_client_fault::extension);
    CHECK(answered().confirm(std::string(example::server_final) + ",x=1").has_value());
}

TEST_CASE("a server that does not know the password is found out") {
    const std::vector<std::pair<std::string, scram_client_fault>> finals{
        {"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5=", scram_client_fault::malformed},
        {"v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", scram_client_fault::forged},
        {"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjk=", scram_client_fault::forged},
        {"v=", scram_client_fault::malformed},
        {"", scram_client_fault::malformed},
        {"x=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", scram_client_fault::malformed},
        {"m=1,v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", scram_client_fault::extension},
        {"v=\xFF", scram_client_fault::malformed},
        {"e=invalid-proof", scram_client_fault::refused}};
    for (const auto& [final, fault] : finals) {
        CAPTURE(final);
        const auto confirmed = answered().confirm(final);
        REQUIRE_FALSE(confirmed.has_value());
        CHECK(confirmed.error() == fault);
    }
}

TEST_CASE("nothing is confirmed before the client has answered") {
    CHECK(user().confirm(example::server_final).error() == scram_client_fault::forged);
}
