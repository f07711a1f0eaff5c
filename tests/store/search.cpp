// SPDX-License-Identifier: Apache-2.0
// The index and what is found by it: what may be read alone, as it is now, whatever was missed.
#include "store/fixture.hpp"
#include "store/search_index.hpp"
#include "store/searcher.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace tertulia;
using namespace tertulia::store;

namespace {

// Followed by an index without a thread.
struct library : disk_database {
    explicit library(const std::string& name) : disk_database(name) {
        commit({room(1, "#redes"), room(2, "#otra")});
        opens_index();
    }
    void opens_index() {
        searches.reset();
        index.reset();
        auto made = search_index::open(options());
        REQUIRE_MESSAGE(made.has_value(), made.error().sentence);
        index = std::move(*made);
        auto opened = searcher::open(options());
        REQUIRE_MESSAGE(opened.has_value(), opened.error().sentence);
        searches = std::move(*opened);
    }
    void happens(chat::event_body what, bool indexed = true) {
        auto batch = std::make_shared<chat::batch>();
        batch->events.push_back({{}, at(++clock * 1'000), chat::nobody{}, std::move(what)});
        const chat::batch_ref shared = batch;
        REQUIRE(now.writer->commit({&shared, 1}).has_value());
        if (indexed) {
            REQUIRE(index->follow({&shared, 1}).has_value());
        }
    }
    void says(std::uint64_t number, const std::string& text, std::uint64_t where = 1,
              const std::string& who = "ana", bool indexed = true) {
        chat::spoke what = said(number, where);
        auto by = std::make_shared<chat::card>(*what.by);
        by->nickname.display = who;
        what.by = by;
        what.text = text;
        happens(what, indexed);
    }
    void redacts(std::uint64_t message, std::uint64_t number, bool indexed = true) {
        chat::redacted what;
        what.by = said(1).by;
        what.conversation = {1};
        what.message = {message};
        what.number = {number};
        happens(what, indexed);
    }
    void edits(std::uint64_t message, std::uint64_t number, const std::string& text,
               bool indexed = true) {
        chat::edited what;
        what.by = said(1).by;
        what.conversation = {1};
        what.message = {message};
        what.number = {number};
        what.text = text;
        happens(what, indexed);
    }
    void catches_up() { REQUIRE(index->catch_up().has_value()); }

    numbers finds(session::search_query query) {
        query.conversations = query.conversations.empty() ? conversations : query.conversations;
        query.up_to = {1'000'000};
        query.limit = query.limit == 0 ? 100 : query.limit;
        const auto page = searches->search(query);
        REQUIRE_MESSAGE(page.has_value(), page.error().sentence);
        numbers found;
        for (const auto& one : page->hits) {
            found.push_back(one.message.number.value);
        }
        return found;
    }
    numbers finds_text(const std::string& text) {
        return finds(session::search_query{.text = text});
    }

    std::unique_ptr<search_index> index;
    std::unique_ptr<searcher> searches;
    std::vector<chat::conversation_id> conversations{{1}};
    std::int64_t clock = 0;
};

} // namespace

TEST_CASE("words are found by case and accent alike, and by their beginnings") {
    library of("words");
    of.says(10, "Mañana hay EXAMEN de redes");
    of.says(20, "el examen es fácil");
    of.says(30, "no hay nada");
    CHECK(of.finds_text("examen") == numbers{10, 20});
    CHECK(of.finds_text("FACIL") == numbers{20});
    CHECK(of.finds_text("manana exam") == numbers{10});
    CHECK(of.finds_text("\"examen es\"") == numbers{20});
    CHECK(of.finds_text("es") == numbers{20});
    CHECK(of.finds_text("xamen").empty());
}

TEST_CASE("a hit names its author's account") {
    library of("accounts");
    chat::spoke said = disk_database::said(10);
    auto ana = std::make_shared<chat::card>(*said.by);
    ana->person = {7};
    said.by = ana;
    of.happens(chat::account_saved{{7}, {"Ana", "ana", 0, true}, at(1), 1, false, {}});
    of.happens(said);
    const auto found =
        of.searches->search({.conversations = {{1}}, .up_to = {100}, .text = "text", .limit = 1});
    REQUIRE(found.has_value());
    REQUIRE(found->hits.size() == 1);
    CHECK(found->hits.front().message.account == "Ana");
}

TEST_CASE("only the conversations that may be read are searched") {
    library of("places");
    of.says(10, "hola", 1);
    of.says(20, "hola", 2);
    of.says(30, "hola c2", 12);
    CHECK(of.finds_text("hola") == numbers{10});
    CHECK(of.finds({.conversations = {{2}, {1}}, .text = "hola"}) == numbers{10, 20});
    CHECK(of.finds({.conversations = {{3}}, .text = "hola"}).empty());
    CHECK(of.finds_text("c2").empty());
}

TEST_CASE("nothing in the words is a question to the index") {
    library of("injection");
    of.says(10, "hola");
    of.says(20, "hola", 2);
    for (const std::string text : {"hola OR place:c2", "hola\" OR place : c2", "\"", "\"\"",
                                   "hola) OR (place : c2", "*", "NEAR(hola c2)", "-hola", "^hola",
                                   "{place}:c2", "hola*", "'", "hola;", "\"hola", "a\"b\"c"}) {
        INFO(text);
        for (const std::uint64_t one : of.finds_text(text)) {
            CHECK(one == 10);
        }
    }
    CHECK(of.finds_text("?").empty());
    CHECK(of.finds_text("\"?\"").empty());
}

TEST_CASE("by author, by time, and by how many") {
    library of("attributes");
    of.says(10, "uno", 1, "Ana");
    of.says(20, "dos", 1, "Aná");
    of.says(30, "tres", 1, "luis");
    of.says(40, "cuatro", 1, "[]");
    CHECK(of.finds({.from = "ana"}) == numbers{10});
    CHECK(of.finds({.text = "tres", .from = "ana"}).empty());
    CHECK(of.finds({.from = "[]"}) == numbers{40});
    CHECK(of.finds({.limit = 2}) == numbers{30, 40});
    CHECK(of.finds({.after = at(2'000), .limit = 2}) == numbers{20, 30});
    CHECK(of.finds({.before = at(3'000)}) == numbers{10, 20, 30});
    CHECK(of.finds({.after = at(2'001), .before = at(3'999)}) == numbers{30});
    CHECK(of.finds({.before = at(0)}).empty());
}

TEST_CASE("what was taken back is found no more, what was edited by its text of now") {
    library of("changes");
    of.says(10, "secreto");
    of.says(20, "errata");
    of.redacts(10, 30);
    of.edits(20, 40, "correcto");
    CHECK(of.finds_text("secreto").empty());
    CHECK(of.finds_text("errata").empty());
    CHECK(of.finds_text("correcto") == numbers{20});
    of.redacts(20, 50);
    of.edits(20, 60, "otra vez");
    CHECK(of.finds_text("otra").empty());
}

TEST_CASE("what is taken back is not shown though the index does not know of it yet") {
    library of("behind");
    of.says(10, "secreto");
    of.redacts(10, 30, false);
    CHECK(of.finds_text("secreto").empty());
}

TEST_CASE("an ended room is searched by nobody, and leaves the index") {
    library of("ended");
    of.says(10, "hola");
    of.happens(chat::conversation_ended{{1}});
    CHECK(of.finds_text("hola").empty());
}

TEST_CASE("the index catches up with what it missed") {
    library of("missed");
    of.says(10, "uno");
    of.says(15, "viejo");
    of.says(20, "secreto", 1, "ana", false);
    of.says(30, "errata", 1, "ana", false);
    of.says(35, "hola", 2, "ana", false);
    of.redacts(20, 40, false);
    of.redacts(15, 45, false);
    of.edits(30, 50, "correcto", false);
    of.opens_index();
    CHECK(of.finds_text("errata").empty());
    of.catches_up();
    CHECK(of.finds_text("uno") == numbers{10});
    CHECK(of.finds_text("viejo").empty());
    CHECK(of.finds_text("secreto").empty());
    CHECK(of.finds_text("correcto") == numbers{30});
    CHECK(of.finds({.conversations = {{2}}, .text = "hola"}) == numbers{35});
    of.catches_up();
    CHECK(of.finds_text("uno") == numbers{10});
}

TEST_CASE("what ended while the index was away leaves it") {
    library of("ended away");
    of.says(10, "hola");
    of.happens(chat::conversation_ended{{1}}, false);
    of.catches_up();
    of.happens(disk_database::room(1, "#redes"), false);
    CHECK(of.finds_text("hola").empty());
}

TEST_CASE("what only some roles heard and reactions are not indexed") {
    library of("some roles");
    chat::spoke whispered = disk_database::said(10);
    whispered.text = "secreto";
    whispered.heard_from = chat::role::voice;
    of.happens(whispered);
    chat::spoke missed = whispered;
    missed.number = {20};
    of.happens(missed, false);
    of.catches_up();
    CHECK(of.finds_text("secreto").empty());
}

TEST_CASE("a hit comes whole, with what was last done to it") {
    library of("whole");
    of.says(10, "errata");
    of.edits(10, 20, "correcto");
    const auto page = of.searches->search({{{1}}, {100}, "correcto", {}, {}, {}, 10});
    REQUIRE(page->hits.size() == 1);
    const session::stored_message& hit = page->hits.front().message;
    CHECK(hit.nickname == "ana");
    CHECK(hit.text == "correcto");
    REQUIRE(hit.change);
    CHECK(hit.change->number.value == 20);
    CHECK(hit.change->kind == session::stored_kind::edit);
}

TEST_CASE("words are asked for as FTS5 understands them") {
    CHECK(words_asked("hola mundo") == "\"hola\" * AND \"mundo\" *");
    CHECK(words_asked("  es \"un dos\" ") == "\"es\" AND \"un dos\"");
    CHECK(words_asked("!? ...").empty());
    CHECK(words_asked("").empty());
}
