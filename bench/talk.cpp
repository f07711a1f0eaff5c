// SPDX-License-Identifier: Apache-2.0
#include "bench/talk.hpp"

#include "bench/meter.hpp"

#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <cstdint>
#include <deque>
#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <vector>

namespace tertulia::bench {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{60};
constexpr std::chrono::seconds warm_up{1};
constexpr std::size_t audience_threads = 2;
// With its counter in front, what people write is about so long.
constexpr std::string_view text = "and so it goes, the talk of an evening in the café :-)";

// Those who only listen, on a thread of their own, so that they don't delay the senders.
class audience final : public ears {
public:
    audience(endpoint server, std::vector<newcomer> who)
        : work_(std::async(std::launch::async, [this, server, who = std::move(who)] {
              crowd here(server, *this);
              come(here, who);
              while (!over_) {
                  here.turn(std::chrono::milliseconds(50));
              }
          })) {}
    ~audience() override {
        over_ = true;
        if (work_.valid()) {
            work_.wait();
        }
    }
    audience(const audience&) = delete;
    audience& operator=(const audience&) = delete;

    void hear(std::size_t /*who*/, std::string_view /*line*/) override {
        heard_.fetch_add(1, std::memory_order_relaxed);
    }

    [[nodiscard]] std::uint64_t heard() const { return heard_; }
    // Waits until all are there, or throws what keeps them away.
    void wait() { arrival_.get_future().get(); }
    // Throws what went wrong over there since, if anything did.
    void look_after() {
        if (work_.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
            work_.get();
        }
    }

private:
    void come(crowd& here, const std::vector<newcomer>& who) {
        try {
            here.gather(who, patience);
            arrival_.set_value();
        } catch (...) {
            arrival_.set_exception(std::current_exception());
            over_ = true;
        }
    }

    std::atomic<std::uint64_t> heard_ = 0;
    std::atomic<bool> over_ = false;
    std::promise<void> arrival_;
    std::future<void> work_;
};

std::string room_name(std::size_t number) { return fmt::format("#room{}", number); }

// The number of the sender who said this: ":s0042!… PRIVMSG …".
std::optional<std::size_t> sender_of(std::string_view line) {
    if (!line.starts_with(":s") || line.size() < 7 || line[6] != '!') {
        return {};
    }
    std::size_t number = 0;
    std::from_chars(line.data() + 2, line.data() + 6, number);
    return number;
}

bool grants_echo(const endpoint& server) {
    silence nobody;
    crowd here(server, nobody);
    here.gather({{.name = "probe", .rooms = {}}}, patience);
    return here.has_echo(0);
}

class speakers final : public ears {
public:
    speakers(const endpoint& server, const talk_plan& plan)
        : plan_(plan), here_(server, *this), echo_(grants_echo(server)),
          sent_at_(plan.rooms * plan.senders) {
        std::vector<newcomer> who;
        for (std::size_t number = 0; number < sent_at_.size(); ++number) {
            who.push_back({.name = fmt::format("s{:04}", number), .rooms = rooms_of(number)});
        }
        here_.gather(who, patience);
    }

    void hear(std::size_t who, std::string_view line) override {
        ++heard_;
        const auto source = sender_of(line);
        if (!source || who != witness_of(*source) || sent_at_[*source].empty()) {
            return;
        }
        delays_.add(clock::now() - sent_at_[*source].front());
        sent_at_[*source].pop_front();
        if (plan_.rate == 0) {
            speak(*source);
        }
    }

    void begin() {
        for (std::size_t number = 0; plan_.rate == 0 && number < sent_at_.size(); ++number) {
            for (std::size_t under_way = 0; under_way < plan_.window; ++under_way) {
                speak(number);
            }
        }
        began_ = clock::now();
    }

    void turn() {
        const std::chrono::duration<double> since = clock::now() - began_;
        while (plan_.rate > 0 && static_cast<double>(spoken_) < since.count() * plan_.rate) {
            speak(spoken_ % sent_at_.size());
        }
        here_.turn(std::chrono::milliseconds(1));
    }

    [[nodiscard]] std::uint64_t heard() const { return heard_; }
    [[nodiscard]] bool echo() const { return echo_; }
    [[nodiscard]] delays& measured() { return delays_; }

private:
    // Its own, and for servers without echo its predecessor's too.
    [[nodiscard]] std::vector<std::string> rooms_of(std::size_t sender) const {
        const std::size_t before = (sender + sent_at_.size() - 1) % sent_at_.size();
        std::vector<std::string> rooms{room_name(sender / plan_.senders)};
        if (!echo_ && before / plan_.senders != sender / plan_.senders) {
            rooms.push_back(room_name(before / plan_.senders));
        }
        return rooms;
    }

    [[nodiscard]] std::size_t witness_of(std::size_t sender) const {
        return echo_ ? sender : (sender + 1) % sent_at_.size();
    }

    void speak(std::size_t sender) {
        here_.say(sender, fmt::format("PRIVMSG {} :{:08} {}", room_name(sender / plan_.senders),
                                      spoken_++, text));
        sent_at_[sender].push_back(clock::now());
    }

    talk_plan plan_;
    crowd here_;
    bool echo_;
    std::vector<std::deque<clock::time_point>> sent_at_; // of each sender's messages under way
    std::uint64_t heard_ = 0;
    std::size_t spoken_ = 0;
    clock::time_point began_;
    delays delays_;
};

using audiences = std::vector<std::unique_ptr<audience>>;

audiences invite_audiences(const endpoint& server, const talk_plan& plan) {
    const std::size_t listeners = plan.members - plan.senders;
    std::vector<std::vector<newcomer>> groups(audience_threads);
    for (std::size_t i = 0; i < plan.rooms * listeners; ++i) {
        groups[i % audience_threads].push_back(
            {.name = fmt::format("h{:05}", i), .rooms = {room_name(i / listeners)}});
    }
    audiences made;
    for (std::vector<newcomer>& group : groups) {
        if (!group.empty()) {
            made.push_back(std::make_unique<audience>(server, std::move(group)));
        }
    }
    return made;
}

struct reading {
    clock::time_point at;
    std::chrono::microseconds processor_time;
    std::uint64_t heard;
};

reading read_now(const server_meter& meter, const speakers& front, const audiences& back) {
    reading now{
        .at = clock::now(), .processor_time = meter.processor_time(), .heard = front.heard()};
    for (const auto& each : back) {
        now.heard += each->heard();
    }
    return now;
}

void talk_for(std::chrono::seconds lasting, speakers& front, audiences& back) {
    const auto end = clock::now() + lasting;
    while (clock::now() < end) {
        front.turn();
    }
    for (const auto& each : back) {
        each->look_after();
    }
}

} // namespace

std::string measure_talk(const endpoint& server, pid_t process, const talk_plan& plan) {
    const server_meter meter(process);
    audiences back = invite_audiences(server, plan);
    for (const auto& each : back) {
        each->wait();
    }
    speakers front(server, plan);
    front.begin();
    talk_for(warm_up, front, back);

    front.measured().clear();
    const reading before = read_now(meter, front, back);
    talk_for(plan.lasting, front, back);
    const reading after = read_now(meter, front, back);

    const double seconds = std::chrono::duration<double>(after.at - before.at).count();
    const auto heard = static_cast<double>(after.heard - before.heard);
    const auto said = static_cast<double>(front.measured().count());
    const auto spent = static_cast<double>((after.processor_time - before.processor_time).count());
    return fmt::format(R"({{"echo": {}, "messages_per_second": {:.0f}, )"
                       R"("deliveries_per_second": {:.0f}, "processor_us_per_delivery": {:.3f}, )"
                       R"("processor_us_per_message": {:.3f}, "processors": {:.2f}, )"
                       R"("delay_median_ms": {:.3f}, "delay_p99_ms": {:.3f}}})",
                       front.echo(), said / seconds, heard / seconds, spent / heard, spent / said,
                       spent / 1e6 / seconds, front.measured().quantile(0.5),
                       front.measured().quantile(0.99));
}

} // namespace tertulia::bench
