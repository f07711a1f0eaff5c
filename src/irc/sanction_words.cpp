// SPDX-License-Identifier: Apache-2.0
#include "irc/sanction_words.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "irc/words.hpp"

#include <array>
#include <cstdint>
#include <utility>

namespace tertulia::irc {
namespace {

using how = chat::sanction_target::kind;
constexpr std::array<std::pair<std::string_view, how>, 3> prefixes{
    {{"account:", how::account}, {"nick:", how::nickname}, {"address:", how::address}}};

// What stands in a list and in a line as one word.
bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= base::limits::mask_size_max && !text.starts_with(':') &&
           text.find_first_of(" ,!@#") == std::string_view::npos;
}

// What is left of "*!*@192.0.2.7", "*@192.0.2.7" and "ana!*@*", as classical servers have it.
std::string_view without_frame(std::string_view typed) {
    constexpr std::string_view of_anybody[] = {"*!*@", "*@"};
    constexpr std::string_view from_anywhere = "!*@*";
    for (const std::string_view start : of_anybody) {
        if (typed.starts_with(start)) {
            return typed.substr(start.size());
        }
    }
    if (typed.ends_with(from_anywhere)) {
        typed.remove_suffix(from_anywhere.size());
    }
    return typed;
}

std::int64_t seconds_of(char unit) {
    switch (unit) {
    case 's': return 1;
    case 'm': return 60;
    case 'h': return 3'600;
    case 'd': return 86'400;
    case 'w': return 604'800;
    case 'y': return 31'536'000;
    default: return 0;
    }
}

} // namespace

std::optional<chat::sanction_target> read_target(std::string_view typed) {
    typed = without_frame(typed);
    if (!is_word(typed)) {
        return std::nullopt;
    }
    if (const auto where = base::parse_network(typed)) {
        return chat::sanction_target{how::network, {}, *where};
    }
    how kind = typed.find_first_of("*?") == std::string_view::npos ? how::name : how::nickname;
    for (const auto& [prefix, means] : prefixes) {
        if (typed.starts_with(prefix)) {
            kind = means;
            typed.remove_prefix(prefix.size());
        }
    }
    if (!is_word(typed) || typed.find('/') != std::string_view::npos) {
        return std::nullopt;
    }
    chat::sanction_target made{kind, name_to_find(typed), {}};
    if (kind == how::nickname) {
        made.name.key = base::fold_mask(typed);
    }
    return made;
}

std::optional<std::chrono::seconds> read_duration(std::string_view typed) {
    constexpr std::int64_t most = base::limits::sanction_lasts_max.count();
    std::int64_t total = 0;
    std::int64_t number = -1;
    for (const char one : typed) {
        if (one >= '0' && one <= '9') {
            number = (number < 0 ? 0 : number) * 10 + (one - '0');
        } else if (const std::int64_t unit = seconds_of(one); unit > 0 && number >= 0) {
            total += number * unit;
            number = -1;
        } else {
            return std::nullopt;
        }
        if (number > most || total > most) {
            return std::nullopt;
        }
    }
    if (number >= 0) { // without a unit: minutes, as KLINE has them
        total += number * 60;
    }
    return total > 0 && total <= most ? std::optional(std::chrono::seconds(total)) : std::nullopt;
}

bool is_bad_duration(std::string_view typed) {
    const bool word_of_digits =
        !typed.empty() && typed[0] >= '0' && typed[0] <= '9' && !typed.contains(' ');
    return word_of_digits && !read_duration(typed);
}

} // namespace tertulia::irc
