// SPDX-License-Identifier: Apache-2.0
#include "bench/presence.hpp"

#include "bench/meter.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>
#include <vector>

namespace tertulia::bench {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{60};
constexpr std::size_t warm_up = 200; // connections that the server's first allocations are left to
constexpr std::size_t at_a_time = 500;

std::vector<newcomer> people(std::size_t first, std::size_t count) {
    std::vector<newcomer> all;
    for (std::size_t i = first; i < first + count; ++i) {
        all.push_back({.name = fmt::format("i{:06}", i), .rooms = {}});
    }
    return all;
}

class passers_by final : public ears {
public:
    passers_by(const endpoint& server, std::size_t count) : here_(server, *this), left_(count) {}

    void hear(std::size_t /*who*/, std::string_view /*line*/) override {}
    void arrive(std::size_t who) override { here_.say(who, "QUIT"); }
    void leave(std::size_t /*who*/, std::string_view /*error*/) override {
        ++gone_;
        invite();
    }

    void run() {
        const std::size_t all = left_;
        const auto end = clock::now() + patience;
        for (std::size_t i = 0; i < at_a_time; ++i) {
            invite();
        }
        while (gone_ < all) {
            here_.turn(std::chrono::milliseconds(100));
            if (clock::now() > end) {
                throw std::runtime_error(fmt::format("only {} of {} came and went", gone_, all));
            }
        }
    }

private:
    void invite() {
        if (left_ > 0) {
            --left_;
            here_.invite({.name = fmt::format("r{:06}", left_), .rooms = {}});
        }
    }

    crowd here_;
    std::size_t left_;
    std::size_t gone_ = 0;
};

} // namespace

std::string measure_idle(const endpoint& server, pid_t process, std::size_t count) {
    const server_meter meter(process);
    silence nobody;
    crowd here(server, nobody);
    here.gather(people(0, warm_up), patience);
    const std::size_t before = meter.user_memory();
    here.gather(people(warm_up, count), patience);
    const std::size_t after = meter.user_memory();
    const double bytes = static_cast<double>(after) - static_cast<double>(before);
    return fmt::format(R"({{"idle_bytes": {:.0f}}})", bytes / static_cast<double>(count));
}

std::string measure_register(const endpoint& server, pid_t process, std::size_t count) {
    const server_meter meter(process);
    passers_by people(server, count);
    const auto began = clock::now();
    const auto spent_before = meter.processor_time();
    people.run();
    const double seconds = std::chrono::duration<double>(clock::now() - began).count();
    const auto spent = static_cast<double>((meter.processor_time() - spent_before).count());
    return fmt::format(R"({{"registrations_per_second": {:.0f}, )"
                       R"("processor_us_per_registration": {:.1f}}})",
                       static_cast<double>(count) / seconds, spent / static_cast<double>(count));
}

} // namespace tertulia::bench
