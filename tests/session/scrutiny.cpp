// SPDX-License-Identifier: Apache-2.0
// What somebody wants, held against the words of the house: the configuration's and those that
// operators list.
#include "session/scrutiny.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

using namespace tertulia;
using chat::word_action;

namespace {

constexpr base::wall_time noon{std::chrono::hours{12}};

struct house {
    std::vector<chat::listed_word> words;
    session::manners by;
    chat::card eva;

    house() { eva.connected_at = noon; }
    void lists(const std::string& mask, word_action what) {
        words.push_back({{words.size() + 1}, mask, base::fold_mask(mask), what, {}, "ana", noon});
        auto board = std::make_shared<session::word_board>();
        board->put_up(std::make_shared<const std::vector<chat::listed_word>>(words));
        by.listed = std::move(board);
    }
    session::verdict judges(chat::command what) {
        last = std::move(what);
        return session::scrutinise(by, &eva, last, noon);
    }
    session::verdict says(const std::string& text, const std::string& to = "#sala") {
        chat::speak wish;
        wish.target = {to, to, 0, true};
        wish.text = text;
        return judges(wish);
    }
    chat::command last = chat::sweep{};
};

} // namespace

TEST_CASE("what weighs most decides about a word, and every list about a text") {
    house of;
    of.lists("sp*", word_action::hide);
    of.lists("spam", word_action::mute);
    of.by.hidden = {"feo"};
    CHECK_FALSE(of.says("feo spa").against);
    CHECK(std::get<chat::speak>(of.last).text == "*** ***");
    const session::verdict found = of.says("spam");
    CHECK(found.against->why == session::objection::word);
    CHECK(found.met->which.value == 2);
}

TEST_CASE("of what is said in private no text is told") {
    house of;
    of.lists("spam", word_action::report);
    CHECK(of.says("spam\nmore").met->text == "spam more");
    CHECK(of.says("spam").met->where == "#sala");
    CHECK(of.says("spam", "ana").met->text.empty());
    CHECK(of.says("spam", "ana").met->where == "PRIVMSG");
    CHECK_FALSE(of.says("spam").against);
}

TEST_CASE("a name is not hidden in part: it is refused") {
    house of;
    of.lists("feo", word_action::hide);
    CHECK(of.judges(chat::rename{{"Feo", "feo", 0, true}}).against);
    CHECK_FALSE(of.judges(chat::rename{{"feote", "feote", 0, true}}).against);
}

TEST_CASE("a reaction is words, and other tags are not") {
    house of;
    of.lists("malo", word_action::refuse);
    chat::speak wish;
    wish.target = {"#sala", "#sala", 0, true};
    wish.kind = chat::message_kind::tags;
    wish.tags = "+draft/reply=malo;+draft/react=bueno";
    CHECK_FALSE(of.judges(wish).against);
    wish.tags = "+draft/reply=x;+draft/react=Malo";
    CHECK(of.judges(wish).against);
}

TEST_CASE("reasons go without what is refused, whatever the rest") {
    house of;
    of.lists("malo", word_action::refuse);
    CHECK_FALSE(of.judges(chat::part{{"#sala", "#sala", 0, true}, "muy malo"}).against);
    CHECK(std::get<chat::part>(of.last).reason == "muy ****");
}

TEST_CASE("operators say what they want, and a house without lists reads nothing") {
    house of;
    CHECK_FALSE(of.says("malo").against);
    of.lists("malo", word_action::refuse);
    of.eva.is_operator = true;
    CHECK_FALSE(of.says("malo").against);
}
