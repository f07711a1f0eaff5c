// SPDX-License-Identifier: Apache-2.0
// SHA-256 and its HMAC: 32 bytes, as they are or in hexadecimal. Pure; safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tertulia::crypto {

inline constexpr std::size_t digest_size = 32;

[[nodiscard]] std::string sha256(std::string_view bytes);
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);

// 20 bytes; broken where somebody could choose the bytes, so only for WebSocket's handshake, which
// proves nothing by it.
[[nodiscard]] std::string sha1(std::string_view bytes);

// In lower case.
[[nodiscard]] std::string to_hex(std::string_view bytes);

} // namespace tertulia::crypto
