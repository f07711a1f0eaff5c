// SPDX-License-Identifier: Apache-2.0
// Redactions and edits: what becomes of the rows, and what a reader finds.
#include "store/fixture.hpp"

using namespace tertulia;
using namespace tertulia::store;
using chat::message_number;
using session::stored_kind;

namespace {

struct changed : disk_database {
    explicit changed(const std::string& name) : disk_database(name) {
        commit({said(10), said(20), said(30)});
    }
    void redact(std::uint64_t message, std::uint64_t number) {
        chat::redacted what;
        what.by = said(1).by;
        what.conversation = {1};
        what.message = {message};
        what.number = {number};
        what.reason = "spam";
        commit({what}, at(2'000));
    }
    void edit(std::uint64_t message, std::uint64_t number, const std::string& text) {
        chat::edited what;
        what.by = said(1).by;
        what.conversation = {1};
        what.message = {message};
        what.number = {number};
        what.text = text;
        commit({what}, at(3'000));
    }
    std::vector<session::stored_message> page(session::history_extras besides,
                                              std::uint32_t limit = 100) {
        const session::read_answer answer = reader->read(
            session::history_query{{1}, {1'000}, session::read_latest{}, limit, besides});
        return std::get<session::history_page>(answer).messages;
    }
    std::optional<chat::message_facts> facts(std::uint64_t number, std::uint64_t in = 1) {
        return std::get<session::message_answer>(
                   reader->read(session::message_query{{in}, {number}}))
            .found;
    }
};

constexpr session::history_extras all{.tags = true, .changes = true, .redacted = true};

} // namespace

TEST_CASE("a message that was taken back is read by nobody who did not ask for what is left") {
    changed of("redacted");
    of.redact(20, 40);
    CHECK(of.reads(session::read_latest{}) == numbers{10, 30});
    const auto found = of.page({.redacted = true});
    REQUIRE(found.size() == 3);
    CHECK(found[1].redacted);
    CHECK(found[1].text.empty());
    REQUIRE(found[1].change);
    CHECK(found[1].change->number == message_number{40});
    CHECK(found[1].change->text == "spam");
    CHECK(found[1].change->time == at(2'000));
}

TEST_CASE("its text is nowhere in the database any more") {
    changed of("gone");
    of.edit(20, 35, "very secret words");
    of.redact(20, 40);
    while (*of.now.writer->tidy()) {}
    of.close();
    of.open();
    CHECK_FALSE(of.disk.bytes_of("/tertulia.db").contains("very secret words"));
}

TEST_CASE("redactions and edits stand in their places for those who want them") {
    changed of("places");
    of.redact(10, 40);
    of.edit(20, 50, "mejor");
    const auto found = of.page(all);
    REQUIRE(found.size() == 5);
    CHECK(found[3].kind == stored_kind::redaction);
    CHECK(found[3].about == message_number{10});
    CHECK(found[4].kind == stored_kind::edit);
    CHECK(found[4].about == message_number{20});
    CHECK(found[4].text == "mejor");
}

TEST_CASE("an edited message is read with its text of now and what was last done to it") {
    changed of("edited");
    of.edit(20, 40, "mejor");
    of.edit(20, 50, "mejor aún");
    const auto found = of.page({});
    REQUIRE(found.size() == 3);
    CHECK(found[1].text == "mejor aún");
    REQUIRE(found[1].change);
    CHECK(found[1].change->number == message_number{50});
    CHECK(found[1].change->kind == stored_kind::edit);
}

TEST_CASE("an edit of what was taken back tells nothing") {
    changed of("edited and redacted");
    of.edit(20, 40, "mejor");
    of.redact(20, 50);
    of.edit(20, 60, "otra vez");
    const auto found = of.page(all);
    for (const session::stored_message& one : found) {
        CHECK(one.text != "mejor");
        CHECK(one.text != "otra vez");
    }
}

TEST_CASE("a reaction that was taken back is not read at all") {
    changed of("reaction");
    of.commit({disk_database::said(40, 1, chat::message_kind::tags)});
    of.redact(40, 50);
    CHECK(of.page({.tags = true, .redacted = true}).size() == 3);
}

TEST_CASE("of a message its author, its kind and who heard it are found by number") {
    changed of("facts");
    chat::spoke said = disk_database::said(40);
    auto by = std::make_shared<chat::card>(*said.by);
    by->person = {77};
    said.by = by;
    said.kind = chat::message_kind::notice;
    said.heard_from = chat::role::voice;
    of.commit({said});
    REQUIRE(of.facts(40));
    CHECK(of.facts(40)->author.value == 77);
    CHECK(of.facts(40)->kind == chat::message_kind::notice);
    CHECK(of.facts(40)->heard_from == chat::role::voice);
    CHECK_FALSE(of.facts(40, 2));
    CHECK_FALSE(of.facts(41));
    of.redact(40, 50);
    CHECK_FALSE(of.facts(40));
    CHECK_FALSE(of.facts(50));
}

TEST_CASE("what became of a message is found again after a power cut") {
    changed of("power");
    of.edit(10, 40, "mejor");
    of.redact(20, 50);
    of.lose_power(7);
    CHECK(of.page({}).front().text == "mejor");
    CHECK(of.reads(session::read_latest{}) == numbers{10, 30});
}
