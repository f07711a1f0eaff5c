// SPDX-License-Identifier: Apache-2.0
// What the server tells its operator. error: we must stop; warn: an operator should look; info:
// rare, and no stranger can trigger it at will; debug: free. Never the text of messages, never
// secrets; nicknames and addresses at `debug` alone. Safe from any thread; `chat` does not write
// here.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string_view>

namespace tertulia::base::journal {

enum class level { debug, info, warn, error };

// "debug", "info", "warning", "error", as the lines have them.
[[nodiscard]] std::optional<level> level_named(std::string_view name);

// Lines go to stderr, with UTC time and level; below `lowest` they cost a comparison.
void set_level(level lowest);
[[nodiscard]] bool on(level at);
void write(level at, std::string_view line);

template <class... Args>
void line(level at, fmt::format_string<Args...> form, Args&&... args) {
    if (on(at)) {
        write(at, fmt::format(form, std::forward<Args>(args)...));
    }
}

template <class... Args>
void debug(fmt::format_string<Args...> form, Args&&... args) {
    line(level::debug, form, std::forward<Args>(args)...);
}
template <class... Args>
void info(fmt::format_string<Args...> form, Args&&... args) {
    line(level::info, form, std::forward<Args>(args)...);
}
template <class... Args>
void warn(fmt::format_string<Args...> form, Args&&... args) {
    line(level::warn, form, std::forward<Args>(args)...);
}
template <class... Args>
void error(fmt::format_string<Args...> form, Args&&... args) {
    line(level::error, form, std::forward<Args>(args)...);
}

} // namespace tertulia::base::journal
