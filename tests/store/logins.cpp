// SPDX-License-Identifier: Apache-2.0
// Browsers that stay logged in, as the disk keeps them.
#include "base/web_limits.hpp"
#include "store/credentials.hpp"
#include "store/fixture.hpp"
#include "store/login_reader.hpp"

using namespace tertulia;
using namespace tertulia::store;
using chat::login_change;

namespace {

struct kept {
    explicit kept(const std::string& name) : on(name) {
        on.commit({chat::account_saved{{7}, {"Ana", "ana", 0, true}, at(1), 3, false, {}},
                   chat::credentials_saved{{7}, {"hash", ""}}});
        reader = std::move(*open_credential_reader(on.options()));
    }
    ~kept() { reader.reset(); }

    void opens(const std::string& key, std::int64_t when = 1'000) {
        on.commit({chat::login_saved{login_change::opened, {{7}, 3}, key, "Firefox, Linux"}},
                  at(when));
    }
    [[nodiscard]] bool has(const std::string& key) const {
        return reader->find_login(key)->has_value();
    }

    disk_database on;
    std::unique_ptr<credential_reader> reader;
};

} // namespace

TEST_CASE("a log-in is found by its key, with its account and its age") {
    kept at_home("login found");
    at_home.opens(std::string("di\0gest", 7), 5'000);
    const auto found = *at_home.reader->find_login(std::string("di\0gest", 7));
    REQUIRE(found.has_value());
    CHECK(found->as.account.value == 7);
    CHECK(found->as.version == 3);
    CHECK(found->name.display == "Ana");
    CHECK(found->opened_at == at(5'000));
    CHECK_FALSE(at_home.has("di"));
}

TEST_CASE("a log-in ends alone, with all others, with new credentials, with its account") {
    kept at_home("login ends");
    at_home.opens("one");
    at_home.opens("two");
    at_home.on.commit({chat::login_saved{login_change::closed, {}, "one"}});
    CHECK_FALSE(at_home.has("one"));
    CHECK(at_home.has("two"));
    at_home.on.commit({chat::login_saved{login_change::all_closed, {{7}, 3}, {}}});
    CHECK_FALSE(at_home.has("two"));
    at_home.opens("three");
    at_home.on.commit({chat::credentials_saved{{7}, {"new", ""}}});
    CHECK_FALSE(at_home.has("three"));
    at_home.opens("four");
    at_home.on.commit({chat::account_ended{{7}}});
    CHECK_FALSE(at_home.has("four"));
}

TEST_CASE("the oldest log-in of an account goes when there are too many") {
    kept at_home("login bound");
    for (std::size_t i = 0; i <= base::limits::logins_per_account_max; ++i) {
        at_home.opens("key " + std::to_string(i), static_cast<std::int64_t>(1'000 + i));
    }
    CHECK_FALSE(at_home.has("key 0"));
    CHECK(at_home.has("key 1"));
}

TEST_CASE("an account's log-ins are listed, the newest first, and nobody else's") {
    kept at_home("logins listed");
    const auto logins = make_login_reader(at_home.on.options());
    CHECK(logins->logins({7})->empty());
    at_home.opens(std::string("a\0ld", 4), 1'000);
    at_home.opens("new", 2'000);
    const auto found = *logins->logins({7});
    REQUIRE(found.size() == 2);
    CHECK(found[0].key == "new");
    CHECK(found[0].opened_at == at(2'000));
    CHECK(found[0].browser == "Firefox, Linux");
    CHECK(found[1].key == std::string("a\0ld", 4));
    CHECK(logins->logins({8})->empty());
}

TEST_CASE("a log-in that the account's credentials do not stand for any more is not listed") {
    kept at_home("logins outdated");
    at_home.opens("one");
    at_home.on.commit({chat::account_saved{{7}, {"Ana", "ana", 0, true}, at(1), 4, false, {}}});
    CHECK(make_login_reader(at_home.on.options())->logins({7})->empty());
}

TEST_CASE("log-ins that cannot be read are nothing, rather than none") {
    kept at_home("logins unreadable");
    database_options elsewhere = at_home.on.options();
    elsewhere.path += ".not-there";
    CHECK_FALSE(make_login_reader(std::move(elsewhere))->logins({7}).has_value());
}
