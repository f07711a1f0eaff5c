// SPDX-License-Identifier: Apache-2.0
#include "log/alone.hpp"

#include <doctest/doctest.h>

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace tertulia;

namespace {

// A disk on which each commit waits until the test lets it through.
class slow_disk final : public store::storage {
public:
    base::result<void> commit(std::span<const chat::batch_ref> batches) override {
        begun.push(static_cast<int>(batches.size()));
        std::vector<std::optional<std::string>> verdict;
        verdicts.wait_take_all(verdict);
        if (!verdict.empty() && verdict.front()) {
            return base::failure(*verdict.front());
        }
        return {};
    }
    base::result<bool> tidy() override { return false; }
    [[nodiscard]] std::uint64_t free_space() const override {
        asked.push(0);
        return space;
    }

    // Waits until the core is about to apply what was submitted last.
    void next_application() {
        std::vector<int> times;
        asked.wait_take_all(times);
    }

    // How many batches the next commit has; waits for it to begin.
    int next_commit() {
        std::vector<int> sizes;
        begun.wait_take_all(sizes);
        return sizes.front();
    }
    void succeeds() { verdicts.push(std::nullopt); }
    void fails(std::string why) { verdicts.push(std::move(why)); }
    void succeeds_from_now_on() { verdicts.close(); }

    std::uint64_t space = 1'000;
    mutable base::mailbox<int> asked{100};
    base::mailbox<int> begun{100};
    base::mailbox<std::optional<std::string>> verdicts{100};
};

struct running_log {
    chat::heart heart{chat::restored{}};
    slow_disk disk;
    log::batch_box box{100};
    std::promise<std::string> failure;
    std::unique_ptr<log::alone> log = std::make_unique<log::alone>(
        heart, base::wall_time{}, disk, std::vector<log::batch_box*>{&box},
        log::alone_options{.space_reserve = 100, .commit_failed = [this](const base::error& why) {
                               failure.set_value(why.sentence);
                           }});
    std::uint32_t serial = 0;

    ~running_log() { disk.succeeds_from_now_on(); }

    static constexpr chat::session_id ana{0, 1, 1};

    static base::name name(const std::string& typed) { return {typed, typed, 0, true}; }
    void submit(chat::command what) { log->line().push({ana, ++serial, std::move(what)}); }
    void connects() {
        chat::connect guest;
        guest.nickname = name("ana");
        submit(guest);
    }
    void joins(const std::string& room) { submit(chat::join{name(room), {}}); }
    std::vector<chat::event> hears() {
        std::vector<chat::batch_ref> batches;
        box.wait_take_all(batches);
        std::vector<chat::event> events;
        for (const chat::batch_ref& one : batches) {
            events.insert(events.end(), one->events.begin(), one->events.end());
        }
        return events;
    }
    bool hears_nothing() {
        std::vector<chat::batch_ref> batches;
        box.take_all(batches);
        return batches.empty();
    }
};

template <class Body>
bool has(const std::vector<chat::event>& events) {
    return std::ranges::any_of(
        events, [](const chat::event& one) { return std::holds_alternative<Body>(one.what); });
}

} // namespace

TEST_CASE("an event leaves only after its batch is durable") {
    running_log at;
    at.connects();
    at.disk.next_commit(); // the first numbers are promised
    CHECK(at.hears_nothing());
    at.disk.succeeds();
    CHECK(has<chat::welcomed>(at.hears()));
}

TEST_CASE("what need not last leaves without a commit") {
    running_log at;
    at.connects();
    at.disk.succeeds();
    at.hears();
    at.disk.next_commit();
    at.submit(chat::set_away{"comiendo"});
    CHECK(has<chat::away_changed>(at.hears())); // no verdict was given
}

TEST_CASE("what came in during a commit is committed together by the next one") {
    running_log at;
    at.connects();
    at.disk.next_application();
    at.disk.next_commit();
    for (const char* room : {"#a", "#b", "#c", "#d"}) {
        at.joins(room);
        at.disk.next_application(); // so the one before it waits for the disk by now
    }
    at.disk.succeeds();
    CHECK(at.disk.next_commit() >= 3);
}

TEST_CASE("a failed commit is reported and nothing of it leaves") {
    running_log at;
    at.connects();
    at.disk.fails("the disk is broken");
    CHECK(at.failure.get_future().get() == "the disk is broken");
    at.log.reset();
    CHECK(at.hears_nothing());
}

TEST_CASE("below the reserve of space nothing lasting is taken, and the rest goes on") {
    running_log at;
    at.disk.space = 99;
    at.connects();
    at.disk.succeeds();
    CHECK(has<chat::welcomed>(at.hears()));
    at.joins("#new");
    CHECK(has<chat::refused>(at.hears()));
}

TEST_CASE("what was submitted before the end is applied, committed and handed out") {
    running_log at;
    at.connects();
    at.disk.succeeds();
    at.log.reset();
    CHECK(has<chat::welcomed>(at.hears()));
}
