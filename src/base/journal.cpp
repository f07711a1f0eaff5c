// SPDX-License-Identifier: Apache-2.0
// One spdlog logger on stderr for the whole process: the only mutable thing here that is global,
// since handing it to every function that may warn would cost more than it protects.
#include "base/journal.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <memory>
#include <string>

namespace tertulia::base::journal {
namespace {

spdlog::level::level_enum spdlog_level(level of) {
    switch (of) {
    case level::debug: return spdlog::level::debug;
    case level::info: return spdlog::level::info;
    case level::warn: return spdlog::level::warn;
    case level::error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

spdlog::logger& logger() {
    static const auto made = [] {
        auto to_stderr = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        to_stderr->set_formatter(std::make_unique<spdlog::pattern_formatter>(
            "%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc));
        return std::make_unique<spdlog::logger>("tertulia", std::move(to_stderr));
    }();
    return *made;
}

bool is_control(char byte) {
    constexpr char escape_first = 0x20;
    constexpr char del = 0x7F;
    return (byte >= 0 && byte < escape_first) || byte == del;
}

} // namespace

std::optional<level> level_named(std::string_view name) {
    for (const level one : {level::debug, level::info, level::warn, level::error}) {
        const spdlog::string_view_t spelt = spdlog::level::to_string_view(spdlog_level(one));
        if (name == std::string_view(spelt.data(), spelt.size())) {
            return one;
        }
    }
    return std::nullopt;
}

void set_level(level lowest) { logger().set_level(spdlog_level(lowest)); }

bool on(level at) { return logger().should_log(spdlog_level(at)); }

void write(level at, std::string_view line) {
    // What a stranger sent may stand in a line: it must not end it, nor steer the reader's
    // terminal.
    std::string shown(line);
    std::ranges::replace_if(shown, is_control, '?');
    logger().log(spdlog_level(at), shown);
}

} // namespace tertulia::base::journal
