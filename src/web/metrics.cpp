// SPDX-License-Identifier: Apache-2.0
#include "web/metrics.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sys/resource.h>
#include <unistd.h>
#include <variant>

namespace tertulia::web {
namespace {

void add(std::string_view name, std::string_view kind, std::string_view help, double value,
         std::string& to) {
    to += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", name, help, kind, value);
}

double resident_memory() {
    std::uint64_t whole = 0;
    std::uint64_t resident = 0;
    std::ifstream("/proc/self/statm") >> whole >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double processor_seconds() {
    constexpr double microseconds = 1e6;
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / microseconds;
}

// A proxy beside us that nobody named as trusted passes on what anybody asks it: its address is not
// the reader's.
bool passed_on(const request& asked) {
    const bool says_so = !asked.head.field("x-forwarded-for").empty() ||
                         !asked.head.field("forwarded").empty() ||
                         !asked.head.field("x-real-ip").empty();
    return says_so && !asked.relayed;
}

class metrics final : public handler {
public:
    explicit metrics(const metrics_options& with) : with_(with) {}

    void begin(exchange& of) override {
        if (with_.readers.trusted(of.asked().from.address) && !passed_on(of.asked())) {
            of.submit(chat::question(chat::ask_counts{}));
        } else {
            of.respond(refusal(404, "not_found", "There is nothing here."));
        }
    }

    void hear_event(const chat::event& what, exchange& of) override {
        if (const auto* const said = std::get_if<chat::answered>(&what.what)) {
            counts_ = std::get<chat::counts_answer>(*said->what);
        } else if (std::holds_alternative<chat::done>(what.what)) {
            tell(of);
        }
    }

private:
    void tell(exchange& of) const {
        std::string text = fmt::format("# HELP tertulia_info The version that runs.\n"
                                       "# TYPE tertulia_info gauge\n"
                                       "tertulia_info{{version=\"{}\"}} 1\n",
                                       with_.version);
        add("tertulia_persons", "gauge", "People who are here.", counts_.persons, text);
        add("tertulia_persons_max", "gauge", "The most that were here since the start.",
            counts_.persons_max, text);
        add("tertulia_rooms", "gauge", "Rooms that there are.", counts_.rooms, text);
        add("process_start_time_seconds", "gauge", "Start of the process, since the Unix epoch.",
            static_cast<double>(with_.started_at.time_since_epoch().count() / 1000), text);
        add("process_resident_memory_bytes", "gauge", "Resident memory.", resident_memory(), text);
        add("process_cpu_seconds_total", "counter", "Processor time, user and system.",
            processor_seconds(), text);
        response made{200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, {}};
        made.body = std::move(text);
        of.respond(std::move(made));
    }

    const metrics_options& with_;
    chat::counts_answer counts_;
};

} // namespace

route metrics_route(const metrics_options& with) {
    return {"GET", "/metrics", [&with] { return std::make_unique<metrics>(with); }};
}

} // namespace tertulia::web
