// SPDX-License-Identifier: Apache-2.0
// The dialect `nickname`, byte by byte (docs/classic/nickname.md).
#include "classic/hall.hpp"

#include <doctest/doctest.h>

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
    guest& ana = house.connects("nickname");
    one() {
        house.nobody_hears();
        ana.sends("Ana");
    }
};

} // namespace

TEST_CASE("nickname: the keyword is asked, and nothing is said before the answer") {
    hall house;
    house.arrives("luis");
    guest& ana = house.connects("nickname");
    house.says("luis", "#lobby", "hola");
    CHECK(ana.hears() == strings{"nombre del cliente"});
    CHECK(house.people_in("#lobby") == strings{"luis"});
}

TEST_CASE("nickname: everyone is told who came, and the newcomer that she is in") {
    one of;
    CHECK(of.ana.hears() == strings{"Ana se ha unido al chat", "Conectado al servidor"});
    guest& ben = of.house.connects("nickname");
    ben.sends("Ben");
    CHECK(of.ana.hears() == strings{"Ben se ha unido al chat"});
}

TEST_CASE("nickname: a message goes to all, its sender too") {
    one of;
    guest& ben = of.house.connects("nickname");
    ben.sends("Ben");
    of.house.nobody_hears();
    of.ana.sends("Ana: hola a todos");
    CHECK(of.ana.hears() == strings{"Ana: hola a todos"});
    CHECK(ben.hears() == strings{"Ana: hola a todos"});
}

TEST_CASE("nickname: only the client's own name before a colon is taken off") {
    one of;
    of.ana.sends("mira: esto");
    of.ana.sends("Ana: Ana: dos veces");
    CHECK(of.house.said() == strings{"Ana: mira: esto", "Ana: Ana: dos veces"});
}

TEST_CASE("nickname: who leaves is told to the others") {
    one of;
    guest& ben = of.house.connects("nickname");
    ben.sends("Ben");
    of.house.nobody_hears();
    ben.hangs_up();
    CHECK(of.ana.hears() == strings{"Ben ha salido del chat"});
}

TEST_CASE("nickname: a text that is the keyword never stands alone") {
    one of;
    of.house.arrives("luis");
    of.house.nobody_hears();
    of.house.says("luis", "#lobby", "nombre del cliente");
    CHECK(of.ana.hears() == strings{"luis: nombre del cliente"});
}

TEST_CASE("nickname: who does not answer within half a minute is closed") {
    hall house;
    guest& silent = house.connects("nickname");
    house.waits(29'999ms);
    CHECK_FALSE(silent.closed());
    house.waits(1ms);
    CHECK(silent.closed());
}

TEST_CASE("nickname: a wish that is taken becomes a nickname like it") {
    one of;
    for (const char* expected : {"Ana2", "Ana3"}) {
        guest& next = of.house.connects("nickname");
        next.sends("Ana");
        CHECK(next.hears().at(1) == std::string(expected) + " se ha unido al chat");
    }
}

TEST_CASE("nickname: a wish that is no nickname is made into one") {
    const std::vector<std::pair<std::string, std::string>> wishes{
        {"Ana María", "Ana_María"}, {"7 enanos", "_7_enanos"},
        {"¡Hola!", "Hola"},         {"a\r\nb", "ab"},
        {"#lobby", "lobby"},        {std::string(50, 'x'), std::string(32, 'x')}};
    for (const auto& [wish, given] : wishes) {
        hall house;
        house.connects("nickname").sends(wish);
        CHECK(house.people_in("#lobby") == strings{given});
    }
}

TEST_CASE("nickname: a wish without a letter is a guest's number") {
    hall house;
    house.connects("nickname").sends("!!!");
    CHECK(house.people_in("#lobby") == strings{"invitado0"});
}
