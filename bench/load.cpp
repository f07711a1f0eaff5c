// SPDX-License-Identifier: Apache-2.0
// The load generator's command line: one scenario against one server, its figures as a line of JSON
// on stdout.
#include "bench/presence.hpp"
#include "bench/talk.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <exception>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/resource.h>

namespace tertulia::bench {

namespace {

constexpr std::string_view usage =
    "tertulia_load SCENARIO --pid PID --port PORT [--websocket 1] [--KEY NUMBER]…\n"
    "  fanout    one room; --members 100 --senders 10 --window 4 --seconds 5\n"
    "  durable   a room for each sender; --senders 10 --window 4 --seconds 5\n"
    "  delay     one room, a moderate rate; --members 100 --senders 10 --rate 200 --seconds 5\n"
    "  idle      connections that say nothing; --count 10000\n"
    "  register  connections that come and go; --count 5000\n";

using settings = std::map<std::string, std::size_t, std::less<>>;

settings read_settings(std::span<char*> words) {
    settings all{{"members", 100}, {"senders", 10}, {"window", 4}, {"seconds", 5},  {"rate", 200},
                 {"count", 5000},  {"pid", 0},      {"port", 0},   {"websocket", 0}};
    for (std::size_t i = 0; i < words.size(); i += 2) {
        const std::string_view key = words[i];
        const auto row = all.find(key.starts_with("--") ? key.substr(2) : key);
        if (row == all.end() || i + 1 == words.size()) {
            throw std::invalid_argument(fmt::format("not understood: {}\n\n{}", key, usage));
        }
        const std::string_view value = words[i + 1];
        const auto read = std::from_chars(value.data(), value.data() + value.size(), row->second);
        if (read.ptr != value.data() + value.size()) {
            throw std::invalid_argument(fmt::format("{} wants a number, not {}", key, value));
        }
    }
    return all;
}

talk_plan plan_of(std::string_view scenario, const settings& with) {
    const std::chrono::seconds lasting(with.at("seconds"));
    if (scenario == "durable") {
        return {.rooms = with.at("senders"), .window = with.at("window"), .lasting = lasting};
    }
    talk_plan plan{.members = with.at("members"),
                   .senders = with.at("senders"),
                   .window = with.at("window"),
                   .lasting = lasting};
    if (scenario == "delay") {
        plan.rate = static_cast<double>(with.at("rate"));
    }
    return plan;
}

std::string measure(std::string_view scenario, const settings& with) {
    const endpoint server{.port = static_cast<std::uint16_t>(with.at("port")),
                          .over = with.at("websocket") == 0 ? carrier::tcp : carrier::websocket};
    const auto process = static_cast<pid_t>(with.at("pid"));
    if (scenario == "idle") {
        return measure_idle(server, process, with.at("count"));
    }
    if (scenario == "register") {
        return measure_register(server, process, with.at("count"));
    }
    if (scenario == "fanout" || scenario == "durable" || scenario == "delay") {
        return measure_talk(server, process, plan_of(scenario, with));
    }
    throw std::invalid_argument(std::string(usage));
}

void allow_many_files() {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

} // namespace

} // namespace tertulia::bench

int main(int count, char** words) {
    using namespace tertulia::bench;
    const std::span<char*> all(words, static_cast<std::size_t>(count));
    try {
        allow_many_files();
        if (all.size() < 2) {
            throw std::invalid_argument(std::string(usage));
        }
        fmt::print("{}\n", measure(all[1], read_settings(all.subspan(2))));
        return 0;
    } catch (const std::exception& problem) {
        fmt::print(stderr, "tertulia_load: {}\n", problem.what());
        return 1;
    }
}
