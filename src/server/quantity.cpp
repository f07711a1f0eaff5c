// SPDX-License-Identifier: Apache-2.0
#include "server/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>
#include <span>

namespace tertulia::server {
namespace {

struct unit {
    std::string_view name;
    std::uint64_t worth;
};
// From the largest to the smallest, which is worth one.
constexpr std::array size_units{unit{"GiB", 1U << 30U}, unit{"MiB", 1U << 20U},
                                unit{"KiB", 1U << 10U}, unit{"B", 1}};
constexpr std::array duration_units{unit{"d", 86'400}, unit{"h", 3'600}, unit{"m", 60},
                                    unit{"s", 1}};

std::optional<std::uint64_t> parse(std::string_view written, std::span<const unit> units) {
    std::uint64_t count = 0;
    const char* const end = written.data() + written.size();
    const auto [rest, fault] = std::from_chars(written.data(), end, count);
    if (fault != std::errc{}) {
        return std::nullopt;
    }
    std::string_view name(rest, end);
    if (name.starts_with(' ')) {
        name.remove_prefix(1);
    }
    for (const unit& one : units) {
        const bool fits = count <= std::numeric_limits<std::int64_t>::max() / one.worth;
        if (name == one.name && fits) {
            return count * one.worth;
        }
    }
    return std::nullopt;
}

const unit& largest_divisor(std::uint64_t value, std::span<const unit> units) {
    for (const unit& one : units) {
        if (value != 0 && value % one.worth == 0) {
            return one;
        }
    }
    return units.back();
}

} // namespace

std::optional<std::uint64_t> parse_size(std::string_view written) {
    return parse(written, size_units);
}

std::string print_size(std::uint64_t bytes) {
    const unit& in = largest_divisor(bytes, size_units);
    return fmt::format("{} {}", bytes / in.worth, in.name);
}

std::optional<std::chrono::seconds> parse_duration(std::string_view written) {
    const std::optional<std::uint64_t> count = parse(written, duration_units);
    if (!count) {
        return std::nullopt;
    }
    return std::chrono::seconds(static_cast<std::int64_t>(*count));
}

std::string print_duration(std::chrono::seconds length) {
    const auto count = static_cast<std::uint64_t>(length.count());
    const unit& in = largest_divisor(count, duration_units);
    return fmt::format("{}{}", count / in.worth, in.name);
}

} // namespace tertulia::server
