// SPDX-License-Identifier: Apache-2.0
// What a push service carries without being able to read it (RFC 8291, over RFC 8188's aes128gcm):
// one record, for one device, by a key pair that is made for it and thrown away. By OpenSSL; safe
// from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::crypto {

inline constexpr std::size_t push_key_size = 65;    // a point of P-256, uncompressed
inline constexpr std::size_t push_secret_size = 16; // what the device and we alone know
inline constexpr std::size_t push_salt_size = 16;
// Bytes around the text: salt, record size, the key and its size; the delimiter and the tag.
inline constexpr std::size_t push_overhead = 16 + 4 + 1 + push_key_size + 1 + 16;

// Are these bytes a point on the curve?
[[nodiscard]] bool is_push_key(std::string_view bytes);

// The body of a request; nothing where `device_key` is no key.
[[nodiscard]] std::optional<std::string>
encrypt_push(std::string_view text, std::string_view device_key, std::string_view device_secret);

// The same with everything given, for the RFC's example: `own_key` is a private key of 32 bytes.
[[nodiscard]] std::optional<std::string>
encrypt_push_with(std::string_view text, std::string_view device_key,
                  std::string_view device_secret, std::string_view own_key, std::string_view salt);

} // namespace tertulia::crypto
