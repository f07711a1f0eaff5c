// SPDX-License-Identifier: Apache-2.0
// The dialect `roster`, byte by byte (docs/classic/roster.md).
#include "classic/hall.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

using namespace tertulia;
using namespace std::chrono_literals;
using tests::guest;
using tests::hall;
using strings = std::vector<std::string>;

namespace {

struct one {
    hall house;
    guest& ana = house.connects("roster");
    one() {
        ana.sends("NAME:Ana");
        house.nobody_hears();
    }
};

} // namespace

TEST_CASE("roster: a number is given at accept, and nothing said before the answer") {
    hall house;
    house.arrives("luis");
    guest& ana = house.connects("roster");
    house.says("luis", "#lobby", "hola");
    CHECK(ana.hears() == strings{"ID:1"});
}

TEST_CASE("roster: with the name comes the list of everybody, whatever her door") {
    hall house;
    house.arrives("Luis");
    guest& ana = house.connects("roster");
    ana.sends("NAME:Ana");
    CHECK(ana.hears() == strings{"ID:1", "USERS:0||Luis&&1||Ana"});
}

TEST_CASE("roster: a message has number and name before it, and does not come back") {
    one of;
    guest& ben = of.house.connects("roster");
    ben.sends("NAME:Ben");
    of.house.nobody_hears();
    of.ana.sends("0||Ana||Hola");
    CHECK(ben.hears() == strings{"0||Ana||Hola"});
    CHECK(of.ana.hears().empty());
}

TEST_CASE("roster: the number is not believed, parts beyond the third are text") {
    one of;
    of.ana.sends("99||Ana||uno||dos&&tres");
    of.ana.sends("99||sin nombre");
    of.ana.sends("a secas");
    CHECK(of.house.said() == strings{"Ana: uno||dos&&tres", "Ana: sin nombre", "Ana: a secas"});
}

TEST_CASE("roster: marks in a text are halved on their way down") {
    one of;
    of.house.arrives("luis");
    of.house.nobody_hears();
    of.house.says("luis", "#lobby", "USERS:1||x&&2||y");
    CHECK(of.ana.hears() == strings{"1||luis||USERS:1|x&2|y"});
}

TEST_CASE("roster: a nickname that ends with a mark's half is not another one's") {
    one of;
    of.house.arrives("Rosa");
    of.house.arrives("Rosa|");
    of.house.arrives("|");
    CHECK(of.ana.hears() == strings{"USERS:0||Ana&&1||Rosa&&2||Rosa¦&&3||¦"});
    of.house.says("Rosa|", "#lobby", "|hola");
    CHECK(of.ana.hears() == strings{"2||Rosa¦|||hola"});
}

TEST_CASE("roster: who gives no name is Desconocido") {
    hall house;
    house.connects("roster").sends("0||hola");
    CHECK(house.said() == strings{"Desconocido: hola"});
}

TEST_CASE("roster: NAME: may come again") {
    one of;
    of.house.waits(10s);
    of.ana.sends("NAME:Eva");
    CHECK(of.ana.hears() == strings{"USERS:0||Eva"});
}

TEST_CASE("roster: a burst of changes is one list, at most ten times a second") {
    one of;
    const std::size_t before = of.house.questions();
    for (int i = 0; i < 30; ++i) {
        of.house.arrives(fmt::format("p{}", i));
    }
    CHECK(of.ana.hears().size() == 1);
    CHECK(of.house.questions() - before == 1);
}

TEST_CASE("roster: the last change of a burst is in the last list") {
    one of;
    guest& ben = of.house.connects("roster");
    ben.sends("NAME:Ben");
    of.house.nobody_hears();
    for (int i = 0; i < 50; ++i) {
        of.house.arrives(fmt::format("p{}", i));
        of.house.waits(7ms);
        of.house.does(fmt::format("p{}", i), chat::disconnect{""});
        of.house.waits(3ms);
    }
    CHECK(of.ana.hears().back() == "USERS:0||Ana&&1||Ben");
    CHECK(ben.hears().back() == "USERS:0||Ana&&1||Ben");
}

TEST_CASE("roster: a list that is too long holds whole users, the client first") {
    hall house;
    for (int i = 0; i < 100; ++i) {
        house.arrives(fmt::format("persona{:03}", i));
    }
    guest& ana = house.connects("roster");
    ana.sends("NAME:Ana");
    const std::string list = ana.hears().at(1);
    CHECK(list.size() <= 1'000);
    CHECK(list.starts_with("USERS:100||Ana&&0||persona000&&1||persona001&&"));
    CHECK(list.size() + std::string("&&61||persona061").size() > 1'000);
}

TEST_CASE("roster: a change in a crowd costs one question, whoever many hear of it") {
    hall house;
    std::vector<guest*> all;
    for (int i = 0; i < 300; ++i) {
        all.push_back(&house.connects("roster"));
        all.back()->sends(fmt::format("NAME:p{}", i));
    }
    house.nobody_hears();
    const std::size_t before = house.questions();
    house.arrives("uno");
    house.arrives("dos");
    for (guest* const each : all) {
        CHECK(each->hears_now().empty());
    }
    house.waits(2s);
    std::size_t lists = 0;
    for (guest* const each : all) {
        lists += each->hears_now().size();
    }
    CHECK(lists <= 2 * all.size());
    CHECK(lists >= all.size());
    CHECK(house.questions() - before <= 2);
}
