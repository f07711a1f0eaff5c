// SPDX-License-Identifier: Apache-2.0
// Sizes and durations as people write them in the configuration: a whole number and a unit, "1 MiB"
// or "30s", and nothing else, so that nobody has to guess what a bare number means.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::server {

// B, KiB, MiB, GiB.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view written);
[[nodiscard]] std::string print_size(std::uint64_t bytes);

// s, m, h, d.
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view written);
[[nodiscard]] std::string print_duration(std::chrono::seconds length);

} // namespace tertulia::server
