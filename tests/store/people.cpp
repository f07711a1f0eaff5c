// SPDX-License-Identifier: Apache-2.0
// What is kept of people besides their names: markers, metadata, certificates, language.
#include "base/text.hpp"
#include "store/credentials.hpp"
#include "store/fixture.hpp"

using namespace tertulia;
using namespace tertulia::store;

namespace {

const std::string fingerprint(64, 'a');

struct register_office : disk_database {
    explicit register_office(const std::string& name) : disk_database(name) {
        commit(
            {account(7, "ana"), chat::credentials_saved{{7}, {"hash", "keys"}}, room(1, "#sala")});
    }
    static chat::account_saved account(std::uint64_t id, std::string_view name) {
        return {{id}, *base::make_nickname(name), at(5), 1, false, "es"};
    }
    void start_again() {
        close();
        open();
    }
};

} // namespace

TEST_CASE("markers are found again, and gone when they are forgotten") {
    register_office of("markers");
    of.commit({chat::marker_saved{{7}, {1}, at(10)}, chat::marker_saved{{7}, {2}, at(20)}});
    of.commit({chat::marker_saved{{7}, {1}, at(30)}, chat::marker_saved{{7}, {2}, {}}});
    of.start_again();
    REQUIRE(of.now.heart.markers.size() == 1);
    CHECK(of.now.heart.markers[0].conversation.value == 1);
    CHECK(of.now.heart.markers[0].read_to == at(30));
}

TEST_CASE("metadata of accounts and rooms is found again, and ends with them") {
    register_office of("metadata");
    of.commit({chat::metadata_saved{{7}, {}, {"a", "1"}}, chat::metadata_saved{{7}, {}, {"b", "2"}},
               chat::metadata_saved{{}, {1}, {"url", "x"}}});
    of.commit(
        {chat::metadata_saved{{7}, {}, {"a", "3"}}, chat::metadata_saved{{7}, {}, {"b", ""}}});
    of.start_again();
    REQUIRE(of.now.heart.about.size() == 2);
    CHECK(of.now.heart.about[0].what.value == "3");
    CHECK(of.now.heart.about[1].room.value == 1);
    of.commit({chat::account_ended{{7}}, chat::conversation_ended{{1}}});
    of.start_again();
    CHECK(of.now.heart.about.empty());
}

TEST_CASE("invitations are found again in their order, until they are used") {
    register_office of("invitations");
    of.commit({disk_database::room(2, "#otra")});
    of.commit({chat::invitation_saved{{7}, {{2}, at(10)}, true},
               chat::invitation_saved{{7}, {{1}, at(20)}, true}});
    of.start_again();
    REQUIRE(of.now.heart.invitations.size() == 2);
    CHECK(of.now.heart.invitations[0].to.room.value == 2);
    CHECK(of.now.heart.invitations[1].to.at == at(20));
    of.commit({chat::invitation_saved{{7}, {{2}, at(30)}, true}}); // asked in again
    of.commit({chat::invitation_saved{{7}, {{1}, {}}, false}});
    of.start_again();
    REQUIRE(of.now.heart.invitations.size() == 1);
    CHECK(of.now.heart.invitations[0].to.at == at(30));
    of.commit({chat::account_ended{{7}}});
    of.start_again();
    CHECK(of.now.heart.invitations.empty());
}

TEST_CASE("what a room was called before is found again, and another room may take its name") {
    register_office of("former-names");
    chat::room_saved renamed = disk_database::room(1, "#patio");
    renamed.former = {{*base::make_room_name("#antes"), at(40)},
                      {*base::make_room_name("#sala"), at(50)}};
    of.commit({renamed, disk_database::room(2, "#sala")});
    of.start_again();
    REQUIRE(of.now.heart.rooms.size() == 2);
    CHECK(of.now.heart.rooms[0].name.display == "#patio");
    CHECK(of.now.heart.rooms[0].former == renamed.former);
    of.commit({chat::conversation_ended{{1}}});
    of.start_again();
    CHECK(of.now.heart.rooms.size() == 1);
}

TEST_CASE("an account's language is found again") {
    register_office of("language");
    of.start_again();
    REQUIRE(of.now.heart.accounts.size() == 1);
    CHECK(of.now.heart.accounts[0].language == "es");
}

TEST_CASE("an account is found by its certificate while it has it") {
    register_office of("certificates");
    of.commit({chat::certificate_saved{{7}, fingerprint, true}});
    const auto reader = *open_credential_reader(of.options());
    auto found = reader->find_certificate(fingerprint);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->name.display == "ana");
    CHECK_FALSE(*reader->find_certificate(std::string(64, 'b')));
    of.commit({chat::certificate_saved{{7}, fingerprint, false}});
    CHECK_FALSE(*reader->find_certificate(fingerprint));
    of.commit({chat::certificate_saved{{7}, fingerprint, true}});
    of.start_again();
    CHECK(of.now.heart.certificates.size() == 1);
}
