// SPDX-License-Identifier: Apache-2.0
// What is common to the classic dialects: names, order, company, limits, the end.
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

// Luis is at another door, Ana at `nickname`; nothing is left to hear.
struct scene {
    hall house;
    guest* ana = nullptr;

    explicit scene(const classic::settings& rules = hall::quiet()) : house(rules) {
        house.arrives("luis");
        ana = &house.connects("nickname");
        ana->sends("Ana");
        house.nobody_hears();
    }
};

} // namespace

TEST_CASE("a message sent before its client is in is said when it is") {
    hall house;
    house.core_holds();
    guest& ana = house.connects("roster");
    ana.sends("NAME:Ana").sends("0||Ana||uno").sends("0||Ana||dos");
    CHECK(house.said().empty());
    house.core_goes_on();
    CHECK(house.said() == strings{"Ana: uno", "Ana: dos"});
}

TEST_CASE("in a room of more than fifty nobody is told who comes and goes") {
    scene of;
    for (int i = 0; i < 48; ++i) {
        of.house.arrives(fmt::format("p{}", i));
    }
    of.house.nobody_hears();
    of.house.arrives("one_more");
    CHECK(of.ana->hears().empty());
    of.house.says("luis", "#lobby", "pero se habla");
    CHECK(of.ana->hears() == strings{"luis: pero se habla"});
    of.house.does("one_more", chat::disconnect{""});
    CHECK(of.ana->hears() == strings{"one_more ha salido del chat"});
}

TEST_CASE("a private message is told to be one") {
    scene of;
    of.house.says("luis", "Ana", "solo para ti");
    CHECK(of.ana->hears() == strings{"luis (en privado): solo para ti"});
}

TEST_CASE("an action, a colour and a reaction are said in plain words") {
    scene of;
    of.house.says("luis", "#lobby",
                  "\x01"
                  "ACTION baila\x01");
    of.house.says("luis", "#lobby",
                  "\x02negrita\x02 \x03"
                  "04,12rojo\x03 \x1d"
                  "fin");
    chat::speak reaction;
    reaction.target = *base::make_room_name("#lobby");
    reaction.kind = chat::message_kind::tags;
    reaction.tags = "+draft/react=👍;+draft/reply=abc";
    of.house.does("luis", reaction);
    of.house.says("luis", "#lobby", "\x01VERSION\x01");
    CHECK(of.ana->hears() ==
          strings{"luis: * baila", "luis: negrita rojo fin", "luis: reacciona con 👍"});
}

TEST_CASE("who may not speak is told so") {
    scene of;
    of.house.core_refuses(chat::reason::may_not_speak);
    of.ana->sends("Ana: hola");
    CHECK(of.ana->hears() == strings{"No puedes hablar en esta sala"});
}

TEST_CASE("who is put out of the room is told why, and closed") {
    hall house;
    house.arrives("luis", "#redes");
    guest& ana = house.connects("roster", "#redes");
    ana.sends("NAME:Ana");
    house.nobody_hears();
    house.does("luis",
               chat::kick{*base::make_room_name("#redes"), *base::make_nickname("Ana"), "ruido"});
    CHECK(ana.hears() == strings{"-1||Tertulia||luis te ha echado de la sala: ruido"});
    CHECK(ana.closed());
}

TEST_CASE("who is banned does not come in") {
    hall house;
    house.arrives("luis", "#redes");
    chat::mask_entry mask{"*!caesar@*", "*!caesar@*", {}, {}};
    house.does("luis", chat::set_room_modes{*base::make_room_name("#redes"),
                                            {chat::mask_change{chat::room_list::ban, true, mask}}});
    CHECK(house.connects("caesar", "#redes").closed());
    CHECK_FALSE(house.connects("base64", "#redes").closed());
}

TEST_CASE("guests are counted by address, as at every door") {
    classic::settings rules = hall::quiet();
    rules.sessions_per_address_max = 2;
    hall house(rules);
    CHECK_FALSE(house.connects("base64").closed());
    CHECK_FALSE(house.connects("caesar").closed());
    guest& third = house.connects("base64");
    CHECK(third.closed());
    CHECK(third.hears() == strings{"\rDemasiadas conexiones desde tu dirección\n"});
    CHECK_FALSE(house.connects("base64", "#lobby", "192.0.2.9").closed());
}

TEST_CASE("a server that asks for a password lets no classic client in") {
    classic::settings rules = hall::quiet();
    rules.password_asked = true;
    hall house(rules);
    CHECK(house.connects("base64").closed());
}

TEST_CASE("who needs an account or a code hears of a way that there is") {
    classic::settings closed = hall::quiet();
    closed.guests = false;
    CHECK(hall(closed).connects("nickname").hears() ==
          strings{"Aquí hace falta una cuenta: entra por IRC, por el navegador o por `labels`"});
    classic::settings coded = hall::quiet();
    coded.guest_code_asked = true;
    CHECK(hall(coded).connects("nickname").hears() ==
          strings{"Este servidor pide un código a los invitados, y este protocolo no puede darlo"});
}

TEST_CASE("names with words that are refused are for nobody at the classic doors either") {
    classic::settings rules = hall::quiet();
    rules.manners.refused = {"malo"};
    hall house(rules);
    house.connects("nickname").sends("malo");
    CHECK(house.people_in("#lobby") == strings{"invitado0"});
    const std::string why = "Lleva una palabra que aquí no se quiere";
    guest& other = house.connects("labels");
    CHECK(other.sends("['malo', 'secreto123', '1']").hears() ==
          strings{"['1', 'error', '" + why + "']"});
    other.sends("['Julian', 'secreto123', '1']").sends("['Julian', 'secreto123', '2']");
    house.nobody_hears();
    CHECK(other.sends("['Julian: #cR malo', '3', 'lobby']").hears() ==
          strings{"['3', 'error', '" + why + "']"});
}

TEST_CASE("an address stands in the real name of those alone whose protocol shows it") {
    hall house;
    house.connects("base64");
    house.connects("caesar");
    house.connects("nickname").sends("Ana");
    house.connects("roster").sends("NAME:Eva");
    house.connects("labels").sends("['Julian', 'secreto123', '1']['Julian', 'secreto123', '2']");
    CHECK(house.real_names_in("#lobby") == strings{"base64 (127.0.0.1, 45350)",
                                                   "caesar ('127.0.0.1', 45351)", "labels",
                                                   "nickname", "roster"});
}

TEST_CASE("a flood waits its turn, and nothing of it is lost") {
    classic::settings rules = hall::quiet();
    rules.rate_limited = true;
    rules.burst = 5;
    rules.lines_per_second = 4;
    scene of(rules);
    for (int i = 0; i < 40; ++i) {
        of.ana->sends(fmt::format("Ana: {}", i));
    }
    CHECK(of.house.said().size() == 5);
    of.house.waits(1s);
    CHECK(of.house.said().size() == 9);
    of.house.waits(10s);
    CHECK(of.house.said().size() == 40);
    CHECK(of.house.said().back() == "Ana: 39");
}

TEST_CASE("the pieces of one long message wait their turn like lines") {
    classic::settings rules = hall::quiet();
    rules.rate_limited = true;
    rules.burst = 5;
    rules.lines_per_second = 4;
    scene of(rules);
    of.ana->sends("Ana: " + std::string(10'000, 'x')).sends("Ana: y");
    CHECK(of.house.said().size() == 5);
    of.house.waits(1s);
    CHECK(of.house.said().size() == 9);
    of.house.waits(10s);
    CHECK(of.house.said().size() == 23);
    CHECK(of.house.said().back() == "Ana: y");
}

TEST_CASE("of a message that is refused no further piece is tried") {
    classic::settings rules = hall::quiet();
    rules.rate_limited = true;
    rules.burst = 2;
    scene of(rules);
    of.house.core_refuses(chat::reason::may_not_speak);
    of.ana->sends("Ana: " + std::string(10'000, 'x'));
    CHECK(of.ana->hears() == strings(2, "No puedes hablar en esta sala"));
    of.house.core_refuses({});
    of.house.waits(5s);
    CHECK(of.house.said().empty());
}

TEST_CASE("marks without end are a few pieces, not one each") {
    scene of;
    std::string stacked = "e";
    for (int i = 0; i < 5'000; ++i) {
        stacked += "\u0301";
    }
    of.ana->sends("Ana: " + stacked);
    std::string together;
    for (const std::string& one : of.house.said()) {
        together += one.substr(5);
    }
    CHECK(together == stacked);
    CHECK(of.house.said().size() < 25);
}

TEST_CASE("a message that takes more than a second misses its end") {
    hall house;
    house.arrives("luis");
    guest& ana = house.connects("roster");
    ana.sends("NAME:Ana");
    house.nobody_hears();
    std::string lines;
    for (int i = 0; i < 150; ++i) {
        lines += fmt::format("{}\n", i);
    }
    house.says("luis", "#lobby", lines);
    house.waits(2s);
    const strings heard = ana.hears_now();
    REQUIRE(heard.size() == 101);
    CHECK(heard[99] == "0||luis||99");
    CHECK(heard[100] == "-1||Tertulia||(… 1 mensaje omitido)");
}

TEST_CASE("who falls behind by more than a second misses messages and is told how many") {
    hall house;
    house.arrives("luis");
    guest& ana = house.connects("roster");
    ana.sends("NAME:Ana");
    house.nobody_hears();
    for (int i = 0; i < 138; ++i) {
        house.says("luis", "#lobby", fmt::format("{}", i));
    }
    house.waits(2s);
    const strings heard = ana.hears_now();
    REQUIRE(heard.size() == 102);
    CHECK(heard[100] == "0||luis||100");
    CHECK(heard[101] == "-1||Tertulia||(… 37 mensajes omitidos)");
    house.says("luis", "#lobby", "de nuevo");
    CHECK(ana.hears() == strings{"0||luis||de nuevo"});
}

TEST_CASE("control characters but TAB are dropped on the way in") {
    scene of;
    of.ana->sends("Ana: a\x1b[31m\tb\r\nc\x7f");
    CHECK(of.house.said() == strings{"Ana: a[31m\tbc"});
}

TEST_CASE("a long message is said in pieces that a line of IRC can hold") {
    scene of;
    std::string text;
    for (int i = 0; i < 200; ++i) {
        text += fmt::format("{}palabra{}", i == 0 ? "" : " ", i);
    }
    of.ana->sends("Ana: " + text);
    std::string together;
    for (const std::string& one : of.house.said()) {
        CHECK(one.size() - 5 <=
              510 - std::string(":Ana!nickname@127.0.0.1 PRIVMSG #lobby :").size());
        together += (together.empty() ? "" : " ") + one.substr(5);
    }
    CHECK(together == text);
}
