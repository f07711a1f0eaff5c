// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "store/fixture.hpp"
#include "store/sqlite.hpp"

using namespace tertulia;
using namespace tertulia::store;

namespace {

// A database that was written with other tables of Unicode: a room's key is not what it is today.
struct folded_otherwise : disk_database {
    explicit folded_otherwise(const std::string& name) : disk_database(name) {
        commit({room(1, "#Redes"), room(2, "#Taller")});
        runs("UPDATE rooms SET key = '#old' || id; "
             "UPDATE meta SET value = '1.0' WHERE key = 'folding_version'");
    }
    void runs(const std::string& sql) {
        close();
        {
            const base::result<connection> on =
                open_connection("/tertulia.db", disk.name(), access::read_write);
            const base::result<void> done = execute(on->get(), sql);
            REQUIRE_MESSAGE(done.has_value(), done.error().sentence);
        }
    }
    std::vector<std::string> keys() {
        close();
        open();
        std::vector<std::string> found;
        for (const chat::room_saved& one : now.heart.rooms) {
            found.push_back(one.name.key);
        }
        return found;
    }
};

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("names are folded again when the tables of Unicode are others") {
    folded_otherwise of("folded");
    CHECK(of.keys() == texts{"#redes", "#taller"});
    CHECK(of.now.heart.rooms[0].name == *base::make_room_name("#Redes"));
}

TEST_CASE("rooms that look alike since before that was looked at stay, and are told apart anew") {
    folded_otherwise of("alike before");
    of.runs("UPDATE rooms SET display = '#Iobby', key = '#iobby', skeleton = 1 WHERE id = 1; "
            "UPDATE rooms SET display = '#lobby', key = '#lobby', skeleton = 2 WHERE id = 2");
    CHECK(of.keys() == texts{"#iobby", "#lobby"});
    CHECK(of.now.heart.rooms[0].name.skeleton == base::make_room_name("#Iobby")->skeleton);
    CHECK(of.now.heart.rooms[1].name.skeleton == base::make_room_name("#lobby")->skeleton);
}

TEST_CASE("what was folded again is found so at the next start") {
    folded_otherwise of("folded twice");
    of.keys();
    CHECK(of.keys() == texts{"#redes", "#taller"});
}

TEST_CASE("a name that would now be another room's keeps the key it had") {
    folded_otherwise of("folded alike");
    of.runs("UPDATE rooms SET display = '#redes' WHERE id = 2");
    CHECK(of.keys() == texts{"#redes", "#old2"});
}

TEST_CASE("a name that is none any more keeps the key it had") {
    folded_otherwise of("folded to nothing");
    of.runs("UPDATE rooms SET display = 'no room' WHERE id = 1");
    CHECK(of.keys() == texts{"#old1", "#taller"});
}

TEST_CASE("names stay as they are while the tables of Unicode are the same") {
    folded_otherwise of("not folded");
    of.runs("UPDATE meta SET value = '" + std::string(base::folding_version()) +
            "' WHERE key = 'folding_version'");
    CHECK(of.keys() == texts{"#old1", "#old2"});
}

TEST_CASE("a message key that is cut short is told as damage") {
    folded_otherwise of("short key");
    of.runs("UPDATE meta SET value = 'short' WHERE key = 'message_key'");
    const base::result<opened> made = open_database(of.options());
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().sentence.contains("message_key is damaged"));
}

TEST_CASE("two databases have different message keys") {
    disk_database one("key one");
    disk_database other("key other");
    CHECK(one.now.message_key != other.now.message_key);
}
