// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "store/fixture.hpp"

#include <optional>
#include <tuple>

using namespace tertulia;
using namespace tertulia::store;

TEST_CASE("a room is found again as it was saved last") {
    disk_database of("room");
    chat::room_saved room = disk_database::room(3, "#redes");
    std::tie(room.topic, room.topic_by, room.topic_at) = std::tuple("tema", "ana", at(5));
    room.flags.set(1);
    room.password = "clave";
    room.capacity = 7;
    room.slow_s = 30;
    room.history_days = 0;
    room.lists[0].push_back({"a!*@*", "a!*@*", "ana", at(6)});
    room.lists[2].push_back({"b!*@*", "b!*@*", "ana", at(7), std::chrono::seconds{60}});
    room.empty_since = at(8);
    of.commit({disk_database::room(3, "#redes"), room});
    of.close();
    of.open();
    REQUIRE(of.now.heart.rooms.size() == 1);
    const chat::room_saved& found = of.now.heart.rooms.front();
    CHECK(found.topic == "tema");
    CHECK(found.flags == room.flags);
    CHECK(found.password == "clave");
    CHECK(found.capacity == 7);
    CHECK(found.slow_s == 30);
    CHECK(found.history_days == std::optional(0U));
    CHECK(found.lists == room.lists);
    CHECK(found.empty_since == std::optional(at(8)));
}

TEST_CASE("an ended room is gone, and tidying takes its messages piece by piece") {
    disk_database of("ended");
    of.commit({disk_database::room(1, "#redes")});
    for (std::uint64_t i = 1; i <= 1'200; ++i) {
        of.commit({disk_database::said(i)});
    }
    of.commit({chat::conversation_ended{{1}}});
    int pieces = 0;
    while (*of.now.writer->tidy()) {
        ++pieces;
    }
    CHECK(pieces == 3);
    CHECK(of.reads(session::read_latest{}).empty());
    of.close();
    of.open();
    CHECK(of.now.heart.rooms.empty());
}

TEST_CASE("history that a room does not want any more goes piece by piece, the rest stays") {
    disk_database of("limited");
    of.commit({disk_database::room(1, "#redes"), disk_database::room(2, "#otra")});
    for (std::uint64_t i = 1; i <= 1'200; ++i) {
        of.commit({disk_database::said(2 * i), disk_database::said(2 * i + 1, 2)},
                  at(static_cast<std::int64_t>(i)));
    }
    of.commit({chat::history_limited{{1}, at(1'101)}}, at(1'200));
    int pieces = 0;
    while (*of.now.writer->tidy()) {
        ++pieces;
    }
    CHECK(pieces >= 3);
    CHECK(of.reads(session::read_latest{}, 2'000).size() == 100);
    CHECK(of.reads(session::read_latest{}, 2'000).front() == 2'202);
    CHECK(of.reads(session::read_latest{}, 2'000, 1'000'000, 2).size() == 1'200);
}

TEST_CASE("what is not kept is not stored") {
    disk_database of("not kept");
    chat::spoke said = disk_database::said(1);
    said.kept = false;
    of.commit({disk_database::room(1, "#redes"), said, disk_database::said(2)});
    CHECK(of.reads(session::read_latest{}) == numbers{2});
}

TEST_CASE("open private conversations, promised numbers and the last time are found again") {
    disk_database of("counters");
    const chat::partner ana{{1}, *base::make_nickname(std::string(32, 'a'))};
    const chat::partner eva{{2}, *base::make_nickname(std::string(32, 'e'))};
    of.commit({chat::conversation_opened{{5}, ana, eva}, chat::conversation_opened{{6}, ana, eva},
               chat::conversation_ended{{5}}, chat::numbers_reserved{{1'000}}},
              at(77));
    of.close();
    of.open();
    REQUIRE(of.now.heart.conversations.size() == 1);
    CHECK(of.now.heart.conversations[0].id.value == 6);
    CHECK(of.now.heart.conversations[0].one.as == ana.as);
    CHECK(of.now.heart.conversations[0].other.as == eva.as);
    CHECK(of.now.heart.numbers_reserved.value == 1'000);
    CHECK(of.now.heart.time == at(77));
}

TEST_CASE("the key of the message tokens stays the same") {
    disk_database of("key");
    const std::string key = of.now.message_key;
    CHECK(key.size() == 16);
    of.close();
    of.open();
    CHECK(of.now.message_key == key);
}

TEST_CASE("a full disk is told as such, and what was committed before is there") {
    disk_database of("full");
    of.disk.limit_space(100);
    std::uint64_t last = 1;
    base::result<void> done = of.tries_to_commit(disk_database::said(last));
    while (done) {
        done = of.tries_to_commit(disk_database::said(++last));
    }
    CHECK(done.error().sentence.contains("is full"));
    of.disk.limit_space(std::nullopt);
    of.lose_power(1);
    CHECK(of.reads(session::read_latest{}, 1'000).size() == last - 1);
}

TEST_CASE("commits into the space that the WAL has already need none of the disk") {
    disk_database of("reserved");
    of.disk.limit_space(0);
    CHECK(of.commit({disk_database::said(1)}));
}

TEST_CASE("a power cut at any moment keeps every commit that returned, and whole ones only") {
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        disk_database of("cut-" + std::to_string(seed));
        of.disk.die_after(1 + seed % 90);
        std::uint64_t next = 1;
        // Each commit has three messages.
        while (of.commit({disk_database::said(next), disk_database::said(next + 1),
                          disk_database::said(next + 2)})) {
            next += 3;
        }
        of.lose_power(seed);
        const numbers found = of.reads(session::read_latest{}, 1'000);
        const bool as_promised = found.size() == next - 1 || found.size() == next + 2;
        INFO("seed ", seed, ": ", found.size(), " found, ", next - 1, " promised");
        REQUIRE(as_promised);
        for (std::uint64_t i = 0; i < found.size(); ++i) {
            REQUIRE(found[i] == i + 1);
        }
    }
}

TEST_CASE("a power cut while the database is being made leaves none or a whole one") {
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        sim::lossy_disk disk("made-" + std::to_string(seed));
        const database_options options{"/tertulia.db", disk.name(), checkpoints::in_tidy,
                                       [] { return std::uint64_t{1} << 30U; }};
        disk.die_after(seed);
        static_cast<void>(open_database(options));
        disk.die();
        disk.power_cut(seed);
        const base::result<opened> again = open_database(options);
        INFO("seed ", seed);
        REQUIRE_MESSAGE(again.has_value(), again.error().sentence);
    }
}
