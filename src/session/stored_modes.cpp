// SPDX-License-Identifier: Apache-2.0
#include "session/stored_modes.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace tertulia::session {
namespace {

constexpr std::string_view hidden_password = "*";

std::string line_of(std::string_view kind, std::uint32_t number) {
    return std::string(kind) + ' ' + std::to_string(number);
}

struct writing {
    std::string operator()(const chat::flag_change& one) const {
        return line_of("flag", static_cast<std::uint32_t>(one.flag)) + (one.on ? " 1" : " 0");
    }
    std::string operator()(const chat::password_change& one) const {
        return line_of("password", one.password.empty() ? 0 : 1);
    }
    std::string operator()(const chat::capacity_change& one) const {
        return line_of("capacity", one.capacity);
    }
    std::string operator()(const chat::slow_change& one) const {
        return line_of("slow", one.seconds);
    }
    std::string operator()(const chat::history_change& one) const {
        return one.days ? line_of("history", *one.days) : std::string("history");
    }
    std::string operator()(const chat::mask_change& one) const {
        return line_of("mask", static_cast<std::uint32_t>(one.list)) + (one.add ? " 1 " : " 0 ") +
               one.entry.mask;
    }
    std::string operator()(const chat::role_change& one) const {
        return line_of("role", static_cast<std::uint32_t>(one.what)) + (one.grant ? " 1 " : " 0 ") +
               one.target.display;
    }
};

// The words of one line, from left to right.
class words {
public:
    explicit words(std::string_view of) : rest_(of) {}

    std::string_view next() {
        const std::string_view taken = rest_.substr(0, rest_.find(' '));
        rest_.remove_prefix(std::min(rest_.size(), taken.size() + 1));
        return taken;
    }
    std::optional<std::uint32_t> number() {
        const std::string_view taken = next();
        std::uint32_t read = 0;
        const auto [end, fault] = std::from_chars(taken.data(), taken.data() + taken.size(), read);
        return fault == std::errc{} && end == taken.data() + taken.size() ? std::optional(read)
                                                                          : std::nullopt;
    }

private:
    std::string_view rest_;
};

std::optional<chat::mode_change> read_one(std::string_view line) {
    words of(line);
    const std::string_view kind = of.next();
    const auto first = of.number();
    if (kind == "history") {
        return chat::history_change{first};
    }
    if (!first) {
        return std::nullopt;
    }
    if (kind == "password") {
        return chat::password_change{
            std::string(*first == 0 ? std::string_view() : hidden_password)};
    }
    if (kind == "capacity") {
        return chat::capacity_change{*first};
    }
    if (kind == "slow") {
        return chat::slow_change{*first};
    }
    const auto on = of.number();
    const std::string text(of.next());
    if (kind == "flag" && on && *first < chat::room_flag_count) {
        return chat::flag_change{static_cast<chat::room_flag>(*first), *on == 1};
    }
    if (kind == "mask" && on && *first < chat::room_list_count && !text.empty()) {
        return chat::mask_change{
            static_cast<chat::room_list>(*first), *on == 1, {text, text, {}, {}}};
    }
    const auto highest = static_cast<std::uint32_t>(chat::role::owner);
    if (kind == "role" && on && *first > 0 && *first <= highest && !text.empty()) {
        return chat::role_change{static_cast<chat::role>(*first), *on == 1, {text, text, 0, true}};
    }
    return std::nullopt;
}

} // namespace

std::string write_modes(std::span<const chat::mode_change> changes) {
    std::string kept;
    for (const chat::mode_change& one : changes) {
        kept += std::visit(writing{}, one);
        kept += '\n';
    }
    return kept;
}

std::vector<chat::mode_change> read_modes(std::string_view kept) {
    std::vector<chat::mode_change> changes;
    while (!kept.empty()) {
        const std::string_view line = kept.substr(0, kept.find('\n'));
        kept.remove_prefix(std::min(kept.size(), line.size() + 1));
        if (auto one = read_one(line)) {
            changes.push_back(*std::move(one));
        }
    }
    return changes;
}

} // namespace tertulia::session
