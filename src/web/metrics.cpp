// SPDX-License-Identifier: Apache-2.0
#include "web/metrics.hpp"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string_view>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>
#include <utility>
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

// What is on the disk; a question of milliseconds, unless the disk is slow.
struct disk_use final : session::chore {
    std::filesystem::path database;
    session::file_keeper* keeper = nullptr;

    std::optional<std::uint64_t> messages, files, free; // bytes; none: that cannot be asked

    void run() override {
        std::error_code fault;
        const std::uint64_t size = std::filesystem::file_size(database, fault);
        if (!fault) {
            const std::uint64_t log = std::filesystem::file_size(database.string() + "-wal", fault);
            messages = size + (fault ? 0 : log); // there may be none
        }
        files = keeper == nullptr ? 0 : keeper->used();
        const std::filesystem::space_info there = std::filesystem::space(database, fault);
        if (!fault) {
            free = there.available;
        }
    }
};

class metrics final : public handler {
public:
    explicit metrics(std::shared_ptr<const metrics_options> with) : with_(std::move(with)) {}

    void begin(exchange& of) override {
        if (with_->readers.trusted(of.asked().from.address) && !passed_on(of.asked())) {
            of.submit(chat::question(chat::ask_counts{}));
        } else {
            of.respond(refusal(404, "not_found", "There is nothing here."));
        }
    }

    void hear_event(const chat::event& what, exchange& of) override {
        if (const auto* const said = std::get_if<chat::answered>(&what.what)) {
            counts_ = std::get<chat::counts_answer>(*said->what);
        } else if (std::holds_alternative<chat::done>(what.what)) {
            auto look = std::make_unique<disk_use>();
            look->database = with_->database;
            look->keeper = with_->files;
            of.work(std::move(look));
        }
    }

    void hear_chore(session::chore_done what, exchange& of) override {
        std::string text = fmt::format("# HELP tertulia_info The version that runs.\n"
                                       "# TYPE tertulia_info gauge\n"
                                       "tertulia_info{{version=\"{}\"}} 1\n",
                                       with_->version);
        add("tertulia_persons", "gauge", "People who are here.", counts_.persons, text);
        add("tertulia_persons_max", "gauge", "The most that were here since the start.",
            counts_.persons_max, text);
        add("tertulia_sessions", "gauge", "Connections of theirs.", counts_.sessions, text);
        add("tertulia_rooms", "gauge", "Rooms that there are.", counts_.rooms, text);
        add("tertulia_messages_total", "counter", "Messages that were said since the start.",
            static_cast<double>(counts_.spoken), text);
        if (what.ran) { // else too much was to be done on the disk
            add_disk(static_cast<const disk_use&>(*what.what), text);
        }
        const auto start = with_->started_at.time_since_epoch();
        add("process_start_time_seconds", "gauge", "Start of the process, since the Unix epoch.",
            static_cast<double>(std::chrono::floor<std::chrono::seconds>(start).count()), text);
        add("process_resident_memory_bytes", "gauge", "Resident memory.", resident_memory(), text);
        add("process_cpu_seconds_total", "counter", "Processor time, user and system.",
            processor_seconds(), text);
        response made{200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, {}};
        made.body = std::move(text);
        of.respond(std::move(made));
    }

private:
    static void add_disk(const disk_use& found, std::string& text) {
        const auto add_bytes = [&](std::string_view name, std::string_view help,
                                   std::optional<std::uint64_t> bytes) {
            if (bytes) {
                add(name, "gauge", help, static_cast<double>(*bytes), text);
            }
        };
        add_bytes("tertulia_database_bytes", "The database of messages, with its log.",
                  found.messages);
        add_bytes("tertulia_files_bytes", "Files that were handed in.", found.files);
        add_bytes("tertulia_disk_free_bytes", "What is free where the data are.", found.free);
    }

    const std::shared_ptr<const metrics_options> with_;
    chat::counts_answer counts_;
};

} // namespace

route metrics_route(metrics_options with) {
    return {"GET", "/metrics", [with = std::make_shared<const metrics_options>(std::move(with))] {
                return std::make_unique<metrics>(with);
            }};
}

} // namespace tertulia::web
