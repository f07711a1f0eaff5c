// SPDX-License-Identifier: Apache-2.0
#include "crypto/push_message.hpp"

#include "base/assert.hpp"
#include "crypto/digest.hpp"
#include "crypto/p256.hpp"
#include "crypto/secret.hpp"

#include <openssl/evp.h>

#include <memory>

namespace tertulia::crypto {
namespace {

constexpr std::size_t seed_size = 32;
constexpr std::size_t key_size = 16;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr char last_record = 2; // the delimiter (RFC 8188, 2)

struct free_cipher {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// HKDF's second half where one block is enough (RFC 5869, 2.3).
std::string expand(std::string_view key, std::string info, std::size_t size) {
    info += '\x01';
    return hmac_sha256(key, info).substr(0, size);
}

// With its terminating zero, which is part of it.
std::string info_of(std::string_view text) { return std::string(text) + '\0'; }

std::string sealed(std::string_view plain, std::string_view key, std::string_view nonce) {
    const std::unique_ptr<EVP_CIPHER_CTX, free_cipher> context(EVP_CIPHER_CTX_new());
    std::string made(plain.size() + tag_size, '\0');
    int size = 0;
    ASSERT(EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes_of(key),
                              bytes_of(nonce)) == 1);
    ASSERT(EVP_EncryptUpdate(context.get(), bytes_of(made), &size, bytes_of(plain),
                             static_cast<int>(plain.size())) == 1);
    ASSERT(EVP_EncryptFinal_ex(context.get(), bytes_of(made) + size, &size) == 1);
    ASSERT(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_size,
                               bytes_of(made) + plain.size()) == 1);
    return made;
}

// The names of what is derived are RFC 8291's, 3.4.
std::optional<std::string> encrypt(std::string_view text, std::string_view device_key,
                                   std::string_view device_secret, const p256_key& own,
                                   std::string_view salt) {
    const std::optional<std::string> shared = own.agree(device_key);
    if (!shared) {
        return std::nullopt;
    }
    const std::string key_info =
        info_of("WebPush: info") + std::string(device_key) + own.public_key();
    const std::string material = expand(hmac_sha256(device_secret, *shared), key_info, seed_size);
    const std::string root = hmac_sha256(salt, material);
    const std::string key = expand(root, info_of("Content-Encoding: aes128gcm"), key_size);
    const std::string nonce = expand(root, info_of("Content-Encoding: nonce"), nonce_size);

    std::string made(salt);
    made += std::string_view("\x00\x00\x10\x00", 4); // records of 4096 bytes, of which this is one
    made += static_cast<char>(push_key_size);
    made += own.public_key();
    made += sealed(std::string(text) + last_record, key, nonce);
    return made;
}

} // namespace

bool is_push_key(std::string_view bytes) { return is_p256_point(bytes); }

std::optional<std::string> encrypt_push(std::string_view text, std::string_view device_key,
                                        std::string_view device_secret) {
    const p256_key own(random_bytes(seed_size));
    return encrypt(text, device_key, device_secret, own, random_bytes(push_salt_size));
}

std::optional<std::string> encrypt_push_with(std::string_view text, std::string_view device_key,
                                             std::string_view device_secret,
                                             std::string_view own_key, std::string_view salt) {
    return encrypt(text, device_key, device_secret, p256_key::of_private(own_key), salt);
}

} // namespace tertulia::crypto
