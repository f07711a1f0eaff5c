// SPDX-License-Identifier: Apache-2.0
#include "session/service_passes.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using namespace tertulia::session;

namespace {

constexpr chat::person_id ana{31};
constexpr base::steady_time now{};

struct made_passes : service_passes {
    void makes(const std::string& digest, chat::person_id whose = ana,
               std::string_view service = "QDB") {
        keep(whose, digest, *base::make_nickname("ana"), service, now);
    }
};

} // namespace

TEST_CASE("a pass opens once") {
    made_passes all;
    all.makes("digest");
    const auto name = all.take(ana, "digest", "QDB", now);
    REQUIRE(name);
    CHECK(name->display == "ana");
    CHECK_FALSE(all.take(ana, "digest", "QDB", now));
}

TEST_CASE(
    "a pass opens for its service and its account alone, and asking elsewhere spoils it not") {
    made_passes all;
    all.makes("digest");
    CHECK_FALSE(all.take(ana, "digest", "FILEHOST", now));
    CHECK_FALSE(all.take(chat::person_id{32}, "digest", "QDB", now));
    CHECK_FALSE(all.take(ana, "other", "QDB", now));
    CHECK(all.take(ana, "digest", "QDB", now));
}

TEST_CASE("a pass is over after its time") {
    made_passes all;
    all.makes("digest");
    CHECK_FALSE(all.take(ana, "digest", "QDB", now + pass_lifetime));
}

TEST_CASE("of too many passes of an account the oldest ends, and of nobody else's") {
    made_passes all;
    all.makes("eva's", chat::person_id{32});
    for (std::size_t i = 0; i <= passes_per_person_max; ++i) {
        all.makes(std::to_string(i));
    }
    CHECK_FALSE(all.take(ana, "0", "QDB", now));
    CHECK(all.take(ana, "1", "QDB", now));
    CHECK(all.take(chat::person_id{32}, "eva's", "QDB", now));
}

TEST_CASE("a pass to a conversation's files opens them again and again, and proves nobody") {
    made_passes all;
    all.keep_for_reading(ana, "digest", chat::conversation_id{20}, now);
    CHECK(all.opens(ana, "digest", now) == chat::conversation_id{20});
    CHECK(all.opens(ana, "digest", now) == chat::conversation_id{20});
    CHECK_FALSE(all.opens(ana, "other", now));
    CHECK_FALSE(all.opens(chat::person_id{32}, "digest", now));
    CHECK_FALSE(all.take(ana, "digest", reading_service, now));
    CHECK_FALSE(all.opens(ana, "digest", now + pass_lifetime));
}

TEST_CASE("passes that were used end none that open files") {
    made_passes all;
    all.keep_for_reading(ana, "files", chat::conversation_id{20}, now);
    for (std::size_t i = 0; i < 2 * passes_per_person_max; ++i) {
        all.makes(std::to_string(i));
        CHECK(all.take(ana, std::to_string(i), "QDB", now));
    }
    CHECK(all.opens(ana, "files", now));
}

TEST_CASE("a pass that proves an account opens no files") {
    made_passes all;
    all.makes("digest");
    CHECK_FALSE(all.opens(ana, "digest", now));
    CHECK(all.take(ana, "digest", "QDB", now));
}

TEST_CASE("a pass says whose it is, and nothing else is read as one") {
    CHECK(pass_text(ana, "ab") == "pass-31.ab");
    CHECK(pass_owner("pass-31.ab") == ana);
    for (const char* const wrong : {"", "pass-", "pass-.ab", "pass-xyz.ab", "pass--1.ab", "31.ab",
                                    "pass-31 2.ab", "pass-111111111111111111111.ab"}) {
        CHECK_FALSE(pass_owner(wrong));
    }
}
