// SPDX-License-Identifier: Apache-2.0
// CHATHISTORY (IRCv3 draft/chathistory): reading the line. The answer is given in reading.cpp.
#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/answers.hpp"
#include "irc/attention.hpp"
#include "irc/lines.hpp"
#include "irc/verbs.hpp"
#include "wire/timestamp.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tertulia::irc {
namespace {

namespace past = tertulia::session;
using wire::irc_line;
using points = std::span<const past::history_point>;

constexpr std::string_view any_point = "*";

std::optional<past::history_point> read_point(const session& by, std::string_view typed) {
    constexpr std::string_view timestamp = "timestamp=";
    constexpr std::string_view msgid = "msgid=";
    if (typed.starts_with(timestamp)) {
        return wire::read_timestamp(typed.substr(timestamp.size()));
    }
    if (typed.starts_with(msgid)) {
        if (const auto number = by.door().tokens().number(typed.substr(msgid.size()))) {
            return chat::message_number{*number};
        }
    }
    return std::nullopt;
}

std::optional<std::uint32_t> read_limit(std::string_view typed) {
    constexpr auto limit_max = static_cast<std::uint32_t>(base::limits::history_page_max);
    std::uint32_t limit = 0;
    const auto [end, fault] = std::from_chars(typed.data(), typed.data() + typed.size(), limit);
    const bool too_large = fault == std::errc::result_out_of_range;
    if (end != typed.data() + typed.size() || (limit == 0 && !too_large)) {
        return std::nullopt;
    }
    return too_large ? limit_max : std::min(limit, limit_max);
}

struct subcommand {
    std::string_view name;
    std::size_t point_count;
    past::history_selector (*select)(points at);
};

// LATEST's point may be '*': then there is none.
constexpr auto subcommands = std::to_array<subcommand>({
    {"AFTER", 1, [](points at) -> past::history_selector { return past::read_after{at[0]}; }},
    {"AROUND", 1, [](points at) -> past::history_selector { return past::read_around{at[0]}; }},
    {"BEFORE", 1, [](points at) -> past::history_selector { return past::read_before{at[0]}; }},
    {"BETWEEN", 2,
     [](points at) -> past::history_selector { return past::read_between{at[0], at[1]}; }},
    {"LATEST", 1,
     [](points at) -> past::history_selector {
         return at.empty() ? past::read_latest{} : past::read_latest{at[0]};
     }},
    {"TARGETS", 2,
     [](points at) -> past::history_selector { return past::read_between{at[0], at[1]}; }},
});

struct fault {
    std::string_view parameter;
};

// The points and the limit behind them: `typed` has exactly as many words.
std::expected<history_wish, fault> read_wish(const session& by, const subcommand& of,
                                             std::span<const std::string_view> typed) {
    std::vector<past::history_point> at;
    for (const std::string_view word : typed.first(of.point_count)) {
        if (of.name == "LATEST" && word == any_point) {
            continue;
        }
        const auto point = read_point(by, word);
        const bool times_only = of.name == "TARGETS";
        if (!point || (times_only && !std::holds_alternative<base::wall_time>(*point))) {
            return std::unexpected(fault{word});
        }
        at.push_back(*point);
    }
    const auto limit = read_limit(typed[of.point_count]);
    if (!limit) {
        return std::unexpected(fault{typed[of.point_count]});
    }
    return history_wish{std::string(of.name), {}, of.select(at), *limit};
}

void ask(session& by, history_wish wish, chat::question first) {
    by.ask_first({std::move(wish)}, std::move(first), "CHATHISTORY");
}

void ask_for_room_or_person(session& by, history_wish wish, std::string_view target) {
    auto made =
        target.starts_with('#') ? base::make_room_name(target) : base::make_nickname(target);
    if (!made) {
        by.fail("CHATHISTORY", "INVALID_TARGET", {wish.subcommand, target},
                by.text(base::text_key::irc_history_target));
        return;
    }
    wish.target = target;
    ask(by, std::move(wish), chat::ask_history{std::move(*made)});
}

void chathistory(session& by, const irc_line& line) {
    const auto refuse = [&by](std::string_view subcommand, std::string_view parameter) {
        by.fail("CHATHISTORY", "INVALID_PARAMS", {subcommand, parameter},
                by.text(base::text_key::irc_history_parameters));
    };
    const std::string name = in_capitals(line.parameter[0]);
    const auto* const of = std::ranges::find(subcommands, name, &subcommand::name);
    if (of == subcommands.end()) {
        refuse(name.empty() ? any_point : line.parameter[0], any_point);
        return;
    }
    const bool has_target = of->name != "TARGETS";
    const std::size_t before_points = has_target ? 2 : 1;
    const std::size_t limit = 1;
    if (line.parameter_count != before_points + of->point_count + limit) {
        refuse(of->name, any_point);
        return;
    }
    auto wish = read_wish(by, *of, line.parameters().subspan(before_points));
    if (!wish) {
        refuse(of->name, wish.error().parameter);
    } else if (has_target) {
        ask_for_room_or_person(by, std::move(*wish), line.parameter[1]);
    } else {
        ask(by, std::move(*wish), chat::ask_conversations{});
    }
}

constexpr auto rows = std::to_array<verb>({
    {"CHATHISTORY", 0, phase::after, chathistory},
});

} // namespace

std::span<const verb> history_verbs() { return rows; }

} // namespace tertulia::irc
