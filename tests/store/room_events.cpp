// SPDX-License-Identifier: Apache-2.0
// What happened in rooms: it costs no commit of its own, and is read by who asks for it.
#include "session/stored_modes.hpp"
#include "store/fixture.hpp"

using namespace tertulia;
using namespace tertulia::store;
using session::stored_kind;

namespace {

struct busy_room : disk_database {
    explicit busy_room(const std::string& name) : disk_database(name) {
        commit({room(1, "#redes"), said(10)});
    }
    chat::event_body join_of(std::uint64_t number) {
        chat::joined made;
        made.who = said(1).by;
        made.room = where;
        made.number = {number};
        return made;
    }
    bool notes(std::vector<chat::event_body> what, const chat::audience& heard_by = {}) {
        auto batch = std::make_shared<chat::batch>();
        for (chat::event_body& one : what) {
            batch->events.push_back({{}, at(2'000), heard_by, std::move(one)});
        }
        const chat::batch_ref shared = batch;
        return now.writer->note({&shared, 1});
    }
    std::vector<session::stored_message> page(session::history_extras besides,
                                              session::history_selector which,
                                              std::uint32_t limit = 100) {
        const session::read_answer answer =
            reader->read(session::history_query{{1}, {1'000'000}, which, limit, besides});
        return std::get<session::history_page>(answer).messages;
    }
    std::vector<session::stored_message> page() {
        return page({.events = true}, session::read_latest{});
    }

    chat::room_ref where = std::make_shared<const chat::room_card>(
        chat::room_card{{1}, {"#redes", "#redes", 7, true}});
};

} // namespace

TEST_CASE("who comes waits for a commit made for something else") {
    busy_room of("waits");
    CHECK_FALSE(of.notes({of.join_of(11)}));
    CHECK(of.page().size() == 1);
    of.commit({disk_database::said(12)});
    const auto found = of.page();
    REQUIRE(found.size() == 3);
    CHECK(found[1].kind == stored_kind::join);
    CHECK(found[1].nickname == "ana");
    CHECK(found[1].time == at(2'000));
}

TEST_CASE("what waits when the server stops is stored") {
    busy_room of("stops");
    CHECK_FALSE(of.notes({of.join_of(11)}));
    of.close();
    of.open();
    CHECK(of.page().size() == 2);
}

TEST_CASE("so much of it is worth a commit of its own, when nothing else is to be done") {
    busy_room of("much");
    bool worth_it = false;
    std::uint64_t number = 11;
    for (; !worth_it; ++number) {
        worth_it = of.notes({of.join_of(number)});
    }
    CHECK(number < 10'000);
    REQUIRE(of.now.writer->tidy().has_value());
    CHECK(of.page({.events = true}, session::read_latest{}, 10).back().kind == stored_kind::join);
}

TEST_CASE("who does not ask for it reads the messages alone") {
    busy_room of("messages");
    of.commit({of.join_of(11), disk_database::said(12)});
    CHECK(of.reads(session::read_latest{}) == numbers{10, 12});
}

TEST_CASE("a page has as many as were asked for, from either end") {
    busy_room of("pages");
    of.commit({of.join_of(11), disk_database::said(12), of.join_of(13), disk_database::said(14)});
    const auto numbers_of = [](const std::vector<session::stored_message>& page) {
        numbers all;
        for (const session::stored_message& one : page) {
            all.push_back(one.number.value);
        }
        return all;
    };
    CHECK(numbers_of(of.page({.events = true}, session::read_latest{}, 3)) == numbers{12, 13, 14});
    CHECK(numbers_of(of.page({.events = true}, session::read_after{chat::message_number{10}}, 2)) ==
          numbers{11, 12});
    CHECK(numbers_of(of.page({.events = true}, session::read_around{chat::message_number{12}},
                             4)) == numbers{10, 11, 12, 13});
}

TEST_CASE("who leaves the server or changes her name does so in each of her rooms") {
    busy_room of("everywhere");
    chat::person_left left;
    left.who = disk_database::said(1).by;
    left.reason = "adiós";
    left.number = {11};
    static_cast<void>(of.notes({left}, chat::to_rooms{{{1}, {2}}, {}}));
    of.commit({disk_database::said(12)});
    CHECK(of.page()[1].kind == stored_kind::quit);
    CHECK(of.page()[1].text == "adiós");
}

TEST_CASE("changes of modes are among it, but no password") {
    busy_room of("modes");
    chat::room_modes_changed made;
    made.by = disk_database::said(1).by;
    made.room = of.where;
    made.changes = {chat::flag_change{chat::room_flag::moderated, true},
                    chat::password_change{"clave"}};
    made.number = {11};
    static_cast<void>(of.notes({made}));
    of.commit({disk_database::said(12)});
    CHECK(of.page()[1].kind == stored_kind::modes);
    CHECK(of.page()[1].text == session::write_modes(made.changes));
    CHECK_FALSE(of.page()[1].text.contains("clave"));
}

TEST_CASE("with its room it is gone") {
    busy_room of("gone");
    of.commit({of.join_of(11), chat::conversation_ended{{1}}});
    while (*of.now.writer->tidy()) {}
    CHECK(of.page().empty());
}
