// SPDX-License-Identifier: Apache-2.0
#include "session/manners.hpp"

#include "session/scrutiny.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using namespace tertulia::session;

namespace {

constexpr base::wall_time came{std::chrono::milliseconds{1'000'000}};

chat::card guest() {
    chat::card made;
    made.connected_at = came;
    return made;
}
chat::card account() {
    chat::card made = guest();
    made.registered = true;
    return made;
}
chat::card judge() {
    chat::card made = account();
    made.is_operator = true;
    return made;
}
std::optional<objected> objection_to(const manners& by, const chat::card& who, place where,
                                     std::string_view text, base::wall_time now) {
    chat::speak wish;
    wish.target.display = wish.target.key = where == place::room ? "#sala" : "luis";
    wish.text = text;
    chat::command what = std::move(wish);
    return scrutinise(by, &who, what, now).against;
}
std::optional<objection> why(const manners& by, const chat::card& who, place where,
                             std::string_view text, std::chrono::seconds after) {
    const auto found = objection_to(by, who, where, text, came + after);
    return found ? std::optional(found->why) : std::nullopt;
}
bool has_refused_word(const manners& by, const chat::card& who, std::string_view text) {
    return read_words(by, &who, text).refused;
}
std::string with_words_hidden(const manners& by, const chat::card& who, std::string_view text) {
    return read_words(by, &who, text).shown;
}

} // namespace

TEST_CASE("guests wait before their first word, accounts do not") {
    const manners by{std::chrono::seconds{30}, {}, {}, {}};
    CHECK(why(by, guest(), place::room, "hola", std::chrono::seconds{29}) == objection::too_soon);
    CHECK(objection_to(by, guest(), place::room, "hola", came)->until ==
          came + std::chrono::seconds{30});
    CHECK_FALSE(why(by, guest(), place::room, "hola", std::chrono::seconds{30}));
    CHECK_FALSE(why(by, account(), place::room, "hola", std::chrono::seconds{0}));
}

TEST_CASE("guests who have just come send no links, and nothing in private") {
    const manners by{{}, std::chrono::seconds{60}, {}, {}};
    const auto soon = std::chrono::seconds{59};
    for (const std::string_view link : {"mira https://x.example", "www.x.example"}) {
        CHECK(why(by, guest(), place::room, link, soon) == objection::too_soon_for_links);
        CHECK_FALSE(why(by, account(), place::room, link, soon));
        CHECK_FALSE(why(by, guest(), place::room, link, std::chrono::seconds{60}));
    }
    CHECK(why(by, guest(), place::person, "hola", soon) == objection::too_soon_in_private);
    CHECK_FALSE(why(by, guest(), place::room, "hola", soon));
}

TEST_CASE("words are refused whole, in any case of letters, wherever they stand") {
    const manners by{{}, {}, {"malo", "spam*", "ñ"}, {}};
    for (const std::string_view text :
         {"malo", "¡MALO!", "es,malo.", "uno\nspammer", "esto es Ñ", "«malo»", "malo…"}) {
        CAPTURE(std::string(text));
        CHECK(why(by, guest(), place::room, text, {}) == objection::word);
    }
    for (const std::string_view text : {"", "maloliente", "ma lo", "año"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(why(by, account(), place::room, text, {}));
    }
    CHECK_FALSE(why(by, judge(), place::room, "malo", {}));
    CHECK_FALSE(has_refused_word(by, judge(), "malo"));
    CHECK(has_refused_word(by, account(), "malo"));
}

TEST_CASE("hidden words are starred, and the rest stays as it was") {
    const manners by{{}, {}, {}, {"tonto", "ñu*"}};
    CHECK(with_words_hidden(by, guest(), "¡Tonto, ÑUSTA!\ny no tontería") ==
          "¡*****, *****!\ny no tontería");
    CHECK(with_words_hidden(by, judge(), "tonto") == "tonto");
    CHECK(with_words_hidden({}, guest(), "tonto") == "tonto");
}
