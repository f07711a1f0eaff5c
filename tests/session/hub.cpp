// SPDX-License-Identifier: Apache-2.0
#include "session/hub.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace tertulia;

namespace {

constexpr session::features loud = 1; // hears texts in capital brackets
constexpr session::features deaf_to_away = 2;

// Messages as "<text>", away changes as "(away)", joins as "+name", goings as "(gone)".
class toy_dialect final : public session::dialect {
public:
    void render(const chat::event& of, session::features as, std::string& out) const override {
        ++rendered;
        if (const auto* const said = std::get_if<chat::spoke>(&of.what)) {
            out += ((as & loud) != 0 ? "<<" : "<") + said->text + ((as & loud) != 0 ? ">>" : ">");
        } else if (std::holds_alternative<chat::away_changed>(of.what)) {
            out += (as & deaf_to_away) != 0 ? "" : "(away)";
        } else if (const auto* const joins = std::get_if<chat::joined>(&of.what)) {
            out += "+" + joins->who->nickname.display;
        } else if (const auto* const parts = std::get_if<chat::parted>(&of.what)) {
            out += "-" + parts->who->nickname.display;
        } else if (std::holds_alternative<chat::person_left>(of.what)) {
            out += "(gone)";
        }
    }
    [[nodiscard]] session::features relevant(const chat::event& of) const override {
        return std::holds_alternative<chat::spoke>(of.what) ? loud : deaf_to_away;
    }
    [[nodiscard]] bool tells_each(const chat::event& of, session::features as) const override {
        return tells && std::holds_alternative<chat::spoke>(of.what) && (as & loud) == 0;
    }
    void witness(const chat::event& /*of*/, chat::conversation_id in) const override {
        witnessed = in;
    }
    bool tells = false;
    mutable int rendered = 0;
    mutable chat::conversation_id witnessed;
};

class toy final : public session::protocol, public session::outlet {
public:
    explicit toy(const toy_dialect& speaks) : speaks_(speaks) {}

    void begin(base::moment /*now*/, session::output& /*out*/) override {}
    std::size_t receive(std::string_view bytes, base::moment /*now*/,
                        session::output& /*out*/) override {
        return bytes.size();
    }
    void deliver(const chat::event& of, base::moment /*now*/, session::output& out) override {
        if (!std::holds_alternative<chat::done>(of.what)) {
            out.text() += "own:";
            speaks_.render(of, as, out.text());
        }
    }
    void deliver_read(const session::read_answer& /*page*/, base::moment /*now*/,
                      session::output& /*out*/) override {}
    void tick(base::moment /*now*/, session::output& /*out*/) override {}
    [[nodiscard]] base::steady_time wakes_at() const override { return {}; }
    void farewell(std::string_view /*reason*/, session::output& /*out*/) override {}
    [[nodiscard]] const session::dialect& speaks() const override { return speaks_; }
    [[nodiscard]] session::features wants() const override { return as; }
    [[nodiscard]] session::own_event hears_own(const chat::event& /*of*/) const override {
        return own;
    }

    void take(const session::slice& shared) override {
        heard += shared.bytes();
        ++pieces;
        held = shared;
    }
    void take(session::output& of) override {
        heard += of.text();
        ++pieces;
    }

    session::features as = 0;
    session::own_event own = session::own_event::apart;
    std::string heard;
    int pieces = 0;
    session::slice held;

private:
    const toy_dialect& speaks_;
};

struct house {
    toy_dialect dialect;
    session::hub hub;
    std::map<std::string, std::unique_ptr<toy>> people;
    std::vector<chat::event> said;

    static chat::session_id id(const std::string& name) {
        return {0, 1, static_cast<std::uint32_t>(name[0])};
    }
    static chat::card_ref card(const std::string& name) {
        chat::card made;
        made.nickname.display = name;
        return std::make_shared<const chat::card>(made);
    }
    static chat::room_ref room(std::uint64_t number) {
        return std::make_shared<const chat::room_card>(chat::room_card{{number}, {}});
    }

    toy& enters(const std::string& name, session::features as = 0) {
        auto& made = people[name] = std::make_unique<toy>(dialect);
        made->as = as;
        hub.enter(id(name), *made, *made);
        return *made;
    }
    void happens(const std::string& author, chat::audience to, chat::event_body what) {
        said.push_back({{id(author), 1}, {}, std::move(to), std::move(what)});
    }
    void joins(const std::string& name, std::uint64_t where) {
        chat::joined what;
        what.who = card(name);
        what.room = room(where);
        what.sessions = {id(name)};
        happens(name, chat::to_room{{where}}, what);
    }
    void parts(const std::string& name, std::uint64_t where) {
        chat::parted what;
        what.who = card(name);
        what.room = room(where);
        what.sessions = {id(name)};
        happens(name, chat::to_room{{where}}, what);
    }
    void says(const std::string& name, std::uint64_t where, const std::string& text) {
        chat::spoke what;
        what.text = text;
        happens(name, chat::to_room{{where}}, what);
    }
    void goes_away(const std::string& name, std::vector<chat::conversation_id> rooms) {
        happens(name, chat::to_rooms{std::move(rooms), {id(name)}}, chat::away_changed{});
    }
    void turn() {
        hub.route(said, {});
        hub.end_turn();
        said.clear();
    }
    // Joins that the test is not about.
    void together(std::initializer_list<std::string> names, std::uint64_t where) {
        for (const std::string& name : names) {
            joins(name, where);
        }
        turn();
        for (const auto& [name, one] : people) {
            one->heard.clear();
            one->pieces = 0;
        }
        dialect.rendered = 0;
    }
};

} // namespace

TEST_CASE("everyone in the room hears a message, and the author hears it apart") {
    house at;
    toy& ana = at.enters("ana");
    toy& berta = at.enters("berta");
    at.together({"ana", "berta"}, 1);
    at.says("ana", 1, "hola");
    at.turn();
    CHECK(ana.heard == "own:<hola>");
    CHECK(berta.heard == "<hola>");
}

TEST_CASE("a session that stays when its guest goes does not hear her go; others do") {
    house at;
    toy& ana = at.enters("ana");
    toy& berta = at.enters("berta");
    at.together({"ana", "berta"}, 1);
    at.happens("ana", chat::to_rooms{{{1}}, {house::id("ana")}},
               chat::person_left{house::card("ana"), {}, "", {}, {}});
    at.turn();
    CHECK(ana.heard.empty());
    CHECK(berta.heard == "(gone)");
    at.says("berta", 1, "hola");
    at.turn();
    CHECK(ana.heard == "<hola>");
}

TEST_CASE("what a room says in one turn reaches a hearer as one slice") {
    house at;
    at.enters("ana");
    toy& berta = at.enters("berta");
    at.together({"ana", "berta"}, 1);
    for (int i = 0; i < 40; ++i) {
        at.says("ana", 1, "x");
    }
    at.turn();
    CHECK(berta.pieces == 1);
    CHECK(berta.heard.size() == 40 * 3);
}

TEST_CASE("an event is rendered once for all who hear it the same way") {
    house at;
    at.enters("ana").own = session::own_event::shared;
    at.enters("berta");
    at.enters("carla");
    at.enters("dora", loud);
    at.enters("eva", loud | deaf_to_away); // differs only in what a message does not depend on
    at.together({"ana", "berta", "carla", "dora", "eva"}, 1);
    at.says("ana", 1, "hola");
    at.turn();
    CHECK(at.dialect.rendered == 2);
    CHECK(at.people["eva"]->heard == "<<hola>>");
}

TEST_CASE("an author who hears her own words as the others do shares their run") {
    house at;
    toy& ana = at.enters("ana");
    ana.own = session::own_event::shared;
    at.enters("berta");
    at.together({"ana", "berta"}, 1);
    at.says("ana", 1, "uno");
    at.says("ana", 1, "dos");
    at.turn();
    CHECK(ana.heard == "<uno><dos>");
    CHECK(ana.pieces == 1);
}

TEST_CASE("an author outside the room hears the echo of her words") {
    house at;
    toy& ana = at.enters("ana");
    ana.own = session::own_event::shared;
    toy& berta = at.enters("berta");
    at.together({"berta"}, 1);
    at.says("ana", 1, "hola");
    at.turn();
    CHECK(ana.heard == "own:<hola>");
    CHECK(berta.heard == "<hola>");
}

TEST_CASE("her own words stay in order between those of others") {
    house at;
    toy& ana = at.enters("ana");
    at.enters("berta");
    at.together({"ana", "berta"}, 1);
    at.says("berta", 1, "1");
    at.says("ana", 1, "2");
    at.says("berta", 1, "3");
    at.turn();
    CHECK(ana.heard == "<1>own:<2><3>");
}

TEST_CASE("a newcomer hears nothing of before and everything after") {
    house at;
    at.enters("ana");
    toy& berta = at.enters("berta");
    at.together({"ana"}, 1);
    at.says("ana", 1, "before");
    at.joins("berta", 1);
    at.says("ana", 1, "after");
    at.turn();
    CHECK(berta.heard == "own:+berta<after>");
}

TEST_CASE("who left hears her leave and nothing after") {
    house at;
    toy& ana = at.enters("ana");
    toy& berta = at.enters("berta");
    at.together({"ana", "berta"}, 1);
    at.says("ana", 1, "before");
    at.parts("berta", 1);
    at.says("ana", 1, "after");
    at.turn();
    CHECK(berta.heard == "<before>own:-berta");
    CHECK(ana.heard == "own:<before>-bertaown:<after>");
}

TEST_CASE("an event outside one room is heard once and in order by those who share several") {
    house at;
    at.enters("ana");
    toy& berta = at.enters("berta");
    at.together({"ana", "berta"}, 1);
    at.together({"ana", "berta"}, 2);
    at.says("ana", 1, "1");
    at.goes_away("ana", {{1}, {2}});
    at.says("ana", 2, "2");
    at.turn();
    CHECK(berta.heard == "<1>(away)<2>");
}

TEST_CASE("an event that a hearer did not ask for is not written and cuts nothing") {
    house at;
    at.enters("ana");
    toy& berta = at.enters("berta", deaf_to_away);
    at.together({"ana", "berta"}, 1);
    at.says("ana", 1, "1");
    at.goes_away("ana", {{1}});
    at.says("ana", 1, "2");
    at.turn();
    CHECK(berta.heard == "<1><2>");
    CHECK(berta.pieces == 1);
}

TEST_CASE("settling hands out what was said so far, once") {
    house at;
    at.enters("ana");
    toy& berta = at.enters("berta");
    at.together({"ana", "berta"}, 1);
    at.says("ana", 1, "1");
    at.hub.route(at.said, {});
    at.hub.settle(house::id("berta"));
    CHECK(berta.heard == "<1>");
    at.hub.end_turn();
    CHECK(berta.heard == "<1>");
}

TEST_CASE("changed features hold from the next event on") {
    house at;
    at.enters("ana");
    toy& berta = at.enters("berta");
    at.together({"ana", "berta"}, 1);
    at.says("ana", 1, "1");
    at.hub.route(at.said, {});
    at.said.clear();
    berta.as = loud;
    at.hub.features_changed(house::id("berta"));
    at.says("ana", 1, "2");
    at.turn();
    CHECK(berta.heard == "<1><<2>>");
}

TEST_CASE("one who leaves the hub is handed what she was to hear, and the others go on") {
    house at;
    at.enters("ana");
    toy& berta = at.enters("berta");
    toy& carla = at.enters("carla");
    at.together({"ana", "berta", "carla"}, 1);
    at.says("ana", 1, "1");
    at.hub.route(at.said, {});
    at.said.clear();
    at.hub.leave(house::id("berta"));
    at.says("ana", 1, "2");
    at.turn();
    CHECK(berta.heard == "<1>");
    CHECK(carla.heard == "<1><2>");
}

TEST_CASE("a run is freed when its last hearer lets go of it") {
    house at;
    at.enters("ana");
    toy& berta = at.enters("berta");
    at.together({"ana", "berta"}, 1);
    for (const auto& [name, one] : at.people) {
        one->held = {};
    }
    CHECK(at.hub.pinned() == 0);
    at.says("ana", 1, "hola");
    at.turn();
    CHECK(at.hub.pinned() == 6);
    berta.held = {};
    CHECK(at.hub.pinned() == 0);
}

TEST_CASE("a dialect that tells each session is asked for no bytes by those whom it tells") {
    house of;
    toy& ana = of.enters("ana");
    toy& ben = of.enters("ben");
    of.dialect.tells = true;
    of.together({"ana", "ben"}, 1);
    of.says("ben", 1, "hola");
    of.turn();
    CHECK(ana.heard == "own:<hola>");
    CHECK(ben.heard == "own:<hola>");
}

TEST_CASE("a dialect witnesses what its sessions may not hear") {
    house of;
    of.enters("ana", deaf_to_away);
    of.together({"ana"}, 7);
    of.goes_away("eva", {{7}});
    of.turn();
    CHECK(of.dialect.witnessed.value == 7);
}
