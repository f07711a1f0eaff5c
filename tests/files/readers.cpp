// SPDX-License-Identifier: Apache-2.0
#include "files/readers.hpp"

#include "base/file_limits.hpp"
#include "files/house.hpp"
#include "store/sqlite.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

using namespace tertulia;
using namespace tertulia::files::tests;
using chat::room_flag;

namespace {

// Counts what SQLite does, by the hundred of its steps, in connections that are opened while it is
// there.
class work_counter {
public:
    work_counter() {
        counted = 0;
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(&watch));
    }
    ~work_counter() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&watch)); }
    work_counter(const work_counter&) = delete;
    work_counter& operator=(const work_counter&) = delete;
    [[nodiscard]] static std::int64_t steps() { return counted; }

private:
    static int watch(sqlite3* on, const char** /*why*/, const sqlite3_api_routines* /*with*/) {
        sqlite3_progress_handler(
            on, 100,
            [](void* sum) {
                ++*static_cast<std::atomic<std::int64_t>*>(sum);
                return 0;
            },
            &counted);
        return SQLITE_OK;
    }
    inline static std::atomic<std::int64_t> counted = 0;
};

} // namespace

TEST_CASE(
    "the picture that an account shows of itself is everybody's, for as long as it shows it") {
    house of;
    of.make_account(7);
    const auto made = of.hand_in("a face", 7);
    of.show_picture(7, "https://chat.example.org/files/" + made->id + "/face.png");
    of.now += base::limits::unposted_file_life + std::chrono::minutes{1};
    of.at->collect();
    CHECK(of.read(made->id) == "a face");
    of.show_picture(7, "");
    of.at->collect();
    CHECK(of.read(made->id) == "not_found");
}

TEST_CASE("nobody opens another one's file by showing it as her own picture") {
    house of;
    of.make_account(7);
    of.make_account(8);
    of.make_room(20, {room_flag::invite_only});
    const auto made = of.hand_in("for members", 7);
    of.say(7, 20, "/files/" + made->id + "/a.txt");
    of.show_picture(8, "/files/" + made->id + "/a.txt");
    CHECK(of.read(made->id, 8) == "not_allowed");
}

TEST_CASE("in a room that anybody may enter the link is enough, and stays so") {
    house of;
    of.make_room(1, {room_flag::members_only, room_flag::topic_locked, room_flag::no_ctcp,
                     room_flag::accounts_speak});
    const auto made = of.hand_in("public");
    of.say(7, 1, "look: " + of.link(*made));
    of.now += std::chrono::hours{24 * 100};
    of.at->collect();
    CHECK(of.read(made->id) == "public");
}

TEST_CASE("in a closed room only its members read a file") {
    for (const int how : {0, 1, 2, 3}) {
        CAPTURE(how);
        house of;
        of.make_account(7);
        of.make_account(8);
        of.make_account(9);
        of.make_room(1,
                     how == 0   ? std::initializer_list<room_flag>{room_flag::secret}
                     : how == 1 ? std::initializer_list<room_flag>{room_flag::invite_only}
                     : how == 3 ? std::initializer_list<room_flag>{room_flag::accounts_only}
                                : std::initializer_list<room_flag>{},
                     how == 2 ? "sesame" : "");
        of.join(8, 1);
        const auto made = of.hand_in("private", 7);
        of.say(7, 1, of.link(*made));
        CHECK(of.read(made->id, 8) == "private");
        CHECK(of.read(made->id, 7) == "private"); // her own, though she has left
        CHECK(of.read(made->id, 9) == "not_allowed");
        CHECK(of.read(made->id, 0) == "not_allowed");
        of.happen({chat::membership_saved{{8}, {1}, false}});
        CHECK(of.read(made->id, 8) == "not_allowed");
    }
}

TEST_CASE("who has a pass to a room's files reads those, and no other room's") {
    house of;
    of.make_account(7);
    of.make_room(1, {room_flag::secret});
    const auto made = of.hand_in("private", 7);
    of.say(7, 1, of.link(*made));
    CHECK(of.read(made->id, 0, file_part::whole, 1) == "private");
    CHECK(of.read(made->id, 0, file_part::whole, 2) == "not_allowed");
    of.take_back(1, 1);
    CHECK(of.read(made->id, 0, file_part::whole, 1) == "not_found");
}

TEST_CASE("a private conversation's files are for its two") {
    house of;
    of.make_account(7);
    of.make_account(8);
    of.happen(
        {chat::conversation_opened{{3}, {{7}, {"a", "a", 1, true}}, {{8}, {"b", "b", 2, true}}}});
    const auto made = of.hand_in("for two", 7);
    of.say(7, 3, of.link(*made));
    CHECK(of.read(made->id, 7) == "for two");
    CHECK(of.read(made->id, 8) == "for two");
    CHECK(of.read(made->id, 9) == "not_allowed");
    CHECK(of.read(made->id) == "not_allowed");
    chat::account_saved suspended; // while a link of hers is good
    suspended.id = {8};
    suspended.name = {"account8", "account8", 8, true};
    suspended.suspended = true;
    of.happen({suspended});
    CHECK(of.read(made->id, 8) == "not_allowed");
    CHECK(of.read(made->id, 7) == "for two");
}

TEST_CASE("who has got hold of a link cannot open it by saying it elsewhere") {
    house of;
    of.make_account(7);
    of.make_room(1, {room_flag::secret});
    of.make_room(2);
    const auto made = of.hand_in("private", 7);
    of.say(7, 1, of.link(*made));
    of.say(9, 2, of.link(*made));
    of.say(0, 2, of.link(*made));
    CHECK(of.read(made->id) == "not_allowed");
    const auto guests = of.hand_in("a guest's", 0);
    of.say(0, 1, of.link(*guests));
    of.say(9, 2, of.link(*guests));
    CHECK(of.read(guests->id) == "not_allowed");
}

TEST_CASE("what it costs to ask for a file does not grow with what others say of it") {
    house of;
    of.make_account(7);
    of.make_room(1);
    of.make_room(2, {room_flag::secret});
    const auto hers = of.hand_in("hers");
    const auto guests = of.hand_in("a guest's", 0);
    const auto public_one = of.hand_in("public");
    of.say(7, 2, of.link(*hers));
    of.say(0, 2, of.link(*guests));
    of.say(7, 1, of.link(*public_one));
    const work_counter counted;
    of.open(); // with connections that are counted
    const auto asks = [&](const session::file_facts& file, const std::string& expected) {
        const std::int64_t before = counted.steps();
        CHECK(of.read(file.id) == expected);
        return counted.steps() - before;
    };
    asks(*hers, "not_allowed"); // what it takes to begin with
    const std::int64_t of_few =
        asks(*hers, "not_allowed") + asks(*guests, "not_allowed") + asks(*public_one, "public");
    of.say_often(*hers, 9, 20'000);
    of.say_often(*guests, 9, 20'000);
    of.say_often(*public_one, 7, 20'000); // her own: one that is everybody's is enough
    const std::int64_t of_many =
        asks(*hers, "not_allowed") + asks(*guests, "not_allowed") + asks(*public_one, "public");
    CHECK(of_many <= of_few + 20);
}
