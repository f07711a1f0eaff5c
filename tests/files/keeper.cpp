// SPDX-License-Identifier: Apache-2.0
#include "files/keeper.hpp"

#include "base/file_limits.hpp"
#include "files/house.hpp"
#include "media/kind.hpp"
#include "store/sqlite.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace tertulia;
using namespace tertulia::files::tests;

namespace {

// As it was before files counted for more than their bytes; with a file of an account that has a
// thumbnail, a small one of hers and a guest's.
constexpr const char* files_db_of_version_1 = R"sql(
CREATE TABLE files (
    id TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    picture INTEGER NOT NULL,
    thumbnail INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    address INTEGER NOT NULL,
    made_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_by_hash ON files (hash);
CREATE INDEX files_by_owner ON files (owner, address, size);
INSERT INTO files VALUES
    ('AAAAAAAAAAAAAAAAAAAAAA', 'aa', 'a', 'image/png', 50000, 9, 9, 1, 1, 7, 0, 0),
    ('BBBBBBBBBBBBBBBBBBBBBB', 'bb', 'b', 'text/plain', 3, 0, 0, 0, 0, 7, 0, 0),
    ('CCCCCCCCCCCCCCCCCCCCCC', 'cc', 'c', 'text/plain', 3, 0, 0, 0, 0, 0, 5, 0);
PRAGMA user_version = 1;
)sql";

} // namespace

TEST_CASE("what is handed in is kept by its content, once") {
    house of;
    const auto one = of.hand_in("the same", 7, "one.txt");
    const auto other = of.hand_in("the same", 8, "other.txt");
    REQUIRE(one.has_value());
    REQUIRE(other.has_value());
    CHECK(one->id != other->id);
    CHECK(one->id.size() == 22);
    CHECK(one->tag == other->tag);
    CHECK(one->name == "one.txt");
    CHECK(one->type == "text/plain");
    CHECK_FALSE(one->picture);
    CHECK(of.files_on_disk() == 1);
    CHECK(of.read(one->id) == "the same");
    CHECK(of.read(other->id) == "the same");
}

TEST_CASE("a restart forgets nothing but what was not finished") {
    house of;
    const auto kept = of.hand_in("kept");
    std::ofstream(of.path + "/files/incoming/half") << "lost when the power went";
    CHECK(of.files_on_disk() == 2);
    of.open();
    CHECK(of.files_on_disk() == 1);
    CHECK(of.read(kept->id) == "kept");
}

TEST_CASE("a file that cannot be opened just now is not told to be gone") {
    house of;
    const auto made = of.hand_in("there");
    const std::string at = of.path + "/files/" + made->tag.substr(0, 2) + "/" + made->tag;
    std::filesystem::remove(at);
    std::filesystem::create_symlink("/etc/hostname", at); // what we never open
    CHECK(of.read(made->id) == "failed");
    std::filesystem::remove(at);
    CHECK(of.read(made->id) == "not_found");
}

TEST_CASE("where there is no place for a new file its sender does not hear of a full disk") {
    house of;
    std::filesystem::remove_all(of.path + "/files/incoming");
    CHECK(of.hand_in("x").error() == file_refusal::failed);
}

TEST_CASE("an upload that is broken off leaves nothing") {
    house of;
    {
        auto begun = of.at->begin({"b", "", 5, {7}, 0});
        REQUIRE_FALSE((*begun)->write("half").has_value());
    }
    CHECK(of.files_on_disk() == 0);
}

TEST_CASE("what a crash left that no file is known to be is found and removed") {
    house of;
    const auto kept = of.hand_in("kept");
    const std::string lost = of.path + "/files/c0/c0" + std::string(62, 'd');
    std::filesystem::create_directory(of.path + "/files/c0");
    std::ofstream(lost) << "its row was not written any more";
    std::ofstream(lost + ".webp") << "its thumbnail";
    REQUIRE(of.files_on_disk() == 3);
    for (int minute = 0; minute < 256; ++minute) {
        of.at->collect();
    }
    CHECK(of.files_on_disk() == 1);
    CHECK(of.read(kept->id) == "kept");
}

TEST_CASE("what could not be kept whole leaves nothing") {
    const std::string tag = house().hand_in(house::picture(), 7, "a.png", "image/png")->tag;
    house of;
    std::filesystem::create_directories(of.path + "/files/" + tag.substr(0, 2) + "/" + tag +
                                        ".webp"); // so that no thumbnail can be there
    CHECK(of.hand_in(house::picture(), 7, "a.png", "image/png").error() == file_refusal::disk_full);
    CHECK(of.files_on_disk() == 0);
}

TEST_CASE("a picture is cleaned, measured and made small; a broken one refused") {
    house of;
    const auto made = of.hand_in(of.picture(), 7, "holiday.html", "text/html");
    REQUIRE(made.has_value());
    CHECK(made->picture);
    CHECK(made->thumbnail);
    CHECK(made->name == "holiday.jpg");
    CHECK(made->type == "image/jpeg");
    CHECK(made->width == 600);
    CHECK(made->height == 400);
    CHECK(media::kind_of(of.read(made->id)) == media::kind::jpeg);
    CHECK(media::kind_of(of.read(made->id, 0, file_part::thumbnail)) == media::kind::webp);
    CHECK(of.hand_in(of.picture().substr(0, 50)).error() == file_refusal::unreadable_picture);
    CHECK(of.read(of.hand_in("text")->id, 0, file_part::thumbnail) == "not_found");
    CHECK(of.hand_in("<svg>", 7, "a.svg", "image/svg+xml")->type == "application/octet-stream");
}

TEST_CASE("a server that stops waits for no picture") {
    house of;
    of.how.program = of.folder.write("slow", "#!/bin/sh\nexec sleep 15\n");
    std::filesystem::permissions(of.how.program, std::filesystem::perms::owner_all);
    of.open();
    const auto begun = std::chrono::steady_clock::now();
    auto made = std::async(std::launch::async, [&] { return of.hand_in(of.picture()); });
    of.at->stop();
    CHECK(made.get().error() == file_refusal::failed);
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{10});
    CHECK(of.files_on_disk() == 0);
    CHECK(of.hand_in("no picture").has_value());
}

TEST_CASE("until a message has it, the link is enough; a day later it is gone") {
    house of;
    const auto made = of.hand_in("unposted");
    CHECK(of.read(made->id) == "unposted");
    of.now += base::limits::unposted_file_life + std::chrono::minutes{1};
    of.at->collect();
    CHECK(of.read(made->id) == "not_found");
    CHECK(of.files_on_disk() == 0);
}

TEST_CASE(
    "a file ends with the room of its message, and with its content only when nobody has it") {
    house of;
    of.make_room(1);
    of.make_room(2);
    const auto one = of.hand_in("shared content");
    const auto other = of.hand_in("shared content", 8);
    of.say(7, 1, of.link(*one));
    of.say(8, 2, of.link(*other));
    of.happen({chat::conversation_ended{{1}}});
    CHECK(of.read(one->id) == "not_found");
    of.at->collect();
    CHECK(of.files_on_disk() == 1);
    CHECK(of.read(other->id) == "shared content");
    of.happen({chat::conversation_ended{{2}}});
    of.at->collect();
    CHECK(of.files_on_disk() == 0);
    REQUIRE(of.hand_in("shared content").has_value());
    CHECK(of.files_on_disk() == 1);
}

TEST_CASE("which messages had a file's link is forgotten with it") {
    house of;
    of.make_room(1);
    const auto gone = of.hand_in("gone");
    const auto kept = of.hand_in("kept");
    constexpr int times = 600; // more than go in one piece
    for (int count = 0; count < times; ++count) {
        of.say(9, 1, of.link(*gone));
    }
    of.say(7, 1, of.link(*gone));
    of.say(7, 1, of.link(*kept));
    of.take_back(times + 1, 1);
    CHECK(of.links_of(gone->id) == times + 1);
    of.at->collect();
    CHECK(of.read(gone->id) == "not_found");
    while (*of.database.writer->tidy()) {}
    CHECK(of.links_of(gone->id) == 0);
    CHECK(of.links_of(kept->id) == 1);
}

TEST_CASE("quotas hold for an account, for the guests of an address and for all") {
    house of;
    const std::string much(90'000, 'x');
    CHECK(of.hand_in(much + std::string(20'000, 'y')).error() == file_refusal::too_large);
    CHECK(of.hand_in(much, 7).has_value());
    CHECK(of.hand_in(much, 7).has_value());
    CHECK(of.hand_in(much, 7).error() == file_refusal::over_quota);
    CHECK(of.hand_in(much, 0).has_value());
    CHECK(of.hand_in(much, 0).error() == file_refusal::over_quota);
    for (std::uint64_t account = 10; account < 18; ++account) {
        CHECK(of.hand_in(much, account).has_value());
    }
    CHECK(of.hand_in(much, 20).error() == file_refusal::disk_full);
}

TEST_CASE("a file counts for what it takes on a disk, however small it is, with its thumbnail") {
    house of;
    of.how.account_quota = 10 * base::limits::file_room_min;
    of.open();
    for (std::size_t count = 0; count < 10; ++count) {
        REQUIRE(of.hand_in(std::string(count % 2, 'x')).has_value());
    }
    CHECK(of.hand_in("").error() == file_refusal::over_quota);
    const std::uint64_t before = of.at->room_left({8}, 0);
    const auto made = of.hand_in(of.picture(), 8);
    const std::uint64_t thumbnail = of.read(made->id, 0, file_part::thumbnail).size();
    REQUIRE(thumbnail > 0);
    CHECK(before - of.at->room_left({8}, 0) ==
          std::max(made->size, base::limits::file_room_min) + thumbnail);
}

TEST_CASE("who may hand in how much more is known before") {
    house of;
    CHECK(of.at->room_left({7}, 5) == 250'000);
    CHECK(of.at->room_left({}, 5) == 120'000);
    REQUIRE(of.hand_in(std::string(50'000, 'x'), 0).has_value());
    CHECK(of.at->room_left({}, 5) == 70'000);
    CHECK(of.at->room_left({}, 6) == 112'500); // a quarter of what is left for guests
    {
        const auto begun = of.at->begin({"a", "", 90'000, {7}, 0});
        CHECK(of.at->room_left({7}, 5) == 160'000);
    }
    of.how.guest_quota = 0;
    of.open();
    CHECK(of.at->room_left({}, 6) == 0);
}

TEST_CASE("however many new accounts a stranger makes, those who were there have room") {
    house of;
    const std::string much(90'000, 'x');
    std::uint64_t account = newest_settled;
    while (of.hand_in(much, ++account).has_value()) {
        REQUIRE(account < newest_settled + 10);
    }
    CHECK(of.hand_in(much, account).error() == file_refusal::over_quota);
    CHECK(of.hand_in(much, 0).error() == file_refusal::over_quota);
    CHECK(of.at->room_left({account}, 0) > 0); // and so has the next one, if less
    CHECK(of.hand_in(much, newest_settled).has_value());
    CHECK(of.hand_in(much, newest_settled).has_value());
}

TEST_CASE("an account is new for a week") {
    house of;
    of.make_account(newest_settled + 1, of.now);
    const std::string much(90'000, 'x');
    REQUIRE(of.hand_in(much, newest_settled + 1).has_value());
    CHECK(of.hand_in(much, newest_settled + 1).error() == file_refusal::over_quota);
    of.now += base::limits::account_new_for;
    CHECK(of.hand_in(much, newest_settled + 1).has_value());
}

TEST_CASE("the room of a file that was taken back is there again for who needs it") {
    house of;
    of.make_room(1);
    const std::string much(90'000, 'x');
    const auto first = of.hand_in(much);
    of.say(7, 1, of.link(*first));
    REQUIRE(of.hand_in(much + "y").has_value());
    CHECK(of.hand_in(much + "z").error() == file_refusal::over_quota);
    of.take_back(1, 1);
    CHECK(of.hand_in(much + "z").has_value());
    CHECK(of.read(first->id) == "not_found");
}

TEST_CASE("what is removed is counted no more") {
    house of;
    const std::uint64_t before = of.at->room_left({7}, 0);
    REQUIRE(of.hand_in(std::string(50'000, 'x')).has_value());
    REQUIRE(of.hand_in("another").has_value());
    of.now += base::limits::unposted_file_life + std::chrono::minutes{1};
    of.at->collect();
    CHECK(of.at->room_left({7}, 0) == before);
    CHECK(of.files_on_disk() == 0);
}

TEST_CASE("files of before count for what they take, too") {
    house of;
    const std::string path = of.path + "/files.db";
    of.at.reset();
    std::filesystem::remove(path);
    {
        auto old = *store::open_connection(path, {}, store::access::create);
        REQUIRE(store::execute(old.get(), files_db_of_version_1).has_value());
    }
    of.open();
    CHECK(of.at->room_left({7}, 0) == 250'000 - 4'096 - (50'000 + 24'576));
    CHECK(of.at->room_left({}, 5) == 120'000 - 4'096);
    CHECK(of.hand_in("new").has_value());
    of.now += base::limits::unposted_file_life + std::chrono::minutes{1};
    of.at->collect();
    CHECK(of.at->room_left({7}, 0) == 250'000);
}

TEST_CASE("the size that was not announced counts all the same") {
    house of;
    auto begun = of.at->begin({"a", "", std::nullopt, {7}, 0});
    REQUIRE_FALSE((*begun)->write(std::string(90'000, 'x')).has_value());
    CHECK((*begun)->write(std::string(20'000, 'x')) == file_refusal::too_large);
}

TEST_CASE("what is under way counts with what is kept") {
    house of;
    auto first = of.at->begin({"a", "", 90'000, {7}, 0});
    auto second = of.at->begin({"b", "", std::nullopt, {7}, 0});
    REQUIRE_FALSE((*second)->write(std::string(90'000, 'x')).has_value());
    CHECK(of.at->begin({"c", "", 90'000, {7}, 0}).error() == file_refusal::over_quota);
    CHECK(of.at->begin({"c", "", 90'000, {8}, 0}).has_value());
    CHECK((*second)->finish().has_value());
    second->reset();
    CHECK(of.at->begin({"c", "", 90'000, {7}, 0}).error() == file_refusal::over_quota);
    first->reset();
    CHECK(of.at->begin({"c", "", 90'000, {7}, 0}).has_value());
}

TEST_CASE("guests hand in nothing where the operator does not want it") {
    house of;
    of.how.guest_quota = 0;
    of.open();
    CHECK(of.hand_in("x", 0).error() == file_refusal::guests_not_allowed);
    CHECK(of.hand_in("x", 7).has_value());
}

TEST_CASE("a disk that is nearly full takes no files") {
    house of;
    of.how.reserve = ~std::uint64_t{0} / 2;
    of.open();
    CHECK(of.hand_in("x").error() == file_refusal::disk_full);
}

TEST_CASE("one person has only so many uploads under way") {
    house of;
    std::vector<std::unique_ptr<session::incoming_file>> begun;
    for (std::size_t count = 0; count < base::limits::uploads_per_person_max; ++count) {
        begun.push_back(std::move(*of.at->begin({"a", "", 1, {7}, 0})));
    }
    CHECK(of.at->begin({"a", "", 1, {7}, 0}).error() == file_refusal::too_many);
    CHECK(of.at->begin({"a", "", 1, {8}, 0}).has_value());
    begun.pop_back();
    CHECK(of.at->begin({"a", "", 1, {7}, 0}).has_value());
}

TEST_CASE("newcomers never have all the places, nor one address all of theirs") {
    house of;
    std::vector<std::unique_ptr<session::incoming_file>> begun;
    const auto take = [&](std::uint64_t owner, std::uint64_t address) {
        auto one = of.at->begin({"a", "", 0, {owner}, address});
        if (one) {
            begun.push_back(std::move(*one));
        }
        return one ? std::optional<file_refusal>() : one.error();
    };
    constexpr std::size_t each = base::limits::uploads_per_person_max;
    std::size_t count = 0;
    for (; count < base::limits::newcomers_uploads_per_address_max; ++count) {
        REQUIRE_FALSE(take(newest_settled + 1 + count / each, 1).has_value());
    }
    CHECK(take(newest_settled + 100, 1) == file_refusal::busy);
    CHECK(take(0, 1) == file_refusal::busy);
    for (; count < base::limits::uploads_of_newcomers_max; ++count) {
        REQUIRE_FALSE(take(0, 100 + count / each).has_value());
    }
    CHECK(take(0, 99) == file_refusal::busy);
    CHECK(take(newest_settled + 100, 99) == file_refusal::busy);
    for (; count < base::limits::uploads_max; ++count) {
        REQUIRE_FALSE(take(100 + count / each, 1).has_value());
    }
    CHECK(take(99, 1) == file_refusal::busy);
    begun.erase(begun.begin());
    CHECK_FALSE(take(99, 1).has_value());
    begun.clear();
    CHECK_FALSE(take(0, 1).has_value());
}

TEST_CASE("what others hand in just now has its room already, announced or not") {
    house of;
    of.how.total_max = 150'000;
    of.open();
    const auto first = of.at->begin({"a", "", 90'000, {7}, 0});
    REQUIRE(first.has_value());
    const auto second = of.at->begin({"a", "", {}, {8}, 0});
    REQUIRE(second.has_value());
    const std::string much(60'000, 'x');
    CHECK_FALSE((*second)->write(much).has_value());
    CHECK(of.at->begin({"a", "", 60'000, {9}, 0}).error() == file_refusal::disk_full);
    CHECK((*second)->write(much.substr(0, 30'000)) == file_refusal::disk_full);
}

TEST_CASE("what newcomers hand in just now is within their part") {
    house of;
    std::vector<std::unique_ptr<session::incoming_file>> begun;
    std::uint64_t account = newest_settled;
    while (auto one = of.at->begin({"a", "", 90'000, {++account}, 5})) {
        begun.push_back(std::move(*one));
        REQUIRE(account < newest_settled + 10);
    }
    CHECK(of.at->begin({"a", "", 90'000, {account}, 5}).error() == file_refusal::over_quota);
    CHECK(of.at->begin({"a", "", 90'000, {newest_settled}, 5}).has_value());
}

TEST_CASE("only pictures take long") {
    house of;
    const auto takes_long = [&](const std::string& bytes) {
        auto begun = of.at->begin({"a", "", std::nullopt, {7}, 0});
        REQUIRE_FALSE((*begun)->write(bytes.substr(0, 3)).has_value());
        REQUIRE_FALSE((*begun)->write(bytes.substr(3)).has_value());
        return (*begun)->takes_long();
    };
    CHECK(takes_long(of.picture()));
    CHECK_FALSE(takes_long("words of somebody"));
}

TEST_CASE("an id that is none finds nothing") {
    house of;
    for (const std::string& id :
         {std::string(), std::string("../../tertulia.db"), std::string(22, 'A'),
          std::string("' OR 1=1 --"), std::string(22, '/'), std::string(22, '\0')}) {
        CHECK(of.read(id) == "not_found");
    }
}
