// SPDX-License-Identifier: Apache-2.0
#include "log/sequencer.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <utility>
#include <vector>

using namespace tertulia;

namespace {

constexpr chat::session_id ana{0, 1, 1};

base::wall_time at(int milliseconds) {
    return base::wall_time{std::chrono::milliseconds{milliseconds}};
}

base::name name(const std::string& typed) { return {typed, typed, 0, true}; }

struct line {
    chat::heart heart{chat::restored{}};
    log::sequencer order{heart, at(1'000)};

    log::sequenced takes(chat::command what, base::wall_time now,
                         log::space left = log::space::enough) {
        chat::submission one{ana, 1, std::move(what)};
        return order.apply({&one, 1}, now, left);
    }
    log::sequenced connects(base::wall_time now) {
        chat::connect guest;
        guest.nickname = name("ana");
        return takes(guest, now);
    }
};

chat::reason refusal(const log::sequenced& of) {
    return std::get<chat::refused>(of.batch->events.front().what).why;
}

} // namespace

TEST_CASE("time never runs back, whatever the clock does") {
    line of;
    CHECK(of.connects(at(500)).batch->events.front().time == at(1'000));
    CHECK(of.takes(chat::set_away{"a"}, at(2'000)).batch->events.front().time == at(2'000));
    CHECK(of.takes(chat::set_away{"b"}, at(1'500)).batch->events.front().time == at(2'000));
}

TEST_CASE("a batch lasts when one of its events must") {
    line of;
    CHECK(of.connects(at(0)).batch->lasting); // numbers are promised
    CHECK_FALSE(of.takes(chat::set_away{"a"}, at(0)).batch->lasting);
    CHECK(of.takes(chat::join{name("#new"), {}}, at(0)).batch->lasting);
}

TEST_CASE("with scarce space a lasting command is refused before it is applied") {
    line of;
    of.connects(at(0));
    const log::sequenced made = of.takes(chat::join{name("#new"), {}}, at(0), log::space::scarce);
    CHECK(refusal(made) == chat::reason::no_space);
    CHECK(std::holds_alternative<chat::done>(made.batch->events.back().what));
    CHECK(of.heart.lasting_state().rooms.empty());
}

TEST_CASE("the author's thread is among the hearers of the refusal") {
    line of;
    of.connects(at(0));
    const log::sequenced made = of.takes(chat::join{name("#new"), {}}, at(0), log::space::scarce);
    CHECK(made.hearers.test(ana.thread));
}

TEST_CASE("a question takes its place in the line") {
    line of;
    chat::connect guest;
    guest.nickname = name("ana");
    std::vector<chat::submission> both{{ana, 1, guest},
                                       {ana, 2, chat::question{chat::ask_counts{}}}};
    const log::sequenced made = of.order.apply(both, at(0), log::space::enough);
    std::vector<std::uint32_t> finished;
    for (const chat::event& one : made.batch->events) {
        if (std::holds_alternative<chat::done>(one.what)) {
            finished.push_back(one.cause.serial);
        }
    }
    CHECK(finished == std::vector<std::uint32_t>{1, 2});
}
