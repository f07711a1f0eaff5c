// SPDX-License-Identifier: Apache-2.0
// Replies, reactions, redactions, edits and links, as each of the five dialects has words for them.
#include "classic/hall.hpp"
#include "wire/caesar.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace tertulia;
using tests::guest;
using tests::hall;

namespace {

constexpr auto kinds = {"base64", "caesar", "labels", "nickname", "roster"};

// Ana at a classic door; Luis, who keeps order, and Eva are at another one.
struct scene {
    explicit scene(const std::string& of) : kind(of) {
        house.arrives("luis", "#redes");
        house.arrives("eva", "#redes");
        ana = &house.connects(kind, "#redes");
        if (kind == "nickname") {
            ana->sends("Ana");
        } else if (kind == "roster") {
            ana->sends("NAME:Ana");
        } else if (kind == "labels") {
            ana->sends("['Ana', 'secreto123', '1']").sends("['Ana', 'secreto123', '2']");
        }
        house.nobody_hears();
    }
    // All that came, in the clear.
    std::string hears() {
        std::string all;
        for (const std::string& one : ana->hears()) {
            all += kind == "caesar" ? wire::caesar_decipher(one) : one;
        }
        return all;
    }
    chat::message_facts says(const std::string& who, const std::string& text,
                             chat::message_number about = {}) {
        chat::speak made;
        made.target = room;
        made.text = text;
        made.about = about;
        return does(who, made);
    }
    chat::message_facts reacts(const std::string& who, const std::string& tags,
                               chat::message_number about) {
        chat::speak made;
        made.target = room;
        made.kind = chat::message_kind::tags;
        made.tags = tags;
        made.about = about;
        return does(who, made);
    }
    void redacts(const std::string& who, const chat::message_facts& what) {
        house.does(who, chat::redact{room, what, {}});
    }
    void edits(const std::string& who, const chat::message_facts& what, const std::string& text) {
        house.does(who, chat::edit{room, what, text});
    }
    chat::message_facts does(const std::string& who, const chat::speak& what) {
        house.does(who, what);
        chat::message_facts made;
        for (const chat::event& one : house.answers()) {
            if (const auto* const said = std::get_if<chat::spoke>(&one.what)) {
                made = {said->conversation, said->number, said->by->person, said->kind};
            }
        }
        return made;
    }

    std::string kind;
    hall house;
    base::name room = *base::make_room_name("#redes");
    guest* ana = nullptr;
};

} // namespace

TEST_CASE("classic: a reply is shown with a few words of what it replies to") {
    for (const std::string kind : kinds) {
        CAPTURE(kind);
        scene of(kind);
        const auto first = of.says("luis", "quien trae el cable");
        static_cast<void>(of.hears());
        of.says("eva", "yo misma", first.number);
        const std::string heard = of.hears();
        CHECK(heard.contains("eva"));
        CHECK(heard.contains("(a luis: «quien trae el cable») yo misma"));
        of.says("eva", "a nadie", {999'999});
        CHECK_FALSE(of.hears().contains("«"));
    }
}

TEST_CASE("classic: what was said in another room is not quoted") {
    scene of("nickname");
    of.house.arrives("pia", "#otra");
    of.house.does("luis", chat::join{*base::make_room_name("#otra"), {}});
    chat::speak secret;
    secret.target = *base::make_room_name("#otra");
    secret.text = "secreto";
    guest& there = of.house.connects("nickname", "#otra");
    there.sends("Ben");
    const auto elsewhere = of.does("pia", secret);
    static_cast<void>(of.hears());
    of.says("luis", "ya lo sabía", elsewhere.number);
    CHECK(of.hears() == "luis: ya lo sabía");
}

TEST_CASE("classic: only the beginning of a long message is quoted") {
    scene of("nickname");
    const auto first =
        of.says("luis", "una frase muy larga que no cabe entera en la cita de nadie");
    static_cast<void>(of.hears());
    of.says("eva", "vale", first.number);
    CHECK(of.hears() == "eva: (a luis: «una frase muy larga que no cabe entera en la…») vale");
}

TEST_CASE("classic: a reaction and its end are a short line each") {
    for (const std::string kind : kinds) {
        CAPTURE(kind);
        scene of(kind);
        const auto first = of.says("luis", "hoy no hay clase");
        static_cast<void>(of.hears());
        of.reacts("eva", "+draft/react=ole", first.number);
        CHECK(of.hears().contains("reacciona con ole a «hoy no hay clase»"));
        of.reacts("eva", "+draft/unreact=ole", first.number);
        CHECK(of.hears().contains("retira su ole"));
    }
}

TEST_CASE("classic: a redaction is a note, which does not say again what was said") {
    for (const std::string kind : kinds) {
        CAPTURE(kind);
        scene of(kind);
        const auto first = of.says("eva", "insulto");
        const auto second = of.says("luis", "perdonad");
        static_cast<void>(of.hears());
        of.redacts("luis", first);
        std::string heard = of.hears();
        CHECK(heard.contains("luis ha borrado un mensaje de eva"));
        CHECK_FALSE(heard.contains("insulto"));
        of.redacts("luis", second);
        heard = of.hears();
        CHECK(heard.contains("luis ha borrado un mensaje"));
        CHECK_FALSE(heard.contains("mensaje de"));
        of.says("eva", "y qué", first.number);
        CHECK_FALSE(of.hears().contains("insulto"));
    }
}

TEST_CASE("classic: an edit is a line with the new text, which is quoted from then on") {
    for (const std::string kind : kinds) {
        CAPTURE(kind);
        scene of(kind);
        const auto first = of.says("eva", "a las tres");
        static_cast<void>(of.hears());
        of.edits("eva", first, "a las cuatro");
        CHECK(of.hears().contains("(corrige) a las cuatro"));
        of.says("luis", "vale", first.number);
        CHECK(of.hears().contains("«a las cuatro»"));
    }
}

TEST_CASE("classic: a link to a picture or a file says what it is") {
    for (const std::string kind : kinds) {
        CAPTURE(kind);
        scene of(kind);
        of.says("eva", "https://ejemplo.org/f/7/gato.png");
        CHECK(of.hears().contains("imagen gato.png: https://ejemplo.org/f/7/gato.png"));
        of.says("eva", "http://ejemplo.org/apuntes.pdf?v=2");
        CHECK(of.hears().contains("archivo apuntes.pdf: http://ejemplo.org/apuntes.pdf?v=2"));
    }
    scene of("nickname");
    for (const std::string text :
         {"https://ejemplo.org", "https://ejemplo.org/", "https://ejemplo.org/tema",
          "mira https://ejemplo.org/gato.png", "https://ejemplo.org/.png", "gato.png",
          "https://ejemplo.org/a.", "https://"}) {
        of.says("eva", text);
        CHECK(of.hears() == "eva: " + text);
    }
}

TEST_CASE("classic: a message of several lines is said line by line") {
    scene of("nickname");
    of.says("eva", "primera\n\nsegunda");
    CHECK(of.ana->hears() == std::vector<std::string>{"eva: primera", "eva: segunda"});
    for (const std::string kind : kinds) {
        CAPTURE(kind);
        scene other(kind);
        other.says("eva", "primera\n\nsegunda");
        const std::string heard = other.hears();
        CHECK(heard.contains("primera"));
        CHECK(heard.contains("segunda"));
        CHECK_FALSE(heard.contains("primerasegunda"));
    }
}

TEST_CASE("classic: of a message of several lines the first is quoted") {
    scene of("nickname");
    const auto first = of.says("eva", "primera\nsegunda");
    static_cast<void>(of.hears());
    of.says("luis", "vale", first.number);
    CHECK(of.hears() == "luis: (a eva: «primera…») vale");
}

TEST_CASE("classic: a link that is followed by other lines is said as it is") {
    scene of("nickname");
    of.says("eva", "https://ejemplo.org/gato.png\nqué gato");
    CHECK(of.ana->hears() ==
          std::vector<std::string>{"eva: https://ejemplo.org/gato.png", "eva: qué gato"});
}
