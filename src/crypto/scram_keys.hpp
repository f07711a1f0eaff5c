// SPDX-License-Identifier: Apache-2.0
// What a server keeps of a password for SCRAM-SHA-256 (RFC 5802, 3; RFC 7677): enough to check a
// proof, too little to make one. Who steals it can try passwords at `iterations` rounds of SHA-256
// a guess, which is far cheaper than Argon2id's: a server that doesn't want that keeps none.
// Passwords come prepared (base/password_text.hpp). Safe from any thread.
#pragma once

#include "crypto/secret.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tertulia::crypto {

struct scram_keys {
    std::string salt;
    std::uint32_t iterations = 0;
    std::string stored_key;
    std::string server_key;
    friend bool operator==(const scram_keys&, const scram_keys&) = default;
};

// With a new salt. Takes the time of the iterations (scram_iterations_min to _max): never on the
// core's or a network thread.
[[nodiscard]] scram_keys make_scram_keys(const secret_text& prepared, std::uint32_t iterations);

// For an account that doesn't exist or has no keys: the same each time it is asked for, so that a
// salt doesn't tell who has an account, and no proof fits. `secret` is the server's own, 32 bytes;
// `account` the folded name. An account whose keys are of other iterations than the configured ones
// can still be told from it.
[[nodiscard]] scram_keys imagined_scram_keys(std::string_view secret, std::string_view account,
                                             std::uint32_t iterations);

// One line, as RFC 5803 writes it: "SCRAM-SHA-256$4096:salt$StoredKey:ServerKey".
[[nodiscard]] std::string to_text(const scram_keys& keys);
[[nodiscard]] std::optional<scram_keys> parse_scram_keys(std::string_view text);

// SaltedPassword, ClientKey and ServerKey of RFC 5802, 3: for the two sides of an exchange.
[[nodiscard]] secret_text scram_salted_password(const secret_text& prepared, std::string_view salt,
                                                std::uint32_t iterations);
[[nodiscard]] secret_text scram_client_key(const secret_text& salted_password);
[[nodiscard]] std::string scram_server_key(const secret_text& salted_password);

} // namespace tertulia::crypto
