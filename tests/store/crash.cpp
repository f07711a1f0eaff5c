// SPDX-License-Identifier: Apache-2.0
// A database through many lives: commits, tidying and starts, each cut off anywhere by the death of
// the process or of the machine. Whatever was committed is there, in order, once; nothing by
// halves.
#include "sim/dice.hpp"
#include "store/fixture.hpp"

#include <set>

using namespace tertulia;
using namespace tertulia::store;

namespace {

constexpr std::uint64_t talk = 1;   // a conversation that stays
constexpr std::uint64_t ending = 2; // conversations from here on end and are tidied away

class many_lives {
public:
    explicit many_lives(std::uint64_t seed) : seed_(seed), chance_(seed), disk_("lives") {}

    void live() {
        for (int life = 0; life < 6; ++life) {
            if (start()) {
                check();
                work();
            }
            end();
        }
        while (!start()) {
            end();
        }
        check();
    }

private:
    [[nodiscard]] database_options options() const {
        return {"/tertulia.db", disk_.name(), checkpoints::in_tidy,
                [this] { return disk_.free_space(); }};
    }

    // May be cut off as well.
    bool start() {
        base::result<opened> made = open_database(options());
        const bool works = made.has_value();
        INFO("seed ", seed_, ": ", works ? "" : made.error().sentence);
        REQUIRE((works || disk_.dead()));
        if (works) {
            now_ = std::move(*made);
        }
        return works && !disk_.dead();
    }

    void work() {
        const auto operations = static_cast<std::uint32_t>(1 + chance_.below(250));
        chance_.one_in(4) ? disk_.fail_after(operations) : disk_.die_after(operations);
        // A commit is at least one operation; a failure that harms nothing ends no life.
        for (std::uint32_t left = operations; left > 0 && commit(); --left) {
            if (chance_.one_in(5) && !now_.writer->tidy()) {
                return;
            }
        }
    }

    // Of one to five messages, now and then with a conversation that ends.
    bool commit() {
        std::uint64_t last = promised_;
        auto batch = std::make_shared<chat::batch>();
        const auto say = [&](chat::event_body what) {
            batch->events.push_back({{}, at(1'000), chat::nobody{}, std::move(what)});
        };
        for (std::uint64_t left = 1 + chance_.below(5); left > 0; --left) {
            say(disk_database::said(++last, talk));
        }
        if (chance_.one_in(8)) {
            const std::uint64_t passing = ending + last;
            say(chat::conversation_opened{{passing}, {}, {}});
            say(disk_database::said(last, passing));
            say(chat::conversation_ended{{passing}});
        }
        const chat::batch_ref shared = batch;
        cut_off_.insert(last);
        if (!now_.writer->commit({&shared, 1})) {
            return false;
        }
        promise(last);
        return true;
    }

    void end() {
        const bool machine = chance_.one_in(2);
        disk_.die();
        now_ = {};
        machine ? disk_.power_cut(chance_.below(1U << 30U)) : disk_.restart();
        if (chance_.one_in(3)) {
            disk_.die_after(static_cast<std::uint32_t>(1 + chance_.below(10)));
        }
    }

    void check() {
        const auto reader = std::move(*open_reader(options()));
        numbers found;
        const session::read_answer answer = reader->read(
            session::history_query{{talk}, {1'000'000}, session::read_latest{}, 1'000'000});
        for (const session::stored_message& one :
             std::get<session::history_page>(answer).messages) {
            found.push_back(one.number.value);
        }
        INFO("seed ", seed_, ": ", found.size(), " found, ", promised_, " promised");
        REQUIRE((found.size() == promised_ || cut_off_.contains(found.size())));
        for (std::uint64_t i = 0; i < found.size(); ++i) {
            REQUIRE(found[i] == i + 1);
        }
        CHECK(now_.heart.conversations.empty());
        if (found.size() != promised_) {
            promise(found.size());
        }
    }

    void promise(std::uint64_t last) {
        promised_ = last;
        cut_off_.clear();
    }

    std::uint64_t seed_;
    sim::dice chance_;
    sim::lossy_disk disk_;
    opened now_;
    std::uint64_t promised_ = 0; // the last message whose commit returned
    // The last messages of the commits since then that did not. Any of them may be found, even one
    // from some lives ago: sectors that a later attempt wrote alike can complete it.
    std::set<std::uint64_t> cut_off_;
};

} // namespace

TEST_CASE("nothing that was committed is lost in many lives and deaths") {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        many_lives(seed).live();
    }
}
