// SPDX-License-Identifier: Apache-2.0
#include "net/read_thread.hpp"

#include "base/limits.hpp"

#include <doctest/doctest.h>

#include <future>

using namespace tertulia;

namespace {

// Answers when it is let.
struct slow_reader final : session::reader {
    explicit slow_reader(std::shared_future<void> go) : go_(std::move(go)) {}
    session::read_answer read(const session::read_query& /*what*/) override {
        go_.wait();
        return session::history_page{};
    }
    std::shared_future<void> go_;
};

std::vector<net::read_job> jobs(std::size_t count, std::uint16_t thread) {
    return std::vector<net::read_job>(count, {{0, thread, 7}, session::history_query{}});
}

} // namespace

TEST_CASE("answers come into the box of the asker's thread") {
    net::reply_box one(10);
    net::reply_box two(10);
    std::promise<void> go;
    net::read_thread reads(std::make_unique<slow_reader>(go.get_future().share()), {&one, &two});
    auto asked = jobs(3, 2);
    REQUIRE(reads.ask(asked));
    go.set_value();
    std::vector<net::read_reply> answers;
    while (answers.size() < 3 && two.wait_take_all(answers)) {}
    CHECK(answers.front().session == chat::session_id{0, 2, 7});
    CHECK(std::holds_alternative<session::history_page>(answers.front().what));
}

TEST_CASE("too many questions are refused at once instead of waiting") {
    net::reply_box box(1U << 20U);
    std::promise<void> go;
    net::read_thread reads(std::make_unique<slow_reader>(go.get_future().share()), {&box});
    bool taken = true;
    for (int i = 0; i < 3 && taken; ++i) { // the first may already be under way
        auto many = jobs(base::limits::reads_waiting_max, 1);
        taken = reads.ask(many);
        CHECK(many.empty() == taken);
    }
    CHECK_FALSE(taken);
    go.set_value();
}
