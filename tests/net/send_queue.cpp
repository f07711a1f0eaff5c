// SPDX-License-Identifier: Apache-2.0
#include "net/send_queue.hpp"

#include "net/fake_stream.hpp"
#include "net/toy_protocol.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;
using namespace std::chrono_literals;
using net::send_queue;
using transport::outcome;

namespace {

static_assert(sizeof(send_queue) <= 48);

constexpr base::steady_time start{1'000ms};

struct desk {
    net::wire over;
    net::fake_stream stream{over};
    session::run_ledger ledger;
    base::steady_time now = start;
    send_queue queue;

    void own(std::string text) { queue.push(std::move(text), now); }
    session::run_ref run(std::string_view text) {
        session::run_ref made(new session::run(ledger));
        made->append(text);
        return made;
    }
    void shared(std::string_view text) {
        queue.push(session::slice{run(text), 0, static_cast<std::uint32_t>(text.size())}, now);
    }
    void list(int lines) { queue.push(std::make_unique<net::counting>(lines), now); }
    transport::transfer write() { return queue.write(stream, now); }
    void drain() {
        for (int i = 0; i < 10'000 && !queue.empty(); ++i) {
            static_cast<void>(write());
        }
    }
};

std::string numbers(int up_to) {
    std::string all;
    for (int i = 0; i < up_to; ++i) {
        all += std::to_string(i) + "\n";
    }
    return all;
}

} // namespace

TEST_CASE("what is queued leaves in one write, in order") {
    desk of;
    of.own("one ");
    of.shared("two ");
    of.own("three ");
    of.list(2);
    of.own("four");
    CHECK(of.queue.behind() == 18);
    of.drain();
    CHECK(of.over.outgoing == "one two three 0\n1\nfour");
    CHECK(of.over.writes == 1);
    CHECK(of.queue.empty());
    CHECK(of.queue.behind() == 0);
    CHECK(of.ledger.pinned == 0);
}

TEST_CASE("a write that stops anywhere goes on there") {
    for (std::size_t stop = 1; stop < 22; ++stop) {
        CAPTURE(stop);
        desk of;
        of.own("one ");
        of.shared("two ");
        of.list(3);
        of.shared("three ");
        of.own("four");
        of.over.room = stop;
        while (of.write().what == outcome::moved) {}
        CHECK(of.over.outgoing.size() == stop);
        of.over.room = std::string::npos;
        of.drain();
        CHECK(of.over.outgoing == "one two 0\n1\n2\nthree four");
        CHECK(of.queue.behind() == 0);
        CHECK(of.ledger.pinned == 0);
    }
}

TEST_CASE("byte by byte, the bytes behind are counted exactly") {
    desk of;
    of.own("12345");
    of.shared("678");
    of.own("9");
    of.over.room_per_write = 1;
    for (std::size_t left = 9; left > 0; --left) {
        CHECK(of.queue.behind() == left);
        CHECK(of.write().size == 1);
    }
    CHECK(of.queue.empty());
    CHECK(of.over.outgoing == "123456789");
}

TEST_CASE("a write that would block or fails changes nothing") {
    for (const outcome stopped : {outcome::wait_write, outcome::failed}) {
        desk of;
        of.own("text");
        of.over.room = 0;
        of.over.when_full = stopped;
        CHECK(of.write().what == stopped);
        CHECK(of.queue.behind() == 4);
        CHECK_FALSE(of.queue.empty());
    }
}

TEST_CASE("a long listing is rendered only as its reader takes it, and holds back what follows") {
    desk of;
    of.list(100'000);
    of.own("after");
    of.over.room = 10'000;
    while (of.write().what == outcome::moved) {}
    CHECK(of.queue.behind() < 32'768);
    CHECK((of.over.outgoing == numbers(100'000).substr(0, 10'000)));
    of.over.room = std::string::npos;
    of.drain();
    CHECK((of.over.outgoing == numbers(100'000) + "after"));
}

TEST_CASE("a listing that has nothing to say is passed over") {
    desk of;
    of.list(0);
    of.own("after");
    of.drain();
    CHECK(of.over.outgoing == "after");
}

TEST_CASE("a listing that looks long for its next line keeps its turn short") {
    struct searching final : session::listing {
        bool next(std::string& out) override {
            out += ++steps == 1'000 ? "found" : "";
            return steps < 1'000;
        }
        int steps = 0;
    };
    desk of;
    of.queue.push(std::make_unique<searching>(), of.now);
    const auto first = of.write();
    CHECK(first.what == outcome::moved);
    CHECK(first.size == 0);
    CHECK(of.over.writes == 0);
    of.drain();
    CHECK(of.over.outgoing == "found");
}

TEST_CASE("the first unsent byte's age counts") {
    desk of;
    of.own("1234");
    of.now += 5s;
    of.own("5678");
    CHECK(of.queue.waits_since() == start);
    of.over.room = 3;
    static_cast<void>(of.write());
    CHECK(of.queue.waits_since() == start);
    of.over.room = 2;
    static_cast<void>(of.write());
    CHECK(of.queue.waits_since() == start + 5s);
}

TEST_CASE("what stood behind a listing waits since its end") {
    desk of;
    of.list(3);
    of.own("after");
    of.now += 1h;
    of.over.room = 6;
    static_cast<void>(of.write());
    CHECK(of.queue.behind() == 5);
    CHECK(of.queue.waits_since() == start + 1h);
}

TEST_CASE("neighbouring slices of a run are one, and a run is let go of when its last has left") {
    desk of;
    const auto run = of.run("abcdef");
    of.queue.push(session::slice{run, 0, 2}, of.now);
    of.queue.push(session::slice{run, 2, 4}, of.now);
    of.queue.push(session::slice{run, 5, 6}, of.now);
    CHECK(of.queue.behind() == 5);
    CHECK(run.local_use_count() == 3);
    of.drain();
    CHECK(of.over.outgoing == "abcdf");
    CHECK(run.local_use_count() == 1);
}

TEST_CASE("ten thousand small pieces arrive whole through a narrow stream") {
    desk of;
    std::string all;
    for (int i = 0; i < 10'000; ++i) {
        const std::string text = std::to_string(i);
        i % 2 == 0 ? of.own(text) : of.shared(text);
        all += text;
    }
    CHECK(of.queue.behind() == all.size());
    of.over.room_per_write = 777;
    of.drain();
    CHECK((of.over.outgoing == all));
}

TEST_CASE("a cleared queue holds nothing") {
    desk of;
    of.shared("text");
    of.list(5);
    of.queue.clear();
    CHECK(of.queue.empty());
    CHECK(of.queue.behind() == 0);
    CHECK(of.ledger.pinned == 0);
}
