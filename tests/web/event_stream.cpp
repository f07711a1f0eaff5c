// SPDX-License-Identifier: Apache-2.0
#include "web/event_stream.hpp"

#include "base/web_limits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace tertulia;
using web::event_stream;

namespace {

constexpr chat::conversation_id sala{3};

// Ana's reader of #a, without a connection: what it says, asks and reads.
struct reader {
    explicit reader(std::optional<chat::message_number> after = std::nullopt) {
        desk.tokens.emplace_back("0123456789abcdef");
        desk.arrival = [](const web::caller&, const session::proved& as) {
            chat::connect made;
            made.as = as.as;
            return made;
        };
        const session::proved who{{{7}, 3}, {"Ana", "ana", 0, true}, {}};
        stream = std::make_unique<event_stream>(
            desk, web::stream_wish{who,
                                   session::credential_query{1, session::token_check{"secret"}},
                                   sala,
                                   after,
                                   {}});
        does([this] { stream->begin(now, out); });
    }

    void does(const std::function<void()>& what) {
        out.clear();
        heard.clear();
        what();
        closed = closed || out.close.has_value();
        for (session::output::piece& each : out.pieces) {
            if (auto* const list = std::get_if<std::unique_ptr<session::listing>>(&each)) {
                for (bool more = true; more;) {
                    const std::size_t before = heard.size();
                    more = (*list)->next(heard);
                    largest_slice = std::max(largest_slice, heard.size() - before);
                }
            } else {
                heard += std::get<std::string>(each);
            }
        }
    }
    void hears(chat::event_body what) {
        does([&] {
            stream->deliver({{}, now.wall, chat::to_room{sala}, std::move(what)}, now, out);
        });
    }
    void comes_in(std::uint64_t number) {
        hears(chat::welcomed{ana, {}, {}, {}});
        chat::joined in;
        in.who = ana;
        in.room = room;
        in.number = {number};
        hears(in);
        hears(chat::done{});
    }
    void says(std::uint64_t number, chat::conversation_id where = sala,
              chat::role heard_from = chat::role::member) {
        chat::spoke said;
        said.by = ana;
        said.conversation = where;
        said.room = room;
        said.text = "text " + std::to_string(number);
        said.number = {number};
        said.heard_from = heard_from;
        hears(said);
    }
    void reads(std::uint64_t from, std::uint64_t to) {
        session::history_page page;
        for (std::uint64_t i = from; i <= to; ++i) {
            session::stored_message one;
            one.number = {i};
            one.text = "text " + std::to_string(i);
            page.messages.push_back(one);
        }
        does([&] { stream->deliver_read(page, now, out); });
    }
    void waits(std::chrono::milliseconds time) {
        now.steady += time;
        does([this] { stream->tick(now, out); });
    }
    [[nodiscard]] bool told(std::uint64_t number) const {
        return heard.contains("\"text\":\"text " + std::to_string(number) + "\"");
    }

    web::program_desk desk;
    std::unique_ptr<event_stream> stream;
    base::moment now{base::wall_time{std::chrono::milliseconds{784'111'777'000}},
                     base::steady_time{std::chrono::hours{1}}};
    chat::card_ref ana = std::make_shared<const chat::card>([] {
        chat::card made;
        made.person = {7};
        made.nickname = {"Ana", "ana", 0, true};
        return made;
    }());
    chat::room_ref room =
        std::make_shared<const chat::room_card>(chat::room_card{sala, {"#a", "#a", 0, true}});
    session::output out;
    std::string heard;
    std::size_t largest_slice = 0;
    bool closed = false;
};

} // namespace

TEST_CASE("a reader of events is one more session of her account, told once she is in the room") {
    reader of;
    REQUIRE(of.out.requests.size() == 1);
    CHECK(std::get<chat::connect>(std::get<chat::command>(of.out.requests[0].what)).as.has_value());
    CHECK(of.heard.empty());
    of.comes_in(10);
    CHECK(of.heard.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(of.heard.contains("\r\nContent-Type: text/event-stream; charset=utf-8\r\n"));
    CHECK_FALSE(of.out.read.has_value());
}

TEST_CASE("who is not in the room is told what who asks for none is") {
    reader of;
    of.hears(chat::welcomed{of.ana, {}, {}, {}});
    of.hears(chat::done{});
    CHECK(of.heard.starts_with("HTTP/1.1 404 "));
    CHECK(of.closed);
}

TEST_CASE("what is said is an event with the message's number as its own") {
    reader of;
    of.comes_in(10);
    of.says(11);
    CHECK(of.heard == "id: " + of.desk.msgid({}, {11}) + "\ndata: {\"msgid\":\"" +
                          of.desk.msgid({}, {11}) +
                          "\",\"time\":\"1994-11-06T08:49:37.000Z\",\"kind\":\"message\","
                          "\"from\":\"Ana\",\"text\":\"text 11\"}\n\n");
    chat::redacted gone;
    gone.by = of.ana;
    gone.conversation = sala;
    gone.message = {11};
    gone.number = {12};
    of.hears(gone);
    CHECK(of.heard.contains("\nevent: redaction\n"));
    CHECK(of.heard.contains("\"message\":\"" + of.desk.msgid({}, {11}) + "\""));
}

TEST_CASE("what is said elsewhere, or to some of the room alone, is no event of it") {
    reader of;
    of.comes_in(10);
    of.says(11, {4});
    CHECK(of.heard.empty());
    of.says(12, sala, chat::role::room_operator);
    CHECK(of.heard.empty());
}

TEST_CASE("who goes on from a message hears what she missed first, with no gap and nothing twice") {
    reader of(chat::message_number{5});
    of.comes_in(300);
    REQUIRE(of.out.read.has_value());
    const auto first = std::get<session::history_query>(*of.out.read);
    CHECK(first.up_to.value == 300);
    CHECK(std::get<chat::message_number>(std::get<session::read_after>(first.which).point).value ==
          5);
    of.says(301);
    CHECK(of.heard.empty());
    of.reads(6, 5 + base::limits::export_page_size);
    CHECK(of.told(6));
    of.waits(std::chrono::milliseconds{20});
    REQUIRE(of.out.read.has_value());
    of.reads(206, 301); // the page knows the new one already
    CHECK(of.told(301));
    CHECK(of.heard.find("text 301") == of.heard.rfind("text 301"));
    of.says(302);
    CHECK(of.told(302));
}

TEST_CASE("what she missed is handed out in slices, however large it becomes") {
    reader of(chat::message_number{5});
    of.comes_in(300);
    session::history_page page;
    for (std::uint64_t i = 0; i < base::limits::export_page_size; ++i) {
        session::stored_message one;
        one.number = {6 + i};
        one.text = std::string(4'095, '\x02');
        page.messages.push_back(one);
    }
    of.does([&] { of.stream->deliver_read(page, of.now, of.out); });
    CHECK(of.heard.size() > std::size_t{1} << 20U);
    CHECK(of.largest_slice <= base::limits::paced_slice_size);
    of.waits(std::chrono::milliseconds{20});
    CHECK(of.out.read.has_value());
}

TEST_CASE("who cannot keep up with the room while she catches up is let go") {
    reader of(chat::message_number{5});
    of.comes_in(10);
    for (std::uint64_t i = 0; i <= base::limits::stream_waiting_max; ++i) {
        of.says(11 + i);
    }
    CHECK(of.closed);
}

TEST_CASE("the stream ends with the right to read") {
    reader of;
    of.comes_in(10);
    SUBCASE("put out") {
        chat::kicked out;
        out.who = of.ana;
        out.room = of.room;
        of.hears(out);
    }
    SUBCASE("gone") {
        chat::parted left;
        left.who = of.ana;
        left.room = of.room;
        of.hears(left);
    }
    SUBCASE("suspended") { of.hears(chat::evicted{chat::eviction::account_suspended, {}, {}}); }
    SUBCASE("the token ended") {
        of.waits(base::limits::stream_beat);
        REQUIRE(of.out.check.has_value());
        of.does([&] { of.stream->deliver_check(session::not_proved{}, of.now, of.out); });
    }
    CHECK(of.closed);
    of.says(11);
    CHECK(of.heard.empty());
}

TEST_CASE("somebody else who goes changes nothing, nor does a check that could not be made") {
    reader of;
    of.comes_in(10);
    chat::kicked out;
    out.who = std::make_shared<const chat::card>();
    out.room = of.room;
    of.hears(out);
    of.does([&] {
        of.stream->deliver_check(session::not_proved{session::doubt::failed, {}, {}}, of.now,
                                 of.out);
    });
    CHECK_FALSE(of.closed);
}

TEST_CASE("a silent room is heard to be there") {
    reader of;
    of.comes_in(10);
    of.waits(base::limits::stream_beat);
    CHECK(of.heard == ":\n\n");
}
