// SPDX-License-Identifier: Apache-2.0
#include "store/database.hpp"
#include "store/schema.hpp"
#include "store/sqlite.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <string_view>

using namespace tertulia;
using namespace tertulia::store;
namespace fs = std::filesystem;

namespace {

struct folder {
    [[nodiscard]] std::string file() const { return place.file(name); }
    void has(const std::string& bytes) const { place.write(name, bytes); }
    [[nodiscard]] std::string bytes() const { return place.read(name); }
    // Whatever it says, the file is as it was.
    [[nodiscard]] std::string refusal() const {
        const std::string before = bytes();
        const base::result<opened> made = open_database({.path = file()});
        REQUIRE_FALSE(made.has_value());
        CHECK(bytes() == before);
        return made.error().sentence;
    }
    void is_a_database() const { REQUIRE(open_database({.path = file()}).has_value()); }
    void runs(const std::string& sql) const {
        const base::result<connection> on = open_connection(file(), "", access::create);
        REQUIRE(execute(on->get(), sql).has_value());
    }
    static constexpr std::string_view name = "tertulia.db";
    tests::temporary_folder place;
};

} // namespace

TEST_CASE("a fresh folder and an empty file get a database") {
    folder at;
    at.is_a_database();
    folder empty;
    empty.has("");
    empty.is_a_database();
}

TEST_CASE("a database is opened again") {
    folder at;
    at.is_a_database();
    at.is_a_database();
}

TEST_CASE("a file that is no database is refused and left as it is") {
    folder at;
    at.has(std::string(5'000, 'x'));
    CHECK(at.refusal().contains("is not a Tertulia database"));
}

TEST_CASE("another program's database is refused and left as it is") {
    folder at;
    at.runs("CREATE TABLE theirs (a)");
    CHECK(at.refusal().contains("is not a Tertulia database"));
}

TEST_CASE("a database of a newer version is refused and left as it is") {
    folder at;
    at.is_a_database();
    at.runs("PRAGMA journal_mode = DELETE; PRAGMA user_version = 99");
    CHECK(at.refusal().contains("was written by a newer Tertulia"));
}

TEST_CASE("a damaged database is refused and left as it is") {
    folder at;
    at.is_a_database();
    std::string bytes = at.bytes();
    for (std::size_t i = 4'096; i < bytes.size(); i += 7) {
        bytes[i] = static_cast<char>(bytes[i] ^ 0x55);
    }
    at.has(bytes);
    CHECK(at.refusal().contains("is damaged"));
}

TEST_CASE("a database that was cut short is refused and left as it is") {
    folder at;
    at.is_a_database();
    at.has(at.bytes().substr(0, 9'000));
    CHECK(at.refusal().contains("is damaged"));
}

TEST_CASE("a long write-ahead log that a killed server left is taken up") {
    folder killed;
    folder at;
    const base::result<opened> first = open_database({.path = killed.file()});
    const base::result<connection> on = open_connection(killed.file(), "", access::read_write);
    REQUIRE(execute(on->get(), "PRAGMA wal_autocheckpoint = 0; INSERT INTO meta VALUES "
                               "('long', zeroblob(3000000))")
                .has_value());
    for (const char* const name : {"tertulia.db", "tertulia.db-wal"}) {
        fs::copy_file(killed.place.path() / name, at.place.path() / name);
    }
    REQUIRE(fs::file_size(at.place.path() / "tertulia.db-wal") > 1U << 20U);
    at.is_a_database();
}

TEST_CASE("the oldest database is brought to the newest version with all it holds") {
    folder at;
    at.runs([] {
        std::ifstream from("store/version_1.sql");
        return std::string{std::istreambuf_iterator<char>(from), {}};
    }());
    const base::result<opened> made = open_database({.path = at.file()});
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence);
    REQUIRE(made->heart.rooms.size() == 1);
    CHECK(made->heart.rooms.front().name.display == "#Ñandú");
    CHECK(made->heart.rooms.front().lists[0].size() == 1);
    const base::result<connection> on = open_connection(at.file(), "", access::read_only);
    CHECK(*query_number(on->get(), "PRAGMA user_version") == newest_version());
    CHECK(*query_number(on->get(), "SELECT count(*) FROM messages") == 2);
}
