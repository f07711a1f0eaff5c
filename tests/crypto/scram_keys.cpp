// SPDX-License-Identifier: Apache-2.0
#include "crypto/scram_keys.hpp"

#include "crypto/scram_example.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace tertulia::crypto;

namespace {

const std::string server_secret(32, 's');

} // namespace

TEST_CASE("two accounts with the same password have nothing in common") {
    const scram_keys one = make_scram_keys(tests::scram_example::password(), 4096);
    const scram_keys other = make_scram_keys(tests::scram_example::password(), 4096);
    CHECK(one.salt.size() == 16);
    CHECK(one.iterations == 4096);
    CHECK(one.salt != other.salt);
    CHECK(one.stored_key != other.stored_key);
    CHECK(one.server_key != other.server_key);
}

TEST_CASE("the keys are made with the iterations that they name") {
    const std::string salt(16, 's');
    const secret_text few = scram_salted_password(tests::scram_example::password(), salt, 4096);
    const secret_text more = scram_salted_password(tests::scram_example::password(), salt, 4097);
    CHECK(few.view() != more.view());
}

TEST_CASE("keys are stored as one line and come back") {
    const scram_keys keys = tests::scram_example::keys();
    const std::string text = to_text(keys);
    CHECK(text == "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
                  "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
                  "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
    CHECK(parse_scram_keys(text) == keys);
}

TEST_CASE("what is no line of keys is none") {
    const std::string_view good = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
                                  "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
                                  "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";
    REQUIRE(parse_scram_keys(good).has_value());
    const auto with = [&](std::string_view what, std::string_view instead) {
        std::string made(good);
        made.replace(made.find(what), what.size(), instead);
        return made;
    };
    for (const std::string& bad :
         {std::string(), with("SHA-256", "SHA-1"), with("4096", "4095"), with("4096", "-4096"),
          with("4096", ""), with("4096", "4096 "), with("4096", "99999999999"),
          with("4096", "2000001"), with("W22ZaJ0SNY7soEsUEjb6gQ==", ""), with("gQ==", "gQ="),
          with("WG5d", ""), with("wfPL", ""), with("2dU=", "2dU=:"), with("$WG5d", "WG5d"),
          with(":wfPL", "wfPL"), with("SCRAM-SHA-256$", "")}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_scram_keys(bad).has_value());
    }
}

TEST_CASE("the keys of nobody look like somebody's and are the same each time") {
    const scram_keys nobody = imagined_scram_keys(server_secret, "pia", 4096);
    CHECK(nobody == imagined_scram_keys(server_secret, "pia", 4096));
    CHECK(nobody.salt.size() == 16);
    CHECK(nobody.iterations == 4096);
    CHECK(nobody.stored_key.size() == 32);
    CHECK(nobody.server_key.size() == 32);
}

TEST_CASE("nobodies differ from each other, and from server to server") {
    const scram_keys nobody = imagined_scram_keys(server_secret, "pia", 4096);
    CHECK(nobody.salt != imagined_scram_keys(server_secret, "pio", 4096).salt);
    CHECK(nobody.salt != imagined_scram_keys(std::string(32, 'x'), "pia", 4096).salt);
    CHECK(nobody.stored_key != nobody.server_key);
    CHECK_FALSE(nobody.stored_key.starts_with(nobody.salt));
}
