// SPDX-License-Identifier: Apache-2.0
// The dialect `base64`, byte by byte (docs/classic/base64.md).
#include "base/base64.hpp"

#include "classic/hall.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace tertulia;
using namespace std::chrono_literals;
using base::to_base64;
using tests::guest;
using tests::hall;
using strings = std::vector<std::string>;

TEST_CASE("base64: at accept the others hear by the address that somebody came") {
    hall house;
    guest& ana = house.connects("base64");
    guest& ben = house.connects("base64");
    CHECK(ana.hears() ==
          strings{"[100] El usuario (127.0.0.1, 45351) se ha unido al grupo lobby\n"});
    CHECK(ben.hears().empty());
    CHECK(house.people_in("#lobby") == strings{"invitado0", "invitado1"});
}

TEST_CASE("base64: a message is name and text, and goes to all but its sender") {
    hall house;
    guest& ana = house.connects("base64");
    guest& ben = house.connects("base64");
    house.nobody_hears();
    ana.sends(to_base64("Alumno1 Hola compañeros\n"));
    CHECK(ben.hears() == strings{"\r<Alumno1> Hola compañeros\n"});
    CHECK(ana.hears().empty());
    CHECK(house.said() == strings{"Alumno1: Hola compañeros"});
}

TEST_CASE("base64: \\exit anywhere is a farewell that nobody sees") {
    hall house;
    guest& ana = house.connects("base64");
    guest& ben = house.connects("base64");
    ana.sends(to_base64("Ana hola\n"));
    house.nobody_hears();
    ana.sends(to_base64("Ana pues \\exit\n"));
    CHECK(ben.hears() == strings{"[200] El cliente (127.0.0.1, 45350) está offline\n"});
    CHECK(ana.closed());
    CHECK(house.said() == strings{"Ana: hola"});
}

TEST_CASE("base64: who comes and goes at another door is told by nickname") {
    hall house;
    guest& ana = house.connects("base64");
    house.arrives("luis");
    CHECK(ana.hears() == strings{"[100] El usuario luis se ha unido al grupo lobby\n"});
    house.does("luis", chat::disconnect{"adiós"});
    CHECK(ana.hears() == strings{"[200] El cliente luis está offline\n"});
}

TEST_CASE("base64: messages that came together are cut apart, and one in pieces is put together") {
    hall house;
    guest& ana = house.connects("base64");
    ana.sends(to_base64("Ana uno\n") + to_base64("Ana dos\n") + to_base64("Ana tres "));
    CHECK(house.said() == strings{"Ana: uno", "Ana: dos"});
    ana.sends(to_base64("!\n"));
    CHECK(house.said().back() == "Ana: tres !");
    const std::string whole = to_base64("Ana cuatro y media\n");
    ana.sends(whole.substr(0, 7)).sends(whole.substr(7));
    CHECK(house.said().back() == "Ana: cuatro y media");
}

TEST_CASE("base64: what is no base64 or no UTF-8 is thrown away, and never fatal") {
    hall house;
    guest& ana = house.connects("base64");
    ana.sends("QW5h!!!!" + to_base64("Ana en la misma lectura\n"));
    ana.sends(to_base64("Ana \xff\xfe\n"));
    ana.sends(to_base64("Ana sigo\n"));
    CHECK(house.said() == strings{"Ana: sigo"});
    CHECK_FALSE(ana.closed());
}

TEST_CASE("base64: a message that stays unfinished for a second is thrown away") {
    hall house;
    guest& ana = house.connects("base64");
    ana.sends("QW5hIGhv");
    house.waits(1'001ms);
    ana.sends(to_base64("Ana otra\n"));
    CHECK(house.said() == strings{"Ana: otra"});
}

TEST_CASE("base64: a new name in a message is a new nickname, once in ten seconds") {
    hall house;
    guest& ana = house.connects("base64");
    ana.sends(to_base64("Ana uno\n")).sends(to_base64("Eva dos\n"));
    CHECK(house.said() == strings{"Ana: uno", "Ana: dos"});
    house.waits(10s);
    ana.sends(to_base64("Eva tres\n"));
    CHECK(house.said().back() == "Eva: tres");
}

TEST_CASE("base64: lines are joined in one write when a client falls behind") {
    hall house;
    guest& ana = house.connects("base64");
    house.arrives("luis");
    house.nobody_hears();
    for (const char* text : {"1", "2", "3", "4", "5", "6", "7"}) {
        house.says("luis", "#lobby", text);
    }
    CHECK(ana.hears_now() == strings{"\r<luis> 1\n"});
    CHECK(ana.hears() == strings{"\r<luis> 2\n", "\r<luis> 3\n", "\r<luis> 4\n",
                                 "\r<luis> 5\n\r<luis> 6\n\r<luis> 7\n"});
}

TEST_CASE("base64: no write is longer than 4096 bytes, and every piece has its sender") {
    hall house;
    guest& ana = house.connects("base64");
    house.arrives("luis");
    house.nobody_hears();
    house.says("luis", "#lobby", std::string(5'000, 'x'));
    const strings heard = ana.hears();
    REQUIRE(heard.size() == 2);
    CHECK(heard[0].size() == 4'096);
    CHECK(heard[1].starts_with("\r<luis> xxx"));
}
