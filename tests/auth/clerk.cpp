// SPDX-License-Identifier: Apache-2.0
#include "auth/clerk.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "crypto/code.hpp"
#include "irc/kept_accounts.hpp"

#include <doctest/doctest.h>

#include <variant>

using namespace tertulia;
using session::doubt;

namespace {

struct desk {
    base::guarded<auth::guesses> counted;
    tests::kept_accounts* accounts = new tests::kept_accounts; // the clerk's
    auth::policy by{.cost = {.memory_kib = 8, .passes = 1},
                    .scram = true,
                    .scram_iterations = base::limits::scram_iterations_min,
                    .imagination = std::string(32, 'i')};
    std::unique_ptr<auth::clerk> clerk = std::make_unique<auth::clerk>(
        by, counted, std::unique_ptr<store::credential_reader>(accounts));

    session::credential_answer asks(session::credential_query::what_of what) {
        return clerk->answer({1, std::move(what)}, base::steady_time{});
    }
    void has(const std::string& name, const std::string& password, bool suspended = false) {
        const auto made = std::get<session::hashed>(asks(session::password_hash{password}));
        accounts->hear({{},
                        {},
                        chat::nobody{},
                        chat::account_saved{
                            {7}, *base::make_nickname(name), base::wall_time{}, 3, suspended, {}}});
        accounts->hear({{}, {}, chat::nobody{}, chat::credentials_saved{{7}, made.what}});
    }
    doubt doubts(session::credential_query::what_of what) {
        const session::credential_answer answer = asks(std::move(what));
        REQUIRE(std::holds_alternative<session::not_proved>(answer));
        return std::get<session::not_proved>(answer).why;
    }
};

} // namespace

TEST_CASE("the right password proves the account and the version of its credentials") {
    desk at;
    at.has("Ana", "secreto");
    const auto answer = at.asks(session::password_check{"aNA", "secreto"});
    REQUIRE(std::holds_alternative<session::proved>(answer));
    CHECK(std::get<session::proved>(answer).as.account == chat::person_id{7});
    CHECK(std::get<session::proved>(answer).as.version == 3);
    CHECK(std::get<session::proved>(answer).account.display == "Ana");
}

TEST_CASE("the code of a first start is judged, and guesses at it count") {
    desk at;
    CHECK(at.doubts(session::claim_check{"bcdf-ghjk"}) == doubt::wrong);
    at.by.claim = crypto::code_digest("bcdf-ghjk");
    at.clerk = std::make_unique<auth::clerk>(
        at.by, at.counted, std::unique_ptr<store::credential_reader>(new tests::kept_accounts));
    CHECK(
        std::holds_alternative<session::claim_granted>(at.asks(session::claim_check{"BCDF ghjk"})));
    for (int i = 1; i < base::limits::guesses_from_address_max; ++i) {
        CHECK(at.doubts(session::claim_check{"bcdf-ghjm"}) == doubt::wrong);
    }
    CHECK(at.doubts(session::claim_check{"bcdf-ghjk"}) == doubt::slowed_down);
}

TEST_CASE("a password is the same however its letters were composed") {
    desk at;
    at.has("ana", "contrase\u00f1a");
    const auto answer = at.asks(session::password_check{"ana", "contrasen\u0303a"});
    CHECK(std::holds_alternative<session::proved>(answer));
}

TEST_CASE("a wrong password and an unknown account are told alike") {
    desk at;
    at.has("ana", "secreto");
    CHECK(at.doubts(session::password_check{"ana", "otro"}) == doubt::wrong);
    CHECK(at.doubts(session::password_check{"eva", "secreto"}) == doubt::wrong);
    CHECK(at.doubts(session::password_check{"", ""}) == doubt::wrong);
}

TEST_CASE("a suspended account is told so only to who knows its password") {
    desk at;
    at.has("ana", "secreto", true);
    CHECK(at.doubts(session::password_check{"ana", "secreto"}) == doubt::suspended);
    CHECK(at.doubts(session::password_check{"ana", "otro"}) == doubt::wrong);
}

TEST_CASE("new passwords are of 1 to 800 bytes of UTF-8") {
    desk at;
    CHECK(at.doubts(session::password_hash{""}) == doubt::password_unusable);
    CHECK(at.doubts(session::password_hash{std::string(801, 'x')}) == doubt::password_unusable);
    CHECK(at.doubts(session::password_hash{"\xff"}) == doubt::password_unusable);
    CHECK(std::holds_alternative<session::hashed>(
        at.asks(session::password_hash{std::string(800, 'x')})));
    CHECK(std::holds_alternative<session::hashed>(at.asks(session::password_hash{" "})));
}

TEST_CASE("who makes accounts in masses has to wait") {
    desk at;
    for (int i = 0; i < base::limits::registrations_from_address_max; ++i) {
        CHECK(std::holds_alternative<session::hashed>(at.asks(session::password_hash{"x"})));
    }
    CHECK(at.doubts(session::password_hash{"x"}) == doubt::slowed_down);
    CHECK(at.doubts(session::password_check{"ana", "x"}) == doubt::wrong);
}

TEST_CASE("a password is changed with the proof of the old one") {
    desk at;
    at.has("ana", "uno");
    CHECK(at.doubts(session::password_change{"ana", "dos", "tres"}) == doubt::wrong);
    const auto answer = at.asks(session::password_change{"ana", "uno", "dos"});
    REQUIRE(std::holds_alternative<session::hashed>(answer));
    CHECK(std::get<session::hashed>(answer).by.version == 3);
}

TEST_CASE("without SCRAM no keys for it are made, and none of its messages is answered") {
    desk at;
    at.by.scram = false;
    at.clerk =
        std::make_unique<auth::clerk>(at.by, at.counted, std::make_unique<tests::kept_accounts>());
    const auto made = at.asks(session::password_hash{"secreto"});
    CHECK(std::get<session::hashed>(made).what.scram.empty());
    CHECK(at.doubts(session::scram_start{"n,,n=ana,r=abc"}) == doubt::not_offered);
}

TEST_CASE("SCRAM asks an account that does not exist for a proof, the same way each time") {
    desk at;
    const auto salt = [&] {
        const auto answer = at.asks(session::scram_start{"n,,n=nadie,r=abc"});
        const std::string& first = std::get<session::scram_challenge>(answer).server_first;
        return first.substr(first.find(",s="));
    };
    CHECK(salt() == salt());
    CHECK(at.doubts(session::scram_start{"nonsense"}) == doubt::malformed);
}

TEST_CASE("a certificate proves whose it is, unless another is wanted or the account suspended") {
    desk at;
    at.has("Ana", "secreto");
    at.accounts->hear({{}, {}, chat::nobody{}, chat::certificate_saved{{7}, "aa", true}});
    const auto answer = at.asks(session::certificate_check{"aa", ""});
    REQUIRE(std::holds_alternative<session::proved>(answer));
    CHECK(std::get<session::proved>(answer).as.version == 3);
    CHECK(
        std::holds_alternative<session::proved>(at.asks(session::certificate_check{"aa", "ANA"})));
    CHECK(at.doubts(session::certificate_check{"aa", "eva"}) == doubt::wrong);
    CHECK(at.doubts(session::certificate_check{"bb", "Ana"}) == doubt::wrong);
    CHECK(at.doubts(session::certificate_check{"", ""}) == doubt::wrong);
    at.has("Ana", "secreto", true);
    CHECK(at.doubts(session::certificate_check{"aa", ""}) == doubt::suspended);
}
