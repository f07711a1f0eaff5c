// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.hpp"

#include "base/assert.hpp"

#include <openssl/evp.h>
#include <sodium.h>

namespace tertulia::crypto {
namespace {

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* octets(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

} // namespace

std::string sha256(std::string_view bytes) {
    std::string made(digest_size, '\0');
    crypto_hash_sha256(octets(made), octets(bytes), bytes.size());
    return made;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, octets(key), key.size());
    crypto_auth_hmacsha256_update(&state, octets(bytes), bytes.size());
    std::string made(digest_size, '\0');
    crypto_auth_hmacsha256_final(&state, octets(made));
    sodium_memzero(&state, sizeof state);
    return made;
}

std::string sha1(std::string_view bytes) {
    constexpr std::size_t size = 20;
    std::string made(size, '\0');
    const int done =
        EVP_Digest(bytes.data(), bytes.size(), octets(made), nullptr, EVP_sha1(), nullptr);
    ASSERT(done == 1);
    return made;
}

std::string to_hex(std::string_view bytes) {
    std::string made(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(made.data(), made.size(), octets(bytes), bytes.size());
    made.pop_back();
    return made;
}

} // namespace tertulia::crypto
