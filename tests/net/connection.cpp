// SPDX-License-Identifier: Apache-2.0
#include "net/connection.hpp"

#include "base/net_limits.hpp"
#include "net/fake_stream.hpp"
#include "net/toy_protocol.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace tertulia;
using namespace std::chrono_literals;
using transport::outcome;

namespace {

constexpr chat::session_id me{0, 1, 7};
constexpr chat::conversation_id lobby{1};

// One connection and its turns, without a loop.
struct line {
    net::surroundings around{.now = {{}, base::steady_time{1'000s}},
                             .bounds = {.send_queue_max = 1'000,
                                        .send_stall_max = 60s,
                                        .unregistered_per_address_max = 1,
                                        .connections_per_second_max = 1}};
    net::wire over;
    net::toy_protocol* protocol = nullptr;
    std::unique_ptr<net::connection> talk;

    line() {
        auto made = std::make_unique<net::toy_protocol>();
        protocol = made.get();
        talk = std::make_unique<net::connection>(
            around, me, std::make_unique<net::fake_stream>(over), std::move(made));
        talk->begin();
        turn();
    }
    void turn() {
        for (std::size_t i = 0; i < around.touched.size(); ++i) {
            if (around.touched[i]->offers()) {
                around.touched[i]->offer();
            }
            around.touched[i]->settle();
        }
        around.hub.end_turn();
        for (net::connection* const each : std::exchange(around.touched, {})) {
            each->flush();
        }
    }
    void receives(const std::string& text) {
        over.incoming += text;
        talk->take_input();
        turn();
    }
    void happens(chat::audience to, chat::event_body what) {
        const chat::event one{{}, {}, std::move(to), std::move(what)};
        around.hub.route({&one, 1}, around.now);
        turn();
    }
    void is_seated() {
        chat::joined what;
        what.room = std::make_shared<const chat::room_card>(chat::room_card{lobby, {}});
        what.sessions = {me};
        happens(chat::to_room{lobby}, what);
    }
    void room_says(const std::string& text) {
        chat::spoke what;
        what.text = text;
        happens(chat::to_room{lobby}, what);
    }
    void pass(std::chrono::milliseconds time) {
        around.now.steady += time;
        for (transport::timer_wheel* const wheel : {&around.wheel, &around.quick_wheel}) {
            wheel->expire(around.now.steady, [](transport::timer& due) {
                static_cast<net::connection&>(due).expire();
            });
        }
        turn();
    }
    [[nodiscard]] std::vector<std::string> leaves() const {
        std::vector<std::string> reasons;
        for (const chat::submission& each : around.requests) {
            const auto& command = std::get<chat::command>(each.what);
            if (const auto* const gone = std::get_if<chat::disconnect>(&command)) {
                reasons.push_back(gone->reason);
            }
        }
        return reasons;
    }
};

using reasons = std::vector<std::string>;

} // namespace

TEST_CASE("what the protocol answers is written in the same turn") {
    line of;
    of.receives("echo a\necho b\n");
    CHECK(of.over.outgoing == "a\nb\n");
    CHECK(of.over.writes == 1);
}

TEST_CASE("who shows a secret that nobody guesses does not stand in line with passwords") {
    line of;
    of.receives("password x\n");
    of.receives("cookie x\n");
    CHECK(of.around.checks.size() == 1);
    REQUIRE(of.around.proofs.size() == 1);
    const auto& asked = std::get<session::credential_query>(of.around.proofs.front().what);
    CHECK(std::holds_alternative<session::login_check>(asked.what));
}

TEST_CASE("an unfinished line is kept until its end comes") {
    line of;
    of.receives("echo hel");
    of.receives("lo\necho x");
    CHECK(of.over.outgoing == "hello\n");
    of.receives("\n");
    CHECK(of.over.outgoing == "hello\nx\n");
}

TEST_CASE("input that the protocol does not take is offered again after each kind of news") {
    const auto told = [](line& of, const std::string& how) {
        if (how == "event") {
            of.happens(chat::to_session{me}, chat::done{});
        } else if (how == "answer") {
            of.talk->hear(session::read_answer(session::history_page{}));
            of.turn();
        } else {
            of.pass(200ms);
        }
    };
    for (const std::string how : {"event", "answer", "tick"}) {
        CAPTURE(how);
        line of;
        of.protocol->wakes = of.around.now.steady + 100ms;
        of.receives("wait\necho later\n");
        CHECK(of.over.outgoing.empty());
        told(of, how);
        CHECK(of.over.outgoing.ends_with("later\n"));
    }
}

TEST_CASE("a session that takes nothing is not read beyond the limit, and goes on afterwards") {
    line of;
    of.receives("wait\n");
    of.over.incoming = std::string(100'000, '\n');
    for (int i = 0; i < 10 && of.talk->wants_input(); ++i) {
        of.talk->take_input();
        of.turn();
    }
    CHECK_FALSE(of.talk->wants_input());
    CHECK(of.over.incoming.size() == 100'000 - base::limits::unread_size_max);
    of.happens(chat::to_session{me}, chat::done{});
    CHECK(of.talk->has_input());
}

TEST_CASE("what a room said before a reply leaves before it") {
    line of;
    of.is_seated();
    chat::spoke what;
    what.text = "first";
    const chat::event one{{}, {}, chat::to_room{lobby}, what};
    of.around.hub.route({&one, 1}, of.around.now);
    of.receives("echo second\n");
    CHECK(of.over.outgoing == "first\nsecond\n");
}

TEST_CASE("a protocol that closes is written out, and leaves with its reason behind its requests") {
    line of;
    of.over.room = 0;
    of.receives("hello\nsay adios\nquit so long\necho more\n");
    CHECK(of.leaves() == reasons{"so long"});
    CHECK(of.around.requests.size() == 3);
    CHECK_FALSE(of.over.finished);
    of.over.room = std::string::npos;
    of.talk->writable();
    of.turn();
    CHECK(of.over.outgoing == "bye\n");
    CHECK(of.over.finished);
    CHECK_FALSE(of.talk->over());
    of.over.when_nothing_comes = outcome::end;
    of.talk->take_input();
    CHECK(of.talk->over());
    CHECK_FALSE(of.talk->abandoned());
}

TEST_CASE("whoever never spoke to the core does not leave it") {
    line of;
    of.receives("quit\n");
    CHECK(of.around.requests.empty());
}

TEST_CASE("a session that ended hears nothing more") {
    line of;
    of.is_seated();
    of.receives("quit\n");
    of.room_says("too late");
    CHECK(of.over.outgoing == "bye\n");
}

TEST_CASE("last words that nobody takes are given up in time") {
    line of;
    of.over.room = 0;
    of.receives("quit\n");
    of.pass(4'900ms);
    CHECK_FALSE(of.talk->over());
    of.pass(200ms);
    CHECK(of.talk->over());
}

TEST_CASE("whoever does not close after the end is closed") {
    line of;
    of.receives("quit\n");
    REQUIRE(of.over.finished);
    of.over.incoming = "still talking";
    of.pass(900ms);
    CHECK_FALSE(of.talk->over());
    of.pass(200ms);
    CHECK(of.talk->over());
    CHECK_FALSE(of.talk->abandoned());
}

TEST_CASE("whoever still sends when all is said is listened to for a while, and no longer") {
    line of;
    of.receives("quit\n");
    REQUIRE(of.over.finished);
    for (std::chrono::milliseconds passed{0}; passed + 900ms < base::limits::drained_for_max;
         passed += 900ms) {
        of.receives("more of what nobody wants");
        of.pass(900ms);
        REQUIRE_FALSE(of.talk->over());
    }
    of.receives("more");
    of.pass(1s);
    CHECK(of.talk->over());
}

TEST_CASE("whoever sends too much of what nobody wants is not listened to") {
    line of;
    of.receives("quit\n");
    const std::string much(16U << 10U, 'x');
    for (std::size_t sent = 0; sent <= base::limits::drained_size_max; sent += much.size()) {
        REQUIRE_FALSE(of.talk->over());
        of.receives(much);
    }
    CHECK(of.talk->over());
}

TEST_CASE("a server that stops listens to nobody who was answered") {
    line of;
    of.receives("quit\n");
    of.around.stopping = true;
    of.pass(900ms);
    of.receives("more");
    of.pass(200ms);
    CHECK(of.talk->over());
}

TEST_CASE("the other side's end ends the session after the answers to what it said") {
    line of;
    of.over.when_nothing_comes = outcome::end;
    of.receives("hello\necho last\n");
    of.talk->take_input();
    of.turn();
    CHECK(of.over.outgoing == "last\n");
    CHECK(of.talk->over());
    CHECK(of.leaves() == reasons{"Connection closed"});
}

TEST_CASE("a broken connection is over at once") {
    line of;
    of.receives("hello\n");
    of.over.when_nothing_comes = outcome::failed;
    of.talk->take_input();
    CHECK(of.talk->over());
    CHECK(of.leaves() == reasons{"Connection lost"});
    line writing;
    writing.receives("hello\n");
    writing.over.room = 0;
    writing.over.when_full = outcome::failed;
    writing.receives("echo x\n");
    CHECK(writing.talk->over());
}

TEST_CASE("a reader too many bytes behind is dropped without another write") {
    line of;
    of.receives("hello\n");
    of.is_seated();
    of.over.room = 10;
    of.room_says(std::string(500, 'x'));
    CHECK_FALSE(of.talk->over());
    const int writes = of.over.writes;
    of.room_says(std::string(600, 'x'));
    CHECK(of.talk->over());
    CHECK(of.talk->abandoned());
    CHECK(of.over.writes == writes);
    CHECK(of.around.hub.pinned() == 0);
    CHECK(of.leaves() == reasons{"Send queue exceeded"});
}

TEST_CASE("a reader who takes what comes may be sent more than the limit in one turn") {
    line of;
    of.is_seated();
    of.room_says(std::string(5'000, 'x'));
    CHECK(of.over.outgoing.size() == 5'001);
    CHECK_FALSE(of.talk->over());
}

TEST_CASE("a reader too many seconds behind is dropped") {
    line of;
    of.receives("hello\n");
    of.over.room = 0;
    of.receives("echo x\n");
    of.pass(59s);
    CHECK_FALSE(of.talk->over());
    of.pass(1'100ms);
    CHECK(of.talk->over());
    CHECK(of.leaves() == reasons{"Write timeout"});
}

TEST_CASE("a handshake that does not end is given up") {
    line of;
    of.over.established = false;
    of.receives("");
    of.pass(9'900ms);
    CHECK_FALSE(of.talk->over());
    of.pass(200ms);
    CHECK(of.talk->over());
}

TEST_CASE("what is said before the handshake is written once it is done, without spinning") {
    line of;
    of.over.established = false;
    of.receives("echo early\n");
    CHECK_FALSE(of.talk->has_output());
    CHECK_FALSE(of.talk->wants_output());
    of.over.established = true;
    of.receives("");
    CHECK(of.over.outgoing == "early\n");
}

TEST_CASE("a farewell is said, and the session leaves") {
    line of;
    of.receives("hello\n");
    of.talk->farewell("closing time");
    of.turn();
    CHECK(of.over.outgoing == "farewell: closing time\n");
    CHECK(of.leaves() == reasons{"closing time"});
    CHECK(of.over.finished);
}

TEST_CASE("the protocol's clock strikes when it asked, once, and nothing is scheduled after") {
    line of;
    of.protocol->wakes = of.around.now.steady + 3s;
    of.receives("\n");
    of.pass(2'900ms);
    CHECK(of.over.outgoing.empty());
    of.pass(100ms);
    CHECK(of.over.outgoing == "tick 1003000\n");
    CHECK_FALSE(of.around.wheel.next_wake().has_value());
}

TEST_CASE("a listing larger than the limit reaches a reader in spite of it") {
    line of;
    of.receives("list 5000\n");
    for (int i = 0; i < 100 && of.talk->has_output(); ++i) {
        of.turn();
    }
    CHECK(of.over.outgoing.ends_with("\n4999\n"));
    CHECK_FALSE(of.talk->over());
}
