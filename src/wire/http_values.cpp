// SPDX-License-Identifier: Apache-2.0
#include "wire/http_values.hpp"

#include "base/trim.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <utility>

namespace tertulia::wire {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view hex_digits = "0123456789ABCDEF";

char lower(char one) {
    return one >= 'A' && one <= 'Z' ? static_cast<char>(one + ('a' - 'A')) : one;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::optional<unsigned> hex_value(char one) {
    const char upper = one >= 'a' && one <= 'f' ? static_cast<char>(one - ('a' - 'A')) : one;
    const std::size_t at = hex_digits.find(upper);
    return at == std::string_view::npos ? std::nullopt : std::optional(static_cast<unsigned>(at));
}

// RFC 8187, 3.2: charset'language'value. Only UTF-8 has to be known.
std::optional<std::string> extended_value(std::string_view text) {
    const std::size_t first = text.find('\'');
    const std::size_t second = first == std::string_view::npos ? first : text.find('\'', first + 1);
    if (second == std::string_view::npos || !same_word(text.substr(0, first), "utf-8")) {
        return std::nullopt;
    }
    std::string made;
    for (std::size_t at = second + 1; at < text.size(); ++at) {
        if (text[at] != '%') {
            made += text[at];
            continue;
        }
        const auto high = at + 2 < text.size() ? hex_value(text[at + 1]) : std::nullopt;
        const auto low = high ? hex_value(text[at + 2]) : std::nullopt;
        if (!low) {
            return std::nullopt;
        }
        made += static_cast<char>(*high << 4U | *low);
        at += 2;
    }
    return made;
}

// A token up to the next ';', or a quoted string (RFC 9110, 5.6.4); moves `at` behind it.
std::string take_value(std::string_view field, std::size_t& at) {
    at = std::min(field.find_first_not_of(" \t", at), field.size());
    std::string made;
    if (at < field.size() && field[at] == '"') {
        for (++at; at < field.size() && field[at] != '"'; ++at) {
            at += field[at] == '\\' && at + 1 < field.size() ? 1 : 0;
            made += field[at];
        }
    } else {
        made = base::trimmed(field.substr(at, std::min(field.find(';', at), field.size()) - at));
    }
    at = std::min(field.find(';', at), field.size());
    return made;
}

bool stands_for_itself(char one) {
    return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9') ||
           "-._~"sv.contains(one);
}

std::optional<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t made = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), made);
    const bool whole = !text.empty() && fault == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional(made) : std::nullopt;
}

} // namespace

std::string disposition_name(std::string_view field) {
    std::string plain;
    std::size_t at = std::min(field.find(';'), field.size());
    while (at < field.size()) {
        const std::size_t equals = field.find('=', ++at);
        if (equals == std::string_view::npos) {
            break;
        }
        const std::string_view name = base::trimmed(field.substr(at, equals - at));
        at = equals + 1;
        std::string value = take_value(field, at);
        if (same_word(name, "filename*")) {
            if (auto extended = extended_value(value)) {
                return *extended;
            }
        } else if (same_word(name, "filename") && plain.empty()) {
            plain = std::move(value);
        }
    }
    return plain;
}

std::string percent_encoded(std::string_view text) {
    std::string made;
    for (const char one : text) {
        if (stands_for_itself(one)) {
            made += one;
        } else {
            const auto byte = static_cast<unsigned char>(one);
            made += {'%', hex_digits[byte >> 4U], hex_digits[byte & 15U]};
        }
    }
    return made;
}

std::string to_disposition(std::string_view kind, std::string_view name) {
    std::string plain;
    for (const char one : name) {
        const bool safe = one >= ' ' && one <= '~' && !R"("\%)"sv.contains(one);
        plain += safe ? one : '_';
    }
    std::string made(kind);
    made += "; filename=\"" + plain + "\"";
    if (plain != name) {
        made += "; filename*=UTF-8''" + percent_encoded(name);
    }
    return made;
}

range_reading read_range(std::string_view field, std::uint64_t size) {
    if (!field.starts_with("bytes=") || field.contains(',')) {
        return {};
    }
    const std::string_view wish = base::trimmed(field.substr(6));
    const std::size_t dash = wish.find('-');
    if (dash == std::string_view::npos) {
        return {};
    }
    const std::string_view from = wish.substr(0, dash);
    const std::string_view to = wish.substr(dash + 1);
    const auto first = number_of(from);
    const auto last = number_of(to);
    if (from.empty() && last) { // so many at the end
        const std::uint64_t wanted = std::min(*last, size);
        return wanted == 0 ? range_reading{{}, range_fault::unsatisfiable}
                           : range_reading{byte_range{size - wanted, wanted}, {}};
    }
    if (!first || (!to.empty() && (!last || *last < *first))) {
        return {};
    }
    if (*first >= size) {
        return {{}, range_fault::unsatisfiable};
    }
    const std::uint64_t rest = size - *first;
    const std::uint64_t wanted = last ? std::min(*last - *first, rest - 1) + 1 : rest;
    return {byte_range{*first, wanted}, {}};
}

} // namespace tertulia::wire
