// SPDX-License-Identifier: Apache-2.0
// What verbs make of their parameters.
#pragma once

#include "base/limits.hpp"
#include "base/list.hpp"
#include "base/name.hpp"
#include "base/text.hpp"
#include "wire/irc_line.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::irc {

// "a,b,,c" -> a, b, c; those beyond `count_max` are left out.
[[nodiscard]] inline std::vector<std::string_view>
split_list(std::string_view list, std::size_t count_max = base::limits::targets_per_line_max) {
    std::vector<std::string_view> parts;
    while (!list.empty() && parts.size() < count_max) {
        if (const std::string_view part = base::take_first(list); !part.empty()) {
            parts.push_back(part);
        }
    }
    return parts;
}

// "PASSWORD old new" -> "PASSWORD" and "old new".
struct split {
    std::string_view first, rest;
};
[[nodiscard]] inline split split_first(std::string_view text) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view rest = text.substr(end);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    return {text.substr(0, end), rest};
}

// A reason or a text that may be one parameter or several: those from `first` on.
[[nodiscard]] inline std::string words_from(const wire::irc_line& of, std::size_t first) {
    const auto all = of.parameters();
    return fmt::to_string(fmt::join(all.subspan(std::min(first, all.size())), " "));
}

// The same, with as many blanks between words as were typed: in a password each counts.
[[nodiscard]] inline std::string typed_from(const wire::irc_line& of, std::size_t first) {
    const auto all = of.parameters();
    std::string text;
    for (std::size_t at = first; at < all.size(); ++at) {
        if (at > first) {
            const std::string_view before = all[at - 1];
            const std::string_view gap(before.end(), all[at].begin());
            text += gap.substr(0, gap.find(':')); // the last one may have it in front
        }
        text += all[at];
    }
    return text;
}

// For looking somebody or some room up: what is no valid name finds nobody.
[[nodiscard]] inline base::name name_to_find(std::string_view typed) {
    return {std::string(typed), base::fold(typed), 0, true};
}

// The parameter, or nothing; cut to what is kept.
[[nodiscard]] inline std::string parameter_or_empty(const wire::irc_line& of, std::size_t index,
                                                    std::size_t size_max) {
    return index < of.parameter_count
               ? std::string(base::truncate_utf8(of.parameter[index], size_max))
               : std::string{};
}

} // namespace tertulia::irc
