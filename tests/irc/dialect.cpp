// SPDX-License-Identifier: Apache-2.0
// The pure half: what no conversation of two or three brings about by itself.
#include "irc/dialect.hpp"

#include "irc/capabilities.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace tertulia;

namespace {

const auto sala =
    std::make_shared<const chat::room_card>(chat::room_card{{5}, {"#sala", "#sala", 0, true}});

chat::event heard(chat::event_body what) {
    return {{{1, 0, 1}, 1}, {}, chat::to_room{sala->id}, std::move(what)};
}

chat::card_ref person(std::string nickname) {
    chat::card one;
    one.nickname.display = std::move(nickname);
    one.user = "~u";
    one.host = "h";
    return std::make_shared<const chat::card>(std::move(one));
}

chat::card_ref operator_ana() {
    chat::card one = *person("ana");
    one.registered = one.is_operator = true;
    return std::make_shared<const chat::card>(std::move(one));
}

struct speaker {
    irc::dialect dialect{std::make_shared<const irc::settings>(), "0123456789abcdef"};

    std::string says(const chat::event& of, session::features as = 0) const {
        std::string out;
        dialect.render(of, as, out);
        return out;
    }
};

} // namespace

TEST_CASE("what the server itself changes has the server as its source") {
    const chat::room_modes_changed change{
        nullptr, sala, {chat::flag_change{chat::room_flag::secret, true}}, {9}};
    CHECK(speaker{}.says(heard(change)) == ":tertulia.local MODE #sala +s\r\n");
}

TEST_CASE("a mode change too long for a line takes several") {
    chat::room_modes_changed change{person("ana"), sala, {}, {9}};
    for (int mask = 0; mask < 4; ++mask) {
        change.changes.emplace_back(
            chat::mask_change{chat::room_list::ban, true, {std::string(200, 'x'), "", "", {}}});
    }
    const std::string line =
        ":ana!~u@h MODE #sala +bb " + std::string(200, 'x') + " " + std::string(200, 'x') + "\r\n";
    CHECK(speaker{}.says(heard(change)) == line + line);
}

TEST_CASE("one's own modes are changed with one's own name") {
    const chat::person_modes_changed change{person("ana"), {{chat::person_flag::invisible, true}}};
    CHECK(speaker{}.says(heard(change)) == ":ana!~u@h MODE ana +i\r\n");
}

TEST_CASE("the longest names still give lines of at most 512 bytes") {
    std::string long_name;
    for (int character = 0; character < 32; ++character) {
        long_name += "𝒜";
    }
    const chat::kicked kick{
        person(long_name), person(long_name), sala, {}, std::string(307, 'x'), {9}};
    CHECK(speaker{}.says(heard(kick)).size() == 512);
}

TEST_CASE("what only the store hears is no line") {
    CHECK(speaker{}.says(heard(chat::done{})).empty());
    CHECK(speaker{}.says(heard(chat::conversation_ended{{5}}), ~0U).empty());
}

TEST_CASE("a rendering depends on nothing but what is declared relevant") {
    const speaker one;
    chat::joined joins;
    joins.who = person("ana");
    joins.room = sala;
    joins.away = true;
    const std::vector<chat::event> events = {
        heard(joins),
        heard(chat::parted{person("ana"), sala, {}, "adios", {9}}),
        heard(chat::renamed{person("ana"), person("eva"), {9}, {}}),
        heard(chat::away_changed{person("ana"), "fuera", {9}}),
        heard(chat::real_name_changed{person("ana"), person("ana"), {9}}),
        heard(
            chat::invited{person("ana"), person("eva"), sala, chat::invited_as::onlooker, {}, {9}}),
        heard(chat::spoke{person("ana"),
                          sala->id,
                          sala,
                          nullptr,
                          chat::message_kind::tags,
                          "",
                          "+a",
                          chat::role::member,
                          {},
                          false,
                          {9}}),
        heard(chat::signalled{person("ana"), sala, nullptr, "+typing=active"})};
    for (const chat::event& of : events) {
        for (session::features as = 0; as < 1U << 20U; as += 1013) {
            CHECK(one.says(of, as) == one.says(of, as & one.dialect.relevant(of)));
        }
    }
}

TEST_CASE("no event has more than sixteen variants, and an operator's not more than twice that") {
    chat::joined joins;
    joins.away = true;
    CHECK(std::popcount(speaker{}.dialect.relevant(heard(joins))) == 4);
    joins.who = operator_ana();
    CHECK(std::popcount(speaker{}.dialect.relevant(heard(joins))) == 5);
}

TEST_CASE("what an operator does is marked with her account, for those who asked for it") {
    const speaker one;
    const auto asked = static_cast<session::features>(irc::capability::oper_tag);
    const chat::event parts = heard(chat::parted{operator_ana(), sala, {}, "adios", {9}});
    CHECK(one.says(parts, asked) == "@draft/oper=ana :ana!~u@h PART #sala :adios\r\n");
    CHECK(one.says(parts) == ":ana!~u@h PART #sala :adios\r\n");
    chat::joined joins;
    joins.who = operator_ana();
    joins.room = sala;
    CHECK(one.says(heard(joins), asked) == "@draft/oper=ana :ana!~u@h JOIN #sala\r\n");
    CHECK(one.says(heard(chat::parted{person("eva"), sala, {}, "adios", {9}}), asked) ==
          ":eva!~u@h PART #sala :adios\r\n");
}
