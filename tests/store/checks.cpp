// SPDX-License-Identifier: Apache-2.0
// What the door makes of files that a crash, another program or another version left.
#include "store/fixture.hpp"
#include "store/sqlite.hpp"

#include <map>

using namespace tertulia;
using namespace tertulia::store;

namespace {

constexpr auto database = "/tertulia.db";
constexpr auto wal = "/tertulia.db-wal";

// A disk whose database was left behind by a process that died.
struct abandoned {
    explicit abandoned(const std::string& name) : disk(name) {}

    [[nodiscard]] database_options options() const {
        return {database, disk.name(), checkpoints::in_tidy,
                [] { return std::uint64_t{1} << 30U; }};
    }
    // What `sql` does to the database stays in the WAL.
    void was_left_after(const std::string& sql) {
        {
            const base::result<opened> made = open_database(options());
            REQUIRE(made.has_value());
            const base::result<connection> on =
                open_connection(database, disk.name(), access::read_write);
            REQUIRE(execute(on->get(), "PRAGMA wal_autocheckpoint = 0; " + sql).has_value());
            disk.die();
        }
        disk.restart();
    }
    // Whatever it says, both files are as they were.
    std::string refusal() {
        const std::map before{std::pair{database, disk.bytes_of(database)},
                              std::pair{wal, disk.bytes_of(wal)}};
        const base::result<opened> made = open_database(options());
        REQUIRE_FALSE(made.has_value());
        CHECK(disk.bytes_of(database) == before.at(database));
        CHECK(disk.bytes_of(wal) == before.at(wal));
        return made.error().sentence;
    }

    sim::lossy_disk disk;
};

} // namespace

TEST_CASE("a newer version that only the WAL tells of is refused, and the WAL left as it is") {
    abandoned of("newer in wal");
    of.was_left_after("PRAGMA user_version = 99");
    CHECK(of.refusal().contains("was written by a newer Tertulia"));
}

TEST_CASE("damage that only the WAL tells of is refused, and the WAL left as it is") {
    abandoned of("damaged in wal");
    of.was_left_after("PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = 3");
    CHECK(of.refusal().contains("is damaged"));
}

TEST_CASE("a database that cannot be written is refused in plain words") {
    abandoned of("protected");
    of.was_left_after("");
    of.disk.protect();
    CHECK(of.refusal() == "The database /tertulia.db cannot be written: make it and its folder "
                          "writable for the server's user.");
}

TEST_CASE("a file without a database's header is taken for ours only with our making's journal") {
    abandoned of("half made");
    of.was_left_after("");
    of.disk.bytes_of(database) = std::string(8'192, '\0');
    of.disk.bytes_of(wal).clear();
    CHECK(of.refusal().contains("is not a Tertulia database"));
}

TEST_CASE("power cuts at every moment of the making leave a database that opens") {
    for (std::uint32_t moment = 1; moment <= 60; ++moment) {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            abandoned of("making");
            of.disk.die_after(moment);
            static_cast<void>(open_database(of.options()));
            of.disk.die();
            of.disk.power_cut(seed);
            const base::result<opened> again = open_database(of.options());
            INFO("operation ", moment, ", seed ", seed);
            REQUIRE_MESSAGE(again.has_value(), again.error().sentence);
        }
    }
}
