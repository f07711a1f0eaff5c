// SPDX-License-Identifier: Apache-2.0
#include "store/fixture.hpp"

#include <limits>

using namespace tertulia;
using namespace tertulia::store;
using chat::message_number;

namespace {

// Messages 10, 20, … 90, said at 1, 2, … 9 seconds; 55 is a reaction; another conversation has 35.
struct nine_messages : disk_database {
    explicit nine_messages(const std::string& name) : disk_database(name) {
        for (std::uint64_t i = 1; i <= 9; ++i) {
            commit({said(i * 10)}, at(static_cast<std::int64_t>(i) * 1'000));
            if (i == 3) {
                commit({said(35, 2)}, at(3'500));
            }
            if (i == 5) {
                commit({said(55, 1, chat::message_kind::tags)}, at(5'500));
            }
        }
    }
};

} // namespace

TEST_CASE("the latest messages are the last of the conversation, oldest first") {
    nine_messages of("latest");
    CHECK(of.reads(session::read_latest{}, 3) == numbers{70, 80, 90});
}

TEST_CASE("nothing above the point that was allowed is read") {
    nine_messages of("up_to");
    CHECK(of.reads(session::read_latest{}, 3, 60) == numbers{40, 50, 60});
    CHECK(of.reads(session::read_after{message_number{10}}, 100, 30) == numbers{20, 30});
}

TEST_CASE("the latest after a message stop at it") {
    nine_messages of("latest_after");
    CHECK(of.reads(session::read_latest{message_number{70}}, 100) == numbers{80, 90});
}

TEST_CASE("before a message come the ones nearest to it") {
    nine_messages of("before");
    CHECK(of.reads(session::read_before{message_number{50}}, 2) == numbers{30, 40});
}

TEST_CASE("after a message come the ones nearest to it") {
    nine_messages of("after");
    CHECK(of.reads(session::read_after{message_number{50}}, 2) == numbers{60, 70});
}

TEST_CASE("around a message are both sides of it and itself") {
    nine_messages of("around");
    CHECK(of.reads(session::read_around{message_number{50}}, 4) == numbers{30, 40, 50, 60});
}

TEST_CASE("between two messages, from the first towards the second") {
    nine_messages of("between");
    CHECK(of.reads(session::read_between{message_number{20}, message_number{80}}, 2) ==
          numbers{30, 40});
    CHECK(of.reads(session::read_between{message_number{80}, message_number{20}}, 2) ==
          numbers{60, 70});
}

TEST_CASE("a page says when there is nothing beyond it") {
    nine_messages of("end");
    const auto at_end = [&of](const session::history_selector& which, std::uint32_t limit) {
        const session::history_query query{{1}, {1'000}, which, limit};
        return std::get<session::history_page>(of.reader->read(query)).at_end;
    };
    CHECK(at_end(session::read_before{message_number{30}}, 3));
    CHECK_FALSE(at_end(session::read_before{message_number{50}}, 3));
    CHECK(at_end(session::read_after{message_number{70}}, 3));
    CHECK_FALSE(at_end(session::read_after{message_number{50}}, 3));
    CHECK(at_end(session::read_latest{}, 10));
    CHECK_FALSE(at_end(session::read_latest{}, 5));
    CHECK(at_end(session::read_around{message_number{50}}, 40));
    CHECK_FALSE(at_end(session::read_around{message_number{20}}, 6)); // the start alone
}

TEST_CASE("times select as messages do, to the millisecond") {
    nine_messages of("times");
    CHECK(of.reads(session::read_before{at(5'000)}, 2) == numbers{30, 40});
    CHECK(of.reads(session::read_before{at(5'001)}, 2) == numbers{40, 50});
    CHECK(of.reads(session::read_after{at(5'000)}, 2) == numbers{60, 70});
    CHECK(of.reads(session::read_after{at(4'999)}, 2) == numbers{50, 60});
    CHECK(of.reads(session::read_between{at(2'000), at(4'000)}) == numbers{30});
}

TEST_CASE("an empty or unknown conversation has an empty page") {
    nine_messages of("unknown");
    CHECK(of.reads(session::read_latest{}, 10, 100, 99).empty());
    CHECK(of.reads(session::read_before{at(5'000)}, 10, 100, 99).empty());
}

TEST_CASE("another conversation's messages are never read") {
    nine_messages of("other");
    CHECK(of.reads(session::read_latest{}, 10, 100, 2) == numbers{35});
}

TEST_CASE("reactions are read only by those who ask for them") {
    nine_messages of("tags");
    CHECK(of.reads(session::read_between{message_number{50}, message_number{60}}).empty());
    const session::read_answer all = of.reader->read(
        session::history_query{{1},
                               {100},
                               session::read_between{message_number{50}, message_number{60}},
                               10,
                               {.tags = true}});
    CHECK(std::get<session::history_page>(all).messages.size() == 1);
}

TEST_CASE("a message comes back with everything that was said of it") {
    disk_database of("whole");
    chat::spoke said = disk_database::said(5);
    said.text = "¿qué tal? \U0001F600";
    said.tags = "+draft/reply=abc";
    said.kind = chat::message_kind::notice;
    of.commit({said}, at(1'234));
    const session::read_answer answer =
        of.reader->read(session::history_query{{1}, {9}, session::read_latest{}, 1});
    const session::stored_message& one = std::get<session::history_page>(answer).messages.front();
    CHECK(one.time == at(1'234));
    CHECK(one.kind == session::stored_kind::notice);
    CHECK(one.nickname == "ana");
    CHECK(one.user == "~a");
    CHECK(one.host == "127.0.0.1");
    CHECK(one.text == said.text);
    CHECK(one.tags == said.tags);
}

TEST_CASE("activity tells the newest time of each conversation between two times") {
    nine_messages of("activity");
    const auto active = [&](base::wall_time from, base::wall_time to, std::uint32_t limit) {
        const session::read_answer answer =
            of.reader->read(session::activity_query{{{1}, {2}, {3}}, from, to, limit});
        numbers found;
        for (const auto& one : std::get<session::activity_page>(answer).entries) {
            found.push_back(one.conversation.value);
        }
        return found;
    };
    CHECK(active(at(0), at(10'000), 10) == numbers{2, 1});
    CHECK(active(at(4'000), at(10'000), 10) == numbers{1});
    CHECK(active(at(0), at(10'000), 1) == numbers{2});
    CHECK(active(at(10'000), at(0), 1) == numbers{1});
}

TEST_CASE("what only some roles heard is in nobody's history") {
    disk_database of("some roles");
    chat::spoke whispered = disk_database::said(2);
    whispered.heard_from = chat::role::room_operator;
    of.commit({disk_database::said(1)}, at(1'000));
    of.commit({whispered}, at(9'000));
    CHECK(of.reads(session::read_latest{}) == numbers{1});
    const session::read_answer active =
        of.reader->read(session::activity_query{{{1}}, at(0), at(5'000), 10});
    CHECK(std::get<session::activity_page>(active).entries.size() == 1);
}

TEST_CASE("the highest numbers there are select as others do") {
    nine_messages of("highest");
    constexpr auto highest = std::numeric_limits<std::uint64_t>::max();
    constexpr auto highest_signed = std::uint64_t{std::numeric_limits<std::int64_t>::max()};
    CHECK(of.reads(session::read_latest{}, 1, highest) == numbers{90});
    CHECK(of.reads(session::read_latest{}, 1, highest_signed) == numbers{90});
    CHECK(of.reads(session::read_before{message_number{highest}}, 1) == numbers{90});
    CHECK(of.reads(session::read_after{message_number{highest}}).empty());
    CHECK(of.reads(session::read_before{at(9'000)}, 1, highest) == numbers{80});
}

TEST_CASE("a database that cannot be read is told as a failed read") {
    nine_messages of("unreadable");
    of.disk.die();
    const session::read_answer answer =
        of.reader->read(session::history_query{{1}, {100}, session::read_latest{}, 10});
    CHECK(std::holds_alternative<session::read_failed>(answer));
}

TEST_CASE("a message names its author's account, while there is one") {
    disk_database of("accounts");
    chat::spoke said = disk_database::said(5);
    auto ana = std::make_shared<chat::card>(*said.by);
    ana->person = {7};
    said.by = ana;
    const auto account = [&of] {
        const session::read_answer answer =
            of.reader->read(session::history_query{{1}, {9}, session::read_latest{}, 1});
        return std::get<session::history_page>(answer).messages.front().account;
    };
    of.commit({said});
    CHECK(account().empty());
    of.commit({chat::account_saved{{7}, {"Ana", "ana", 0, true}, at(1), 1, false, {}}});
    CHECK(account() == "Ana");
    of.commit({chat::account_ended{{7}}});
    CHECK(account().empty());
}

TEST_CASE("what a bot said is its for good") {
    disk_database of("bots");
    chat::spoke said = disk_database::said(5);
    auto robot = std::make_shared<chat::card>(*said.by);
    robot->bot = true;
    said.by = robot;
    of.commit({said, disk_database::said(6)});
    of.close();
    of.open();
    const session::read_answer answer =
        of.reader->read(session::history_query{{1}, {9}, session::read_latest{}, 2});
    const auto& messages = std::get<session::history_page>(answer).messages;
    REQUIRE(messages.size() == 2);
    CHECK(messages[0].bot);
    CHECK_FALSE(messages[1].bot);
}
