// SPDX-License-Identifier: Apache-2.0
// The dialect `caesar`, byte by byte (docs/classic/caesar.md).
#include "wire/caesar.hpp"

#include "classic/hall.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace tertulia;
using namespace std::chrono_literals;
using tests::guest;
using tests::hall;
using wire::caesar_cipher;
using strings = std::vector<std::string>;

namespace {

strings plain(const strings& heard) {
    strings made;
    for (const std::string& one : heard) {
        made.push_back(wire::caesar_decipher(one));
    }
    return made;
}

struct two {
    hall house;
    guest& ana = house.connects("caesar");
    guest& berta = house.connects("caesar");
    two() { house.nobody_hears(); }
};

} // namespace

TEST_CASE("caesar: nobody is greeted, and nobody is told that somebody came") {
    hall house;
    guest& ana = house.connects("caesar");
    guest& berta = house.connects("caesar");
    CHECK(ana.hears().empty());
    CHECK(berta.hears().empty());
}

TEST_CASE("caesar: a message travels ciphered both ways, and not back to its sender") {
    two of;
    of.berta.sends(caesar_cipher("Berta: Buenas tardes"));
    CHECK(of.ana.hears() == strings{"Lobdk: Leoxkc dkbnoc"});
    CHECK(of.berta.hears().empty());
    CHECK(of.house.said() == strings{"Berta: Buenas tardes"});
}

TEST_CASE("caesar: accents go down decomposed, so that the formula spares them") {
    two of;
    of.house.arrives("luis");
    of.house.nobody_hears();
    of.house.says("luis", "#lobby", "compañeros ¿qué tal? Ñandú");
    CHECK(plain(of.ana.hears()) ==
          strings{"luis: compan\u0303eros ¿que\u0301 tal? N\u0303andu\u0301"});
}

TEST_CASE("caesar: what comes decomposed is put together again") {
    two of;
    of.berta.sends(caesar_cipher("Berta: compan\u0303eros"));
    CHECK(of.house.said() == strings{"Berta: compañeros"});
}

TEST_CASE("caesar: only one word before the colon of the first message is a name") {
    two of;
    of.berta.sends(caesar_cipher("Berta: hola"));
    of.berta.sends(caesar_cipher("Berta: mira: esto"));
    of.berta.sends(caesar_cipher("mira: esto"));
    of.ana.sends(caesar_cipher("sin nombre"));
    of.ana.sends(caesar_cipher("Ana: tarde"));
    CHECK(of.house.said() == strings{"Berta: hola", "Berta: mira: esto", "Berta: mira: esto",
                                     "invitado0: sin nombre", "invitado0: Ana: tarde"});
}

TEST_CASE("caesar: a guest whose number is another's nickname is still without a name") {
    two of;
    of.house.arrives("invitado3");
    guest& silent = of.house.connects("caesar");
    of.house.nobody_hears();
    silent.hangs_up();
    CHECK(plain(of.ana.hears()) == strings{"('127.0.0.1', 45353) se ha desconectado"});
}

TEST_CASE("caesar: leaving is told by the address, or by the nickname where it is known") {
    two of;
    of.berta.sends(caesar_cipher("Berta: hola"));
    guest& silent = of.house.connects("caesar");
    of.house.nobody_hears();
    silent.hangs_up();
    CHECK(plain(of.ana.hears()) == strings{"('127.0.0.1', 45352) se ha desconectado"});
    of.berta.hangs_up();
    CHECK(plain(of.ana.hears()) == strings{"Berta se ha desconectado"});
}

TEST_CASE("caesar: who comes, goes or is renamed at another door is told in plain words") {
    two of;
    of.house.arrives("luis");
    CHECK(plain(of.ana.hears()) == strings{"luis se ha unido al chat"});
    of.house.does("luis", chat::rename{*base::make_nickname("lucas")});
    CHECK(plain(of.ana.hears()) == strings{"luis ahora es lucas"});
    of.house.does("luis", chat::disconnect{"adiós"});
    CHECK(plain(of.ana.hears()) == strings{"lucas ha salido del chat"});
}

TEST_CASE("caesar: a read that is not UTF-8 is Latin-1, as a whole") {
    two of;
    of.berta.sends(caesar_cipher("Berta: ") + "\xa1" + caesar_cipher("hola") + "!");
    CHECK(of.house.said() == strings{"Berta: ¡hola!"});
}

TEST_CASE("caesar: a read that ends within a character waits for its rest, but not for long") {
    two of;
    const std::string whole = caesar_cipher("Berta: 5 €");
    of.berta.sends(whole.substr(0, whole.size() - 1));
    CHECK(of.house.said().empty());
    of.berta.sends(whole.substr(whole.size() - 1));
    CHECK(of.house.said() == strings{"Berta: 5 €"});
    of.berta.sends(whole.substr(0, whole.size() - 1));
    of.house.waits(49ms);
    CHECK(of.house.said().size() == 1);
    of.house.waits(1ms);
    CHECK(of.house.said().size() == 2);
}

TEST_CASE("caesar: whoever always ends within a character is read, however often she goes on") {
    two of;
    const std::string part = caesar_cipher("Berta: 5 €");
    of.berta.sends(part.substr(0, part.size() - 1));
    of.house.waits(40ms);
    of.berta.sends("\xac" + part.substr(0, part.size() - 1));
    of.house.waits(10ms);
    CHECK(of.house.said().size() == 1);
}

TEST_CASE("caesar: lines come joined by a line break when a client falls behind") {
    two of;
    of.house.arrives("luis");
    of.house.nobody_hears();
    for (const char* text : {"1", "2", "3", "4", "5", "6", "7"}) {
        of.house.says("luis", "#lobby", text);
    }
    CHECK(plain(of.ana.hears()) ==
          strings{"luis: 1", "luis: 2", "luis: 3", "luis: 4", "luis: 5\nluis: 6\nluis: 7"});
}

TEST_CASE("caesar: pieces are at most 1024 bytes as sent, cut at words and never within letters") {
    two of;
    of.house.arrives("luis");
    of.house.nobody_hears();
    std::string text;
    for (int i = 0; i < 300; ++i) {
        text += "añoñé ";
    }
    of.house.says("luis", "#lobby", text + "fin");
    std::string together;
    for (const std::string& one : plain(of.ana.hears())) {
        CHECK(one.size() <= 1'024);
        REQUIRE(one.starts_with("luis: an\u0303on\u0303e\u0301"));
        together += one.substr(6) + " ";
    }
    CHECK(together == wire::for_caesar(text) + "fin ");
}
