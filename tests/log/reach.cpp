// SPDX-License-Identifier: Apache-2.0
#include "log/reach.hpp"

#include "chat/script.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <memory>
#include <set>
#include <utility>
#include <vector>

using namespace tertulia;

namespace {

log::thread_set threads(std::initializer_list<std::size_t> of) {
    log::thread_set made;
    for (const std::size_t one : of) {
        made.set(one);
    }
    return made;
}

struct followed {
    log::reach reach;

    static chat::session_id on(std::uint16_t thread, std::uint32_t number = 1) {
        return {0, thread, number};
    }
    static chat::room_ref room(std::uint64_t number) {
        return std::make_shared<const chat::room_card>(chat::room_card{{number}, {}});
    }
    log::thread_set happens(chat::session_id author, chat::audience to, chat::event_body what) {
        return reach.follow({{author, 1}, {}, std::move(to), std::move(what)});
    }
    log::thread_set joins(chat::session_id who, std::uint64_t where) {
        chat::joined what;
        what.room = room(where);
        what.sessions = {who};
        return happens(who, chat::to_room{{where}}, what);
    }
    log::thread_set parts(chat::session_id who, std::uint64_t where) {
        chat::parted what;
        what.room = room(where);
        what.sessions = {who};
        return happens(who, chat::to_room{{where}}, what);
    }
    log::thread_set says(chat::session_id who, std::uint64_t where) {
        return happens(who, chat::to_room{{where}}, chat::spoke{});
    }
};

} // namespace

TEST_CASE("a reply goes to its session's thread alone") {
    followed log;
    CHECK(log.happens({}, chat::to_session{followed::on(3)}, chat::done{}) == threads({3}));
}

TEST_CASE("an event for the store alone goes to no thread") {
    followed log;
    CHECK(log.happens({}, chat::nobody{}, chat::numbers_reserved{}).none());
}

TEST_CASE("a message goes to the threads of the room's members") {
    followed log;
    log.joins(followed::on(1), 7);
    log.joins(followed::on(4), 7);
    log.joins(followed::on(2), 8);
    CHECK(log.says(followed::on(1), 7) == threads({1, 4}));
}

TEST_CASE("a newcomer's own join reaches her thread") {
    followed log;
    log.joins(followed::on(1), 7);
    CHECK(log.joins(followed::on(2), 7) == threads({1, 2}));
}

TEST_CASE("an author outside the room is reached by her own words") {
    followed log;
    log.joins(followed::on(1), 7);
    CHECK(log.says(followed::on(5), 7) == threads({1, 5}));
}

TEST_CASE("one who leaves is reached by her leave, and by nothing after") {
    followed log;
    log.joins(followed::on(1), 7);
    log.joins(followed::on(2), 7);
    CHECK(log.parts(followed::on(2), 7) == threads({1, 2}));
    CHECK(log.says(followed::on(1), 7) == threads({1}));
}

TEST_CASE("a thread hears as long as one of its sessions is left") {
    followed log;
    log.joins(followed::on(1), 7);
    log.joins(followed::on(2, 1), 7);
    log.joins(followed::on(2, 2), 7);
    log.parts(followed::on(2, 1), 7);
    CHECK(log.says(followed::on(1), 7) == threads({1, 2}));
}

TEST_CASE("who is gone from everywhere is counted in no room any more") {
    followed log;
    log.joins(followed::on(1), 7);
    log.joins(followed::on(2), 7);
    log.joins(followed::on(2), 8);
    chat::person_left what;
    what.sessions = {followed::on(2)};
    log.happens(followed::on(2), chat::to_rooms{{{7}, {8}}, {}}, what);
    CHECK(log.says(followed::on(1), 7) == threads({1}));
}

TEST_CASE("a session that goes while others of its person stay is counted no more") {
    followed log;
    log.joins(followed::on(1), 7);
    log.joins(followed::on(2), 7);
    log.happens(followed::on(1), chat::nobody{}, chat::session_left{{{7}}, followed::on(1)});
    CHECK(log.says(followed::on(2), 7) == threads({2}));
}

TEST_CASE("whatever people do, nobody is counted twice, and in the end nobody at all") {
    chat::heart heart(chat::restored{});
    log::reach reach;
    base::wall_time last;
    std::set<chat::conversation_id> rooms;
    const auto apply = [&](const chat::entry& next) {
        std::vector<chat::event> events;
        heart.apply(next, events);
        for (const chat::event& one : events) {
            reach.follow(one); // asserts that who leaves was there
            if (const auto* const where = std::get_if<chat::to_room>(&one.heard_by)) {
                rooms.insert(where->room);
            }
        }
        last = next.time;
    };
    chat::play(61, 60, apply);
    apply({{}, 0, last, chat::node_gone{0}});
    apply({{}, 0, last, chat::node_gone{1}});
    for (const chat::conversation_id one : rooms) {
        const chat::event unheard{{{0, 5, 1}, 1}, last, chat::to_room{one}, chat::spoke{}};
        CHECK(reach.follow(unheard) == threads({5})); // the author alone
    }
}
