// SPDX-License-Identifier: Apache-2.0
#include "crypto/scram.hpp"

#include "base/base64.hpp"
#include "base/limits.hpp"
#include "crypto/scram_client.hpp"
#include "crypto/scram_example.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia;
using namespace tertulia::crypto;
namespace example = tests::scram_example;

namespace {

scram_exchange exchange_after(std::string_view client_first) {
    const auto opening = read_scram_opening(client_first);
    REQUIRE(opening.has_value());
    return {*opening, example::keys(), example::server_nonce};
}

// What the server refuses a client-first message with.
std::string refusal_of_first(std::string_view client_first) {
    const auto opening = read_scram_opening(client_first);
    return opening ? "accepted" : scram_refusal(opening.error());
}

// The same of a client-final message, or the server-final one.
std::string after(std::string_view client_final) {
    const auto answer = exchange_after(example::client_first).finish(client_final);
    return answer ? *answer : scram_refusal(answer.error());
}

std::string final_with(std::string_view what, std::string_view instead) {
    std::string made(example::client_final);
    made.replace(made.find(what), what.size(), instead);
    return made;
}

// What a client that knows the password proves when the conversation went as it says.
std::string honest_final(std::string_view client_first, std::string_view extensions) {
    const std::string_view header = client_first.substr(0, client_first.rfind(",n=") + 1);
    const scram_exchange exchange = exchange_after(client_first);
    const std::string without_proof =
        "c=" + base::to_base64(header) +
        exchange.server_first().substr(0, exchange.server_first().find(",s=")).insert(0, ",") +
        std::string(extensions);
    const std::string said = std::string(client_first.substr(header.size())) + "," +
                             exchange.server_first() + "," + without_proof;
    const secret_text salted =
        scram_salted_password(example::password(), example::keys().salt, 4096);
    const std::string signature = hmac_sha256(example::keys().stored_key, said);
    return without_proof +
           ",p=" + base::to_base64(exclusive_or(scram_client_key(salted).view(), signature));
}

} // namespace

TEST_CASE("the server says what RFC 7677 wants it to say") {
    const scram_exchange exchange = exchange_after(example::client_first);
    CHECK(exchange.server_first() == example::server_first);
    CHECK(exchange.finish(example::client_final) == std::string(example::server_final));
}

TEST_CASE("a wrong password and nobody's are refused alike") {
    scram_client guessing("user", secret_text(std::string("pencils")), example::client_nonce);
    CHECK(after(*guessing.answer(example::server_first)) == "e=invalid-proof");

    const scram_exchange with_nobody(*read_scram_opening(example::client_first),
                                     imagined_scram_keys(std::string(32, 's'), "user", 4096),
                                     example::server_nonce);
    scram_client client("user", example::password(), example::client_nonce);
    const auto answer = with_nobody.finish(*client.answer(with_nobody.server_first()));
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error() == scram_fault::invalid_proof);
}

TEST_CASE("names come out of their escapes, and are not folded") {
    CHECK(read_scram_opening("n,,n=a=2Cb=3Dc,r=x")->account == "a,b=c");
    CHECK(read_scram_opening("n,,n=\u00d1and\u00fa,r=x")->account == "\u00d1and\u00fa");
    for (const char* bad : {"=", "a=", "=2c", "=2", "a=41", "=3Db="}) {
        const std::string message = std::string("n,,n=") + bad + ",r=x";
        CAPTURE(message);
        CHECK(refusal_of_first(message) == "e=invalid-username-encoding");
    }
}

TEST_CASE("one acts as oneself only") {
    CHECK(refusal_of_first("n,a=user,n=user,r=x") == "accepted");
    CHECK(refusal_of_first("n,a=USER,n=user,r=x") == "accepted");
    CHECK(refusal_of_first("n,a=u=2Cr,n=u=2Cr,r=x") == "accepted");
    CHECK(refusal_of_first("n,a=ana,n=user,r=x") == "e=other-error");
    CHECK(refusal_of_first("n,a=us=er,n=user,r=x") == "e=invalid-username-encoding");
    CHECK(refusal_of_first("n,a=,n=user,r=x") == "e=invalid-username-encoding");
    CHECK(refusal_of_first("n,user,n=user,r=x") == "e=invalid-encoding");
}

TEST_CASE("channel binding is not done, and nobody is let believe that it is") {
    CHECK(refusal_of_first("y,,n=user,r=x") == "accepted");
    CHECK(refusal_of_first("p=tls-exporter,,n=user,r=x") == "e=channel-binding-not-supported");
    CHECK(refusal_of_first("p=,,n=user,r=x") == "e=channel-binding-not-supported");
    for (const char* bad : {",,n=user,r=x", "p,,n=user,r=x", "N,,n=user,r=x", "nn,,n=user,r=x",
                            "F,n,,n=user,r=x", " n,,n=user,r=x"}) {
        CAPTURE(bad);
        CHECK(refusal_of_first(bad) == "e=invalid-encoding");
    }
}

TEST_CASE("a client-first message that lacks something is refused") {
    for (const char* bad :
         {"", "n", "n,", "n,,", "n,,n=user", "n,,r=x", "n,,n=user,", "n,,n=user,r=", "n,,n=,r=x",
          "n,,r=x,n=user", "n=user,r=x", "n,n=user,r=x", "n,,,n=user,r=x", "n,,n=user,r=x,",
          "n,,n=user,r=x y", "n,,n=user,r=\u00f1", "n,,n=user,r=x,n=ana", "n,,n=user,r=x,r=y"}) {
        CAPTURE(bad);
        CHECK(refusal_of_first(bad) == "e=invalid-encoding");
    }
}

TEST_CASE("a client-first message is text, and no longer than its limit") {
    const std::string start = "n,,n=user,r=";
    const std::string nonce(base::limits::scram_message_size_max - start.size(), 'x');
    CHECK(refusal_of_first(start + nonce) == "accepted");
    CHECK(refusal_of_first(start + nonce + "x") == "e=invalid-encoding");
    CHECK(refusal_of_first(std::string("n,,n=us\0er,r=x", 14)) == "e=invalid-encoding");
    CHECK(refusal_of_first(std::string("n,,n=user,r=x\0", 14)) == "e=invalid-encoding");
    CHECK(refusal_of_first("n,,n=\xFF,r=x") == "e=invalid-encoding");
}

TEST_CASE("extensions are passed over and signed, but for those that must be known") {
    CHECK(refusal_of_first("n,,m=1,n=user,r=x") == "e=extensions-not-supported");
    CHECK(refusal_of_first("n,,n=user,r=x,m=1") == "e=extensions-not-supported");
    CHECK(after(final_with(",p=", ",m=1,p=")) == "e=extensions-not-supported");
    const std::string_view first = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO,x=1";
    CHECK(exchange_after(first).finish(honest_final(first, ",z=2")).has_value());
    CHECK(after(final_with(",p=", ",z=2,p=")) == "e=invalid-proof");
}

TEST_CASE("the header of the first message has to come again, whatever it was") {
    for (const char* first : {"n,,n=user,r=x", "y,,n=user,r=x", "n,a=user,n=user,r=x"}) {
        CHECK(exchange_after(first).finish(honest_final(first, "")).has_value());
    }
    CHECK(after(final_with("biws", "eSws")) == "e=channel-bindings-dont-match");     // "y,,"
    CHECK(after(final_with("biws", "biwsYQ==")) == "e=channel-bindings-dont-match"); // with data
    CHECK(after(final_with("biws", "biw")) == "e=invalid-encoding");
    CHECK(after(final_with("biws", "")) == "e=invalid-encoding");
}

TEST_CASE("a nonce that is not the exchange's is refused") {
    CHECK(after(final_with("FIlj)", "FIlj(")) == "e=other-error");
    CHECK(after(final_with("%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", "")) == "e=other-error");
    CHECK(after(final_with("$k0,", "$k0x,")) == "e=other-error");
}

TEST_CASE("a proof that is cut, changed or not there is refused") {
    CHECK(after(final_with("dHzb", "dHzc")) == "e=invalid-proof");
    CHECK(after(final_with("dHzb", "")) == "e=invalid-proof");
    CHECK(after(final_with("dHzb", "dHzbdHzb")) == "e=invalid-proof");
    for (const std::string& bad :
         {final_with("ndVQ=", "ndVQ"), final_with("ndVQ=", "ndV"), final_with("ndVQ=", "ndVQ= "),
          final_with("ndVQ=", "ndVR="), final_with("ndVQ=", "ndVQ=,x=1"),
          final_with("ndVQ=", "ndVQ=,"), final_with("ndVQ=", "ndVQ=,p=AAAA"),
          final_with("dHzb", std::string_view("\0Hzb", 4)), final_with("dHzb", "\xFFHzb")}) {
        CAPTURE(bad);
        CHECK(after(bad) == "e=invalid-encoding");
    }
}

TEST_CASE("a client-final message that lacks something is refused") {
    const std::string with_proof = final_with("c=biws,", "");
    for (const std::string& bad :
         {std::string(), std::string("p=AAAA"), std::string(",p=AAAA"), with_proof,
          std::string("c=biws,p=AAAA"), final_with("c=biws,r=", "r="), final_with("c=", "x="),
          std::string(example::client_final.substr(0, example::client_final.rfind(','))),
          final_with(",p=", ",z=" + std::string(base::limits::scram_message_size_max, 'z') + ",p="),
          std::string(example::client_first)}) {
        CAPTURE(bad);
        CHECK(after(bad) == "e=invalid-encoding");
    }
}
