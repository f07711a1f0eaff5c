// SPDX-License-Identifier: Apache-2.0
// The table of settings: a row each, with what its value looks like, where it is kept and what it
// is for. Whatever is true of all settings is done once, over these rows.
#pragma once

#include "server/config.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace tertulia::server {

// The kinds of values, each with its place in the configuration and what it may be.

enum class text_form : std::uint8_t {
    line,
    word,
    path,
    language,
    picture,
    registration,
    contact,
    journal_level,
};

struct text_setting {
    std::string config::* member;
    text_form form;
};
enum class line_form : std::uint8_t { any, network };

struct lines_setting {
    std::vector<std::string> config::* member;
    line_form form = line_form::any;
};
struct listeners_setting {
    std::vector<listen_url> config::* member;
};
struct count_setting {
    std::uint32_t config::* member;
    std::uint32_t min, max;
};
struct size_setting {
    std::uint64_t config::* member;
    std::uint64_t min, max;
};
struct duration_setting {
    std::chrono::seconds config::* member;
    std::chrono::seconds min, max;
};
struct switch_setting {
    bool config::* member;
};
using setting_kind = std::variant<text_setting, lines_setting, listeners_setting, count_setting,
                                  size_setting, duration_setting, switch_setting>;

enum class takes_effect : std::uint8_t { on_reload, at_start };

struct setting {
    std::string_view key; // as in the file: "motd", "limits.burst"
    takes_effect when;
    setting_kind kind;
    std::string_view purpose; // for the example; lines end in '\n' but the last
};

// In the order of the example.
[[nodiscard]] std::span<const setting> settings();

// "a whole number from 1 to 100": ends the sentence "… must be".
[[nodiscard]] std::string expectation(const setting& of);

// May the value be this? For sizes in bytes, for durations in seconds.
[[nodiscard]] bool allowed(const text_setting& by, std::string_view value);
[[nodiscard]] bool allowed(const lines_setting& by, std::string_view line);
[[nodiscard]] bool allowed(const count_setting& by, std::int64_t value);
[[nodiscard]] bool allowed(const size_setting& by, std::uint64_t value);
[[nodiscard]] bool allowed(const duration_setting& by, std::chrono::seconds value);

// The value as it stands in a file.
[[nodiscard]] std::string print(const setting& of, const config& in);

void copy(const setting& of, const config& from, config& to);

} // namespace tertulia::server
