// SPDX-License-Identifier: Apache-2.0
// A key pair on the curve P-256, as web push has them: for agreeing on a secret (RFC 8291) and for
// signing (RFC 8292, ES256). Keys are bytes: 32 of a private one, 65 of a public one.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace tertulia::crypto {

// Not thread-safe.
class p256_key {
public:
    // By any 32 bytes, always the same key for the same ones.
    explicit p256_key(std::string_view seed);
    // By a private key as it stands in a document; the bytes are one.
    [[nodiscard]] static p256_key of_private(std::string_view bytes);

    [[nodiscard]] const std::string& public_key() const { return public_; }
    // The secret shared with whoever has that public key: 32 bytes; nothing where it is none.
    [[nodiscard]] std::optional<std::string> agree(std::string_view other) const;
    // 64 bytes: r and s (RFC 7518, 3.4).
    [[nodiscard]] std::string sign(std::string_view text) const;

private:
    struct free_key {
        void operator()(evp_pkey_st* key) const;
    };
    p256_key() = default;
    std::unique_ptr<evp_pkey_st, free_key> key_;
    std::string public_;
};

[[nodiscard]] bool is_p256_point(std::string_view bytes);
// Did that key sign this text?
[[nodiscard]] bool verify_p256(std::string_view public_key, std::string_view text,
                               std::string_view signature);

} // namespace tertulia::crypto
