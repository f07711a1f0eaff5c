// SPDX-License-Identifier: Apache-2.0
// Random bytes, and comparison of secrets in constant time. By libsodium; safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tertulia::crypto {

[[nodiscard]] std::string random_bytes(std::size_t count);
[[nodiscard]] bool equal_secrets(std::string_view a, std::string_view b);

} // namespace tertulia::crypto
