// SPDX-License-Identifier: Apache-2.0
#include "server/config.hpp"

#include "server/quantity.hpp"
#include "server/setting.hpp"
#include "server/spelling.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

namespace tertulia::server {
namespace {

using base::failure;
using base::result;

// A value as it reads in a sentence.
std::string describe(const toml::node& value) {
    if (const auto* text = value.as_string()) {
        return fmt::format("\"{}\"", text->get());
    }
    if (const auto* number = value.as_integer()) {
        return fmt::format("{}", number->get());
    }
    if (value.is_array() && value.as_array()->empty()) {
        return "an empty list";
    }
    if (value.is_array()) {
        return "this list";
    }
    return value.is_table() ? "a section" : "such a value";
}

// Puts values into a configuration; each overload answers whether the value is what it should be.
// A listener brings a sentence of its own, and so does a line that is not what it should be.
struct assignment {
    const toml::node& value;
    config& to;
    std::string explanation = {};

    bool operator()(const text_setting& by) const {
        const auto text = value.value_exact<std::string>();
        return text && allowed(by, *text) && keep(to.*by.member, *text);
    }
    bool operator()(const count_setting& by) const {
        const auto number = value.value_exact<std::int64_t>();
        return number && allowed(by, *number) &&
               keep(to.*by.member, static_cast<std::uint32_t>(*number));
    }
    bool operator()(const size_setting& by) const {
        const auto size = parse_size(value.value_exact<std::string>().value_or(""));
        return size && allowed(by, *size) && keep(to.*by.member, *size);
    }
    bool operator()(const duration_setting& by) const {
        const auto length = parse_duration(value.value_exact<std::string>().value_or(""));
        return length && allowed(by, *length) && keep(to.*by.member, *length);
    }
    bool operator()(const switch_setting& by) const {
        const auto on = value.value_exact<bool>();
        return on && keep(to.*by.member, *on);
    }
    bool operator()(const lines_setting& by) {
        const auto lines = texts();
        if (!lines) {
            return false;
        }
        const auto wrong =
            std::ranges::find_if_not(*lines, [&](const auto& one) { return allowed(by, one); });
        if (wrong != lines->end() && by.form == line_form::network) {
            explanation = fmt::format("\"{}\" is no address and no network; write it as "
                                      "\"192.0.2.7\", \"10.0.0.0/8\" or \"fd00::/8\".",
                                      *wrong);
        }
        return wrong == lines->end() && keep(to.*by.member, *lines);
    }
    bool operator()(const listeners_setting& by) {
        const auto written = texts();
        std::vector<listen_url> urls;
        for (const std::string& one : written.value_or(std::vector<std::string>{})) {
            const auto url = parse_listen_url(one);
            if (!url) {
                explanation = url.error().sentence;
                return false;
            }
            urls.push_back(*url);
        }
        return !urls.empty() && keep(to.*by.member, urls);
    }

private:
    template <class T>
    static bool keep(T& place, const T& found) {
        place = found;
        return true;
    }

    [[nodiscard]] std::optional<std::vector<std::string>> texts() const {
        std::vector<std::string> found;
        if (!value.is_array()) {
            return std::nullopt;
        }
        for (const toml::node& one : *value.as_array()) {
            const auto text = one.value_exact<std::string>();
            if (!text) {
                return std::nullopt;
            }
            found.push_back(*text);
        }
        return found;
    }
};

struct mistake {
    toml::source_index line;
    std::string sentence;
};

// Reads a parsed file over the table of settings and keeps the mistake that comes first in it.
class reading {
public:
    explicit reading(config& to) : to_(to) {}

    void read(const toml::table& table, const std::string& section) {
        for (const auto& [name, value] : table) {
            read_one(section + std::string(name.str()), name.source().begin.line, value);
        }
    }
    [[nodiscard]] const std::optional<mistake>& first() const { return first_; }

private:
    void read_one(const std::string& key, toml::source_index line, const toml::node& value) {
        const auto row = std::ranges::find(settings(), key, &setting::key);
        if (row != settings().end()) {
            assign(*row, line, value);
        } else if (is_section(key) && value.is_table()) {
            read(*value.as_table(), key + '.');
        } else {
            note(line, unknown(key));
        }
    }

    void assign(const setting& row, toml::source_index line, const toml::node& value) {
        assignment made{value, to_};
        if (std::visit(made, row.kind)) {
            return;
        }
        if (!made.explanation.empty()) {
            note(line, fmt::format("{}: {}", row.key, made.explanation));
            return;
        }
        note(line,
             fmt::format("{} must be {}, not {}.", row.key, expectation(row), describe(value)));
    }

    static bool is_section(const std::string& key) {
        return std::ranges::any_of(settings(), [section = key + '.'](const setting& row) {
            return row.key.starts_with(section);
        });
    }

    // The whole key with a slip, or its last word in the wrong section.
    static std::optional<std::string_view> meant_by(const std::string& key) {
        const std::string last = key.substr(key.rfind('.') + 1);
        std::vector<std::string_view> known;
        for (const setting& row : settings()) {
            if (row.key == last || row.key.ends_with('.' + last)) {
                return row.key;
            }
            known.push_back(row.key);
        }
        return nearest(key, known);
    }

    static std::string unknown(const std::string& key) {
        if (const auto meant = meant_by(key)) {
            return fmt::format("there is no setting \"{}\"; did you mean \"{}\"?", key, *meant);
        }
        return fmt::format("there is no setting \"{}\"; `tertulia config example` lists all.", key);
    }

    void note(toml::source_index line, std::string sentence) {
        if (!first_ || line < first_->line) {
            first_ = mistake{line, std::move(sentence)};
        }
    }

    config& to_;
    std::optional<mistake> first_;
};

// Keys, values and what toml++ says may hold anything; a mistake is one sentence on one line.
std::unexpected<base::error> mistake_in(std::string_view name, toml::source_index line,
                                        std::string_view sentence) {
    std::string said = fmt::format("{}:{}: {}", name, line, sentence);
    std::ranges::replace_if(said, [](unsigned char one) { return one < ' ' || one == 0x7F; }, ' ');
    return failure(std::move(said));
}

} // namespace

result<config> parse_config(std::string_view text, std::string_view name) {
    try {
        const toml::table parsed = toml::parse(text);
        config made;
        reading of(made);
        of.read(parsed, "");
        if (const auto& wrong = of.first()) {
            return mistake_in(name, wrong->line, wrong->sentence);
        }
        return made;
    } catch (const toml::parse_error& wrong) {
        return mistake_in(name, wrong.source().begin.line,
                          fmt::format("this is not TOML: {}.", wrong.description()));
    }
}

result<config> read_config(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    in.peek(); // a folder opens, but has nothing to read
    if (!in.is_open() || in.bad()) {
        return failure(fmt::format("The configuration {} cannot be read: {}.", file,
                                   std::generic_category().message(errno)));
    }
    return parse_config(std::string(std::istreambuf_iterator<char>(in), {}), file);
}

std::string example_config() {
    std::string made = "# Tertulia's settings, with their defaults. Take the # away from what you "
                       "change.\n";
    std::string_view section;
    for (const setting& row : settings()) {
        const std::size_t dot = row.key.find('.');
        const std::string_view in = dot == std::string_view::npos ? "" : row.key.substr(0, dot);
        if (in != section) {
            made += fmt::format("\n[{}]\n", in);
            section = in;
        }
        made += '\n';
        std::string purpose = "# ";
        for (const char one : row.purpose) {
            purpose += one == '\n' ? "\n# " : std::string(1, one);
        }
        const std::string_view name = row.key.substr(in.empty() ? 0 : in.size() + 1);
        made += fmt::format("{}\n#{} = {}\n", purpose, name, print(row, config{}));
    }
    return made;
}

} // namespace tertulia::server
