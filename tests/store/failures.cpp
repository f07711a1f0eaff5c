// SPDX-License-Identifier: Apache-2.0
// What the writer makes of a disk that fails or fills up.
#include "store/fixture.hpp"

using namespace tertulia;
using namespace tertulia::store;

namespace {

// A room of 600 messages that has ended and waits to be tidied away.
struct ended_room : disk_database {
    explicit ended_room(const std::string& name) : disk_database(name) {
        commit({room(1, "#redes")});
        for (std::uint64_t i = 1; i <= 600; ++i) {
            commit({said(i)});
        }
        commit({chat::conversation_ended{{1}}});
    }
    bool tidies() {
        const base::result<bool> more = now.writer->tidy();
        REQUIRE(more.has_value());
        return *more;
    }
};

} // namespace

TEST_CASE("a commit whose write or sync fails says so") {
    for (std::uint32_t operation = 1; operation <= 3; ++operation) {
        disk_database of("failing");
        REQUIRE(of.commit({disk_database::said(1)}));
        of.disk.fail_after(operation);
        CHECK_FALSE(of.commit({disk_database::said(2)}));
    }
}

TEST_CASE("a message that is there already is not stored again") {
    disk_database of("twice");
    REQUIRE(of.commit({disk_database::said(1)}));
    CHECK_FALSE(of.commit({disk_database::said(1)}));
}

TEST_CASE("a batch of which nothing lasts leaves the time of the last event") {
    disk_database of("nothing lasts");
    of.commit({disk_database::said(1)}, at(5'000));
    REQUIRE(of.commit({chat::done{}}, at(9'000)));
    of.close();
    of.open();
    CHECK(of.now.heart.time == at(5'000));
}

TEST_CASE("ended conversations wait while space is short, and go when it is back") {
    ended_room of("scarce");
    of.disk.limit_space(100'000);
    CHECK_FALSE(of.tidies());
    CHECK(of.reads(session::read_latest{}, 1) == numbers{600});
    of.disk.limit_space(std::nullopt);
    CHECK(of.tidies());
    CHECK(of.tidies());
    CHECK_FALSE(of.tidies());
    CHECK(of.reads(session::read_latest{}).empty());
}

TEST_CASE("a checkpoint for which there is no room waits, and nothing is lost") {
    disk_database of("no room");
    for (std::uint64_t i = 1; i <= 600; ++i) {
        of.commit({disk_database::said(i)});
    }
    of.disk.limit_space(0);
    CHECK(of.now.writer->tidy().has_value());
    of.lose_power(1);
    CHECK(of.reads(session::read_latest{}, 1) == numbers{600});
}

TEST_CASE("a checkpoint whose sync fails is told, and nothing is lost") {
    disk_database of("failing checkpoint");
    for (std::uint64_t i = 1; i <= 60; ++i) {
        of.commit({disk_database::said(i)});
    }
    of.disk.fail_after(1);
    CHECK_FALSE(of.now.writer->tidy().has_value());
    of.lose_power(1);
    CHECK(of.reads(session::read_latest{}, 100).size() == 60);
}

TEST_CASE("the disk's own figure of free space is what counts") {
    disk_database of("figure");
    of.disk.limit_space(12'345);
    CHECK(of.now.writer->free_space() == 12'345);
}
