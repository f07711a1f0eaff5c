// SPDX-License-Identifier: Apache-2.0
// Which word was meant?
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace tertulia::server {

// The word that differs from `written` in the fewest letters, if these are few enough to be slips.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view written,
                                                      std::span<const std::string_view> words);

} // namespace tertulia::server
