// SPDX-License-Identifier: Apache-2.0
// The dialect `labels`, byte by byte (docs/classic/labels.md).
#include "classic/hall.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

using namespace tertulia;
using namespace std::chrono_literals;
using tests::guest;
using tests::hall;
using strings = std::vector<std::string>;

namespace {

struct scene {
    hall house;
    guest& julian = registers("Julian");
    guest& marta = registers("Marta");

    scene() { house.nobody_hears(); }

    guest& registers(const std::string& name) {
        guest& made = house.connects("labels");
        made.sends(fmt::format("['{}', 'secreto123', '1']", name));
        made.sends(fmt::format("['{}', 'secreto123', '2']", name));
        return made;
    }
    strings answer(const std::string& text) {
        julian.sends(text);
        return julian.hears();
    }
    strings typed(const std::string& text, const std::string& room = "lobby") {
        return answer(fmt::format("['Julian: {}', '3', '{}']", text, room));
    }
};

} // namespace

TEST_CASE("labels: an account is made, once") {
    hall house;
    guest& one = house.connects("labels");
    CHECK(one.sends("['Julian', 'secreto123', '1']").hears() == strings{"['1', 'ok']"});
    CHECK(house.connects("labels").sends("['julian', 'otro secreto', '1']").hears() ==
          strings{"['1', 'error', 'El usuario ya existe']"});
}

TEST_CASE("labels: one logs in with the account's password, and with no other") {
    hall house;
    guest& one = house.connects("labels");
    one.sends("['Julian', 'secreto123', '1']");
    house.nobody_hears();
    const std::string wrong = "['2', 'error', 'Usuario o contraseña incorrectos']";
    CHECK(one.sends("['Julian', 'mal', '2']").hears() == strings{wrong});
    CHECK(one.sends("['nadie', 'mal', '2']").hears() == strings{wrong});
    CHECK(one.sends("['Julian', 'secreto123', '2']").hears() == strings{"['2', 'ok', 'lobby']"});
    CHECK(house.people_in("#lobby") == strings{"Julian"});
}

TEST_CASE("labels: a password of fewer characters than wanted makes no account") {
    classic::settings rules = hall::quiet();
    rules.password_length_min = 8;
    hall house(rules);
    guest& one = house.connects("labels");
    CHECK(one.sends("['Julian', 'ñandúes', '1']").hears() ==
          strings{"['1', 'error', 'La contraseña es demasiado corta (mínimo 8)']"});
    CHECK(one.sends("['Julian', 'ñandúes1', '1']").hears() == strings{"['1', 'ok']"});
}

TEST_CASE("labels: an invitation code behind the password does not make it longer") {
    classic::settings rules = hall::quiet();
    rules.registration = session::registration::by_code;
    rules.code_digest = [](std::string_view typed) { return std::string(typed); };
    hall house(rules);
    CHECK(house.connects("labels").sends("['Julian', 'corta k7qm-aaaa-bbbb', '1']").hears() ==
          strings{"['1', 'error', 'La contraseña es demasiado corta (mínimo 8)']"});
}

TEST_CASE("labels: a message goes to everyone in the room, its sender too") {
    scene of;
    CHECK(of.typed("hola") == strings{"['Julian: hola', '3', 'lobby']"});
    CHECK(of.marta.hears() == strings{"['Julian: hola', '3', 'lobby']"});
}

TEST_CASE("labels: her name is hers in any case of its letters, commands behind it too") {
    scene of;
    CHECK(of.answer("['julian: hola', '3', 'lobby']") == strings{"['Julian: hola', '3', 'lobby']"});
    CHECK(of.answer("['JULIAN: #lR', '3', 'lobby']") ==
          strings{"['5', 'lobby']", "['3', 'ok', 'lobby']"});
    CHECK(of.answer("['Marta: hola', '3', 'lobby']") ==
          strings{"['Julian: Marta: hola', '3', 'lobby']"});
}

TEST_CASE("labels: who logs in with another case of her name keeps her commands") {
    scene of;
    of.julian.hangs_up();
    guest& again = of.house.connects("labels");
    again.sends("['julian', 'secreto123', '2']");
    of.house.nobody_hears();
    CHECK(again.sends("['julian: #/private Marta secreto', '3', 'lobby']").hears() ==
          strings{"['Julian: secreto', '3', '@Marta']", "['3', 'ok', 'lobby']"});
}

TEST_CASE("labels: before a log-in nothing else is to be had") {
    hall house;
    guest& one = house.connects("labels");
    CHECK(one.sends("['Julian: hola', '3', 'lobby']").hears() ==
          strings{"['3', 'error', 'Inicia sesión primero']"});
    CHECK(one.sends("['4']").hears() == strings{"['4', 'error', 'Inicia sesión primero']"});
    CHECK(one.sends("['Julian', '5']").hears() ==
          strings{"['5', 'error', 'Inicia sesión primero']"});
}

TEST_CASE("labels: users and rooms are listed under their labels") {
    scene of;
    of.house.arrives("luis", "#redes");
    CHECK(of.answer("['4']") == strings{"['4', 'Julian', 'Marta']"});
    CHECK(of.answer("['Julian', '4']") == strings{"['4', 'Julian', 'Marta']"});
    CHECK(of.answer("['5']") == strings{"['5', 'lobby', 'redes']"});
}

TEST_CASE("labels: a list too long for a read goes on in a second one") {
    scene of;
    for (int i = 0; i < 40; ++i) {
        of.house.arrives(fmt::format("una_persona_de_nombre_largo_{:03}", i));
    }
    const strings lists = of.answer("['4']");
    REQUIRE(lists.size() == 2);
    CHECK(lists[0].size() <= 1'024);
    CHECK(lists[1].starts_with("['4', 'una_persona_de_nombre_largo_"));
}

TEST_CASE("labels: requests as Python writes them otherwise are the same requests") {
    scene of;
    CHECK(of.answer("[u'Julian: ma\\xf1ana', u'3' ,\"lobby\"]") ==
          strings{"['Julian: mañana', '3', 'lobby']"});
    CHECK(of.answer("['4']\n['4'][") ==
          strings{"['4', 'Julian', 'Marta']", "['4', 'Julian', 'Marta']"});
    CHECK(of.answer("'4']") == strings{"['4', 'Julian', 'Marta']"});
}

TEST_CASE("labels: what is no request is refused once") {
    scene of;
    const std::string refusal = "['0', 'error', 'Petición no válida']";
    CHECK(of.answer("hola") == strings{refusal});
    CHECK(of.answer(" que tal") == strings{});
    CHECK(of.answer("['9']['a', 'b'][]") == strings{refusal, refusal, refusal});
    CHECK(of.answer("['" + std::string(5'000, 'x')) == strings{refusal});
}

TEST_CASE("labels: #cR makes a room that its maker owns, #eR goes back") {
    scene of;
    CHECK(of.typed("#cR mio") == strings{"['3', 'ok', 'mio']"});
    CHECK(of.house.people_in("#mio") == strings{"Julian"});
    CHECK(of.house.people_in("#lobby") == strings{"Marta"});
    CHECK(of.typed("hola", "mio") == strings{"['Julian: hola', '3', 'mio']"});
    CHECK(of.marta.hears().empty());
    CHECK(of.typed("#eR", "mio") == strings{"['3', 'ok', 'lobby']"});
    CHECK(of.house.people_in("#lobby") == strings{"Julian", "Marta"});
    CHECK(of.typed("#cR mio") == strings{"['3', 'error', 'La sala ya existe']"});
}

TEST_CASE("labels: a room that gets another name is the same room, under both names") {
    scene of;
    of.typed("#cR mio");
    of.house.does_as(
        of.julian,
        chat::rename_room{*base::make_room_name("#mio"), *base::make_room_name("#nuestro"), {}});
    of.house.nobody_hears();
    CHECK(of.typed("hola", "mio") == strings{"['Julian: hola', '3', 'nuestro']"});
    CHECK(of.typed("hola", "nuestro") == strings{"['Julian: hola', '3', 'nuestro']"});
    CHECK(of.typed("#show users", "mio").front().contains("Julian"));
}

TEST_CASE("labels: a room does not pass for the server, nor for a private message") {
    scene of;
    CHECK(of.typed("#cR *") == strings{"['3', 'ok', '#*']"});
    CHECK(of.typed("hola", "#*") == strings{"['Julian: hola', '3', '#*']"});
    CHECK(of.typed("#cR @Marta", "#*") == strings{"['3', 'ok', '#@Marta']"});
    CHECK(of.typed("hola", "#@Marta") == strings{"['Julian: hola', '3', '#@Marta']"});
    CHECK(of.typed("hola", "@Marta") == strings{"['Julian: hola', '3', '#@Marta']"});
}

TEST_CASE("labels: #gR goes to a room, and makes none") {
    scene of;
    of.house.arrives("luis", "#redes");
    CHECK(of.typed("#gR nada") == strings{"['3', 'error', 'No existe esa sala']"});
    CHECK(of.typed("#gR una sala") == strings{"['3', 'error', 'Nombre de sala no válido']"});
    CHECK(of.typed("hola", "redes") == strings{"['3', 'error', 'No estás en esa sala']"});
    CHECK(of.typed("#gR redes") == strings{"['3', 'ok', 'redes']"});
    CHECK(of.house.people_in("#redes") == strings{"Julian", "luis"});
}

TEST_CASE("labels: #lR and #show users list, and are confirmed") {
    scene of;
    CHECK(of.typed("#lR") == strings{"['5', 'lobby']", "['3', 'ok', 'lobby']"});
    CHECK(of.typed("#show users") == strings{"['4', 'Julian', 'Marta']", "['3', 'ok', 'lobby']"});
}

TEST_CASE("labels: #/private is for one, and the sender has it too") {
    scene of;
    CHECK(of.typed("#/private Marta hola tú") ==
          strings{"['Julian: hola tú', '3', '@Marta']", "['3', 'ok', 'lobby']"});
    CHECK(of.marta.hears() == strings{"['Julian: hola tú', '3', '@Marta']"});
    CHECK(of.typed("#/private nadie hola") == strings{"['3', 'error', 'No existe ese apodo']"});
}

TEST_CASE("labels: #exit leaves and closes") {
    scene of;
    of.typed("#exit");
    CHECK(of.julian.closed());
    CHECK(of.house.people_in("#lobby") == strings{"Marta"});
}

TEST_CASE("labels: blanks around a command do not make it a message") {
    scene of;
    CHECK(of.typed("#show users ") == strings{"['4', 'Julian', 'Marta']", "['3', 'ok', 'lobby']"});
    CHECK(of.typed("#cR  mio ") == strings{"['3', 'ok', 'mio']"});
}

TEST_CASE("labels: who is put out of a room is told by whom and why") {
    scene of;
    of.house.arrives("jefa", "#redes");
    of.typed("#gR redes");
    of.typed("#gR nada");
    of.house.does("jefa", chat::kick{*base::make_room_name("#redes"),
                                     *base::make_nickname("Julian"), "ruido"});
    CHECK(of.julian.hears() ==
          strings{"['jefa te ha echado de la sala: ruido', '3', '*']", "['3', 'ok', 'lobby']"});
    CHECK(of.typed("ya") == strings{"['Julian: ya', '3', 'lobby']"});
}

TEST_CASE("labels: a long message that is refused is refused once") {
    scene of;
    of.house.core_refuses(chat::reason::may_not_speak);
    CHECK(of.typed(std::string(2'000, 'x')) ==
          strings{"['3', 'error', 'No puedes hablar en esta sala']"});
}

TEST_CASE("labels: who is put out of the listener's room is told why, and closed") {
    hall house;
    house.arrives("jefa", "#redes");
    guest& julian = house.connects("labels", "#redes");
    julian.sends("['Julian', 'secreto123', '1']['Julian', 'secreto123', '2']");
    house.nobody_hears();
    house.does("jefa", chat::kick{*base::make_room_name("#redes"), *base::make_nickname("Julian"),
                                  "ruido"});
    CHECK(julian.hears() == strings{"['jefa te ha echado de la sala: ruido', '3', '*']"});
    CHECK(julian.closed());
}

TEST_CASE("labels: who leaves the listener's room by another door is told that she left") {
    scene of;
    of.house.does_as(of.julian, chat::part{*base::make_room_name("#lobby"), {}});
    CHECK(of.julian.hears() == strings{"['Has salido de la sala', '3', '*']"});
    CHECK(of.julian.closed());
}

TEST_CASE("labels: a word that is refused is refused with the reason") {
    classic::settings rules = hall::quiet();
    rules.manners.refused = {"malo"};
    hall house(rules);
    guest& julian = house.connects("labels");
    julian.sends("['Julian', 'secreto123', '1']['Julian', 'secreto123', '2']");
    house.nobody_hears();
    const strings why{"['3', 'error', 'Lleva una palabra que aquí no se quiere']"};
    CHECK(julian.sends("['Julian: malo', '3', 'lobby']").hears() == why);
    CHECK(julian.sends("['Julian: #/private nadie malo', '3', 'lobby']").hears() == why);
}

TEST_CASE("labels: who is muted on the server hears until when") {
    scene of;
    of.house.core_refuses(chat::reason::muted);
    const strings heard = of.typed("hola");
    REQUIRE(heard.size() == 1);
    CHECK(heard[0].starts_with("['3', 'error', 'No puedes escribir en este servidor"));
}

TEST_CASE("labels: a long message is said in pieces that wait their turn, and then goes the next") {
    classic::settings rules = hall::quiet();
    rules.rate_limited = true;
    rules.burst = 4;
    hall house(rules);
    guest& julian = house.connects("labels");
    julian.sends("['Julian', 'secreto123', '1']['Julian', 'secreto123', '2']");
    house.waits(5s);
    julian.sends("['Julian: " + std::string(3'000, 'x') + "', '3', 'lobby']['4']");
    CHECK(house.said().size() == 4);
    house.waits(3s);
    CHECK(house.said().size() == 7);
    CHECK(julian.hears().back() == "['4', 'Julian']");
}

TEST_CASE("labels: a word behind '#' that is no command is said") {
    scene of;
    CHECK(of.typed("#viernes por fin") == strings{"['Julian: #viernes por fin', '3', 'lobby']"});
}

TEST_CASE("labels: passwords are taken on loopback, or where the listener says so") {
    hall house;
    classic::entrance at;
    at.room = *base::make_room_name("#lobby");
    guest& one = house.connects_to("labels", at);
    CHECK(one.sends("['Julian', 'secreto123', '1']").hears() ==
          strings{"['1', 'error', 'Aquí no se aceptan contraseñas: cruzarían la red sin cifrar']"});
}

TEST_CASE("labels: quotes and brackets in a text reach nobody as protocol") {
    scene of;
    of.house.arrives("luis");
    of.house.says("luis", "#lobby", "'], '3'] [\"x\\");
    CHECK(of.julian.hears() == strings{R"(['luis: \'], \'3\'] ["x\\', '3', 'lobby'])"});
}

TEST_CASE("labels: each piece of a long message is a list that fits into a read") {
    scene of;
    of.house.arrives("luis");
    of.house.says("luis", "#lobby", std::string(1'500, '\''));
    std::string marked = "\"";
    for (int i = 0; i < 500; ++i) {
        marked += "'\u0301";
    }
    of.house.says("luis", "#lobby", marked);
    for (const std::string& one : of.julian.hears()) {
        CHECK(one.size() <= 1'024);
        CHECK(one.ends_with("', '3', 'lobby']") + one.ends_with("\", '3', 'lobby']") == 1);
    }
}

TEST_CASE("labels: an account's nickname is not given to a guest") {
    scene of;
    of.julian.hangs_up();
    of.house.connects("nickname").sends("Julian");
    CHECK(of.house.people_in("#lobby") == strings{"Julian_", "Marta"});
}

TEST_CASE("labels: one person with two windows is in both") {
    scene of;
    guest& second = of.house.connects("labels");
    second.sends("['Julian', 'secreto123', '2']");
    CHECK(second.hears() == strings{"['2', 'ok', 'lobby']"});
    CHECK(of.typed("hola") == strings{"['Julian: hola', '3', 'lobby']"});
    CHECK(second.hears() == strings{"['Julian: hola', '3', 'lobby']"});
    CHECK(of.house.people_in("#lobby") == strings{"Julian", "Marta"});
}
