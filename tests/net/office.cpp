// SPDX-License-Identifier: Apache-2.0
#include "net/office.hpp"

#include "base/limits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <future>
#include <initializer_list>
#include <utility>

using namespace tertulia;

namespace {

// Answers when it is let.
net::office::worker slow_worker(const std::shared_future<void>& go) {
    return [go](const net::question& /*what*/) -> net::answer {
        go.wait();
        return session::read_answer(session::history_page{});
    };
}

std::vector<net::job> jobs(std::size_t count, std::uint16_t thread) {
    std::vector<net::job> made;
    for (std::size_t i = 0; i < count; ++i) {
        made.push_back({{0, thread, 7}, session::read_query(session::history_query{})});
    }
    return made;
}

} // namespace

TEST_CASE("answers come into the box of the asker's thread") {
    net::reply_box one(10);
    net::reply_box two(10);
    std::promise<void> go;
    net::office reads("test", {slow_worker(go.get_future().share())}, 10, {&one, &two});
    auto asked = jobs(3, 2);
    reads.ask(asked);
    REQUIRE(asked.empty());
    go.set_value();
    std::vector<net::reply> answers;
    while (answers.size() < 3 && two.wait_take_all(answers)) {}
    CHECK(answers.front().session == chat::session_id{0, 2, 7});
    CHECK(std::holds_alternative<session::history_page>(
        std::get<session::read_answer>(answers.front().what)));
}

TEST_CASE("who asks for much waits for herself, and nobody for all of it") {
    struct errand final : session::chore {
        explicit errand(std::uint64_t asks) : whose(asks) {}
        void run() override {}
        [[nodiscard]] std::uint64_t asker() const override { return whose; }
        std::uint64_t whose;
    };
    net::reply_box box(10);
    std::promise<void> go;
    std::promise<void> begun;
    const net::office::worker slow = [&, let = go.get_future().share(),
                                      first = true](const net::question& /*what*/) mutable {
        if (std::exchange(first, false)) {
            begun.set_value();
        }
        let.wait();
        return net::answer(session::read_answer(session::history_page{}));
    };
    net::office works("test", {slow}, 10, {&box});
    std::uint32_t number = 0;
    const auto ask = [&](std::initializer_list<std::uint64_t> askers) {
        std::vector<net::job> asked;
        for (const std::uint64_t whose : askers) {
            asked.push_back({{0, 1, ++number}, std::make_unique<errand>(whose)});
        }
        works.ask(asked);
        REQUIRE(asked.empty());
    };
    ask({1, 1, 1, 1});
    begun.get_future().wait(); // with the first
    ask({2, 3, 3});
    go.set_value();
    std::vector<net::reply> answers;
    while (answers.size() < 7 && box.wait_take_all(answers)) {}
    std::vector<std::uint32_t> order;
    for (const net::reply& each : answers) {
        order.push_back(each.session.number);
    }
    CHECK(order == std::vector<std::uint32_t>{1, 5, 6, 2, 7, 3, 4});
}

TEST_CASE("too many questions are refused at once instead of waiting") {
    net::reply_box box(1U << 20U);
    std::promise<void> go;
    net::office reads("test", {slow_worker(go.get_future().share())}, 100, {&box});
    auto many = jobs(300, 1);
    reads.ask(many);
    CHECK(many.size() >= 300 - 2 * 100); // as many may be under way as wait
    CHECK(many.size() <= 200);
    go.set_value();
}

TEST_CASE("workers answer at the same time") {
    net::reply_box box(10);
    std::barrier both(2); // neither gets past it without the other
    const net::office::worker one = [&both](const net::question& /*what*/) -> net::answer {
        both.arrive_and_wait();
        return session::read_answer(session::history_page{});
    };
    net::office reads("test", {one, one}, 10, {&box});
    auto asked = jobs(2, 1);
    reads.ask(asked);
    std::vector<net::reply> answers;
    while (answers.size() < 2 && box.wait_take_all(answers)) {}
    CHECK(answers.size() == 2);
}

TEST_CASE("an office that closes ends what it has begun, and begins nothing that waits") {
    net::reply_box box(10);
    std::promise<void> begun;
    std::promise<void> go;
    std::atomic<int> done = 0;
    const net::office::worker one = [&](const net::question& /*what*/) -> net::answer {
        if (++done == 1) {
            begun.set_value();
            go.get_future().wait();
        }
        return session::read_answer(session::history_page{});
    };
    {
        net::office reads("test", {one}, 10, {&box});
        auto asked = jobs(5, 1);
        reads.ask(asked);
        REQUIRE(asked.empty());
        begun.get_future().wait();
        reads.close();
        auto more = jobs(1, 1);
        reads.ask(more);
        CHECK(more.size() == 1);
        go.set_value();
    }
    CHECK(done == 1);
    std::vector<net::reply> answers;
    box.take_all(answers);
    CHECK(answers.size() == 1);
}

TEST_CASE("an office without workers refuses everything") {
    net::office nobody("test", {}, 10, {});
    auto asked = jobs(2, 1);
    nobody.ask(asked);
    CHECK(asked.size() == 2);
}
