// SPDX-License-Identifier: Apache-2.0
// Devices that are told of messages, as the disk keeps them.
#include "base/push_limits.hpp"
#include "store/fixture.hpp"
#include "store/push_devices.hpp"

using namespace tertulia;
using namespace tertulia::store;

namespace {

constexpr chat::person_id ana{7};
constexpr chat::person_id berta{8};

struct kept {
    explicit kept(const std::string& name) : on(name) {
        saves(ana, "ana", 3);
        saves(berta, "berta", 1);
        open();
    }
    ~kept() { reader.reset(); }

    void open() { reader = std::move(*open_push_devices(on.options())); }
    void saves(chat::person_id who, const std::string& name, std::uint32_t version,
               bool suspended = false) {
        on.commit({chat::account_saved{who, {name, name, 0, true}, at(1), version, suspended, {}},
                   chat::credentials_saved{who, {"hash", ""}}});
    }
    void registers(chat::person_id who, const std::string& endpoint, std::uint32_t version) {
        on.commit({chat::push_saved{who, version, {endpoint, "key", "secret"}, true}});
    }
    void ends(chat::person_id who, const std::string& endpoint) {
        on.commit({chat::push_saved{who, 0, {endpoint, {}, {}}, false}});
    }
    [[nodiscard]] std::vector<std::string> devices(chat::person_id who) const {
        std::vector<std::string> found;
        const push_owner owner = *reader->of(who);
        for (const chat::push_registration& one : owner.devices) {
            found.push_back(one.endpoint);
        }
        return found;
    }

    disk_database on;
    std::unique_ptr<push_devices> reader;
};

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("a device is found with its keys and its owner's name, after a power cut too") {
    kept at_home("push kept");
    at_home.on.commit({chat::push_saved{ana, 3, {"https://a", std::string("k\0y", 3), "s"}, true}});
    at_home.reader.reset();
    at_home.on.lose_power(5);
    at_home.open();
    const auto all = *at_home.reader->all();
    REQUIRE(all.size() == 1);
    CHECK(all[0].account == ana);
    CHECK(all[0].name.key == "ana");
    CHECK(all[0].devices ==
          std::vector<chat::push_registration>{{"https://a", std::string("k\0y", 3), "s"}});
}

TEST_CASE("a device that registers again counts once, as the newest") {
    kept at_home("push again");
    at_home.registers(ana, "https://a", 3);
    at_home.registers(ana, "https://b", 3);
    at_home.registers(ana, "https://a", 3);
    CHECK(at_home.devices(ana) == texts{"https://b", "https://a"});
}

TEST_CASE("a device belongs to who registered it last") {
    kept at_home("push moved");
    at_home.registers(ana, "https://a", 3);
    at_home.registers(berta, "https://a", 1);
    CHECK(at_home.devices(ana).empty());
    CHECK(at_home.devices(berta) == texts{"https://a"});
}

TEST_CASE("a device is ended by its account or the server, not by another account") {
    kept at_home("push ends");
    at_home.registers(ana, "https://a", 3);
    at_home.registers(ana, "https://b", 3);
    at_home.ends(berta, "https://a");
    CHECK(at_home.devices(ana) == texts{"https://a", "https://b"});
    at_home.ends(ana, "https://a");
    CHECK(at_home.devices(ana) == texts{"https://b"});
    at_home.ends({}, "https://b");
    CHECK(at_home.devices(ana).empty());
}

TEST_CASE("devices end with other credentials, with a log-out everywhere, with the account") {
    kept at_home("push over");
    at_home.registers(ana, "https://a", 3);
    SUBCASE("credentials") { at_home.saves(ana, "ana", 4); }
    SUBCASE("log-out") {
        at_home.on.commit({chat::login_saved{chat::login_change::all_closed, {ana, 3}, {}}});
    }
    SUBCASE("account") { at_home.on.commit({chat::account_ended{ana}}); }
    SUBCASE("not with somebody else's") {
        at_home.on.commit({chat::account_ended{berta}});
        CHECK(at_home.devices(ana) == texts{"https://a"});
        at_home.ends(ana, "https://a");
    }
    CHECK(at_home.devices(ana).empty());
    CHECK(at_home.reader->all()->empty());
}

TEST_CASE("who is suspended has no devices until she is back") {
    kept at_home("push suspended");
    at_home.registers(ana, "https://a", 3);
    at_home.saves(ana, "ana", 3, true);
    CHECK(at_home.devices(ana).empty());
    at_home.saves(ana, "ana", 3, false);
    CHECK(at_home.devices(ana) == texts{"https://a"});
}

TEST_CASE("the device that registered longest ago goes when an account has too many") {
    kept at_home("push bound");
    for (std::size_t i = 0; i <= base::limits::pushes_per_account_max; ++i) {
        at_home.registers(ana, "https://" + std::to_string(i), 3);
    }
    const texts left = at_home.devices(ana);
    CHECK(left.size() == base::limits::pushes_per_account_max);
    CHECK(left.front() == "https://1");
}

TEST_CASE("the server's push key is made once") {
    disk_database on("push key");
    const std::string key = on.now.push_key;
    CHECK(key.size() == 32);
    CHECK(key != std::string(32, '\0'));
    on.close();
    on.open();
    CHECK(on.now.push_key == key);
}

TEST_CASE("a device's owner is found with the words and levels that she keeps for herself") {
    kept at_home("push words");
    at_home.registers(ana, "https://a", 3);
    CHECK((*at_home.reader->of(ana)).words.empty());
    CHECK((*at_home.reader->of(ana)).levels.empty());
    at_home.on.commit({chat::metadata_saved{ana, {}, {"tertulia/highlights", "jazz, rock"}},
                       chat::metadata_saved{ana, {}, {"tertulia/levels", "#a=none"}},
                       chat::metadata_saved{ana, {}, {"status", "aquí"}}});
    CHECK((*at_home.reader->of(ana)).levels == "#a=none");
    CHECK((*at_home.reader->of(ana)).words == "jazz, rock");
    CHECK((*at_home.reader->all())[0].words == "jazz, rock");
}
