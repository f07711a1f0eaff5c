// SPDX-License-Identifier: Apache-2.0
// One block of AES, so ECB is all it takes: equal blocks would tell only that the numbers are
// equal, and numbers never are. The 64 zero bits are the check: an invented token passes once in
// 2^64.
#include "crypto/message_token.hpp"

#include "base/assert.hpp"

#include <openssl/evp.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>

namespace tertulia::crypto {
namespace {

constexpr std::size_t block_size = 16;
constexpr std::size_t token_size = 22;
constexpr std::size_t number_size = 8;
constexpr int byte_bits = 8;

using block = std::array<unsigned char, block_size>;
using cipher_context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

enum class direction : int { decrypt = 0, encrypt = 1 };

cipher_context make_context(std::string_view key, direction way) {
    block key_bytes;
    std::ranges::copy(key, key_bytes.begin());
    cipher_context made(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    const bool ready = made != nullptr &&
                       EVP_CipherInit_ex(made.get(), EVP_aes_128_ecb(), nullptr, key_bytes.data(),
                                         nullptr, static_cast<int>(way)) == 1 &&
                       EVP_CIPHER_CTX_set_padding(made.get(), 0) == 1;
    sodium_memzero(key_bytes.data(), key_bytes.size());
    if (!ready) {
        throw std::runtime_error("OpenSSL has no AES-128-ECB");
    }
    return made;
}

block pass_through(const cipher_context& cipher, const block& in) {
    block out;
    int written = 0;
    const int passed = EVP_CipherUpdate(cipher.get(), out.data(), &written, in.data(),
                                        static_cast<int>(in.size()));
    ASSERT(passed == 1 && written == static_cast<int>(block_size));
    return out;
}

} // namespace

struct message_tokens::state {
    cipher_context encrypting;
    cipher_context decrypting;
};

message_tokens::message_tokens(std::string_view key) {
    ASSERT(key.size() == block_size);
    state_ = std::make_unique<state>(make_context(key, direction::encrypt),
                                     make_context(key, direction::decrypt));
}
message_tokens::~message_tokens() = default;
message_tokens::message_tokens(message_tokens&&) noexcept = default;

void message_tokens::append(std::uint64_t number, std::string& out) const {
    block plain{};
    for (std::size_t at = number_size; at-- > 0; number >>= byte_bits) {
        plain[at] = static_cast<unsigned char>(number);
    }
    const block sealed = pass_through(state_->encrypting, plain);
    std::array<char, token_size + 1> token;
    sodium_bin2base64(token.data(), token.size(), sealed.data(), sealed.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out.append(token.data(), token_size);
}

std::optional<std::uint64_t> message_tokens::number(std::string_view token) const {
    block sealed;
    std::size_t decoded = 0;
    if (token.size() != token_size ||
        sodium_base642bin(sealed.data(), sealed.size(), token.data(), token.size(), nullptr,
                          &decoded, nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        decoded != block_size) {
        return std::nullopt;
    }
    const block plain = pass_through(state_->decrypting, sealed);
    std::uint64_t number = 0;
    std::uint64_t zeros = 0;
    for (std::size_t at = 0; at < number_size; ++at) {
        number = number << byte_bits | plain[at];
        zeros |= plain[number_size + at];
    }
    return zeros == 0 ? std::optional(number) : std::nullopt;
}

} // namespace tertulia::crypto
