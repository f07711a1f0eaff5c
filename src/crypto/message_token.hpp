// SPDX-License-Identifier: Apache-2.0
// A message's number as outsiders see it (IRC: msgid): opaque, so that it tells nothing of how much
// is said elsewhere, and checked, so that an invented one is found out. AES-128 of number and
// zeros, base64url without padding: 22 characters.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::crypto {

// Not thread-safe: one per network thread (it keeps a cipher context).
class message_tokens {
public:
    explicit message_tokens(std::string_view key); // 16 bytes
    ~message_tokens();
    message_tokens(message_tokens&&) noexcept;

    void append(std::uint64_t number, std::string& out) const;
    // The number, or nothing where this is no token of ours.
    [[nodiscard]] std::optional<std::uint64_t> number(std::string_view token) const;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace tertulia::crypto
