// SPDX-License-Identifier: Apache-2.0
#include "crypto/scram_keys.hpp"

#include "base/assert.hpp"
#include "base/base64.hpp"
#include "base/limits.hpp"
#include "crypto/digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <utility>

namespace tertulia::crypto {
namespace {

constexpr std::size_t salt_size = 16;
constexpr std::string_view scheme = "SCRAM-SHA-256$";

std::optional<std::uint32_t> iterations_of(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = fault == std::errc() && end == text.data() + text.size();
    return whole && number >= base::limits::scram_iterations_min &&
                   number <= base::limits::scram_iterations_max
               ? std::optional(number)
               : std::nullopt;
}

// Cuts `text` at the first of each separator, in their order.
std::optional<std::array<std::string_view, 4>> cut(std::string_view text) {
    std::array<std::string_view, 4> parts;
    for (std::size_t at = 0; const char separator : std::string_view(":$:")) {
        const std::size_t end = text.find(separator);
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        parts[at++] = text.substr(0, end);
        text.remove_prefix(end + 1);
    }
    parts.back() = text;
    return parts;
}

} // namespace

secret_text scram_salted_password(const secret_text& prepared, std::string_view salt,
                                  std::uint32_t iterations) {
    ASSERT(iterations >= base::limits::scram_iterations_min &&
           iterations <= base::limits::scram_iterations_max);
    std::string made(digest_size, '\0');
    const int done = PKCS5_PBKDF2_HMAC(
        prepared.view().data(), static_cast<int>(prepared.view().size()),
        reinterpret_cast<const unsigned char*>(salt.data()), static_cast<int>(salt.size()),
        static_cast<int>(iterations), EVP_sha256(), static_cast<int>(made.size()),
        reinterpret_cast<unsigned char*>(made.data()));
    ASSERT(done == 1);
    return secret_text(std::move(made));
}

secret_text scram_client_key(const secret_text& salted_password) {
    return secret_text(hmac_sha256(salted_password.view(), "Client Key"));
}

std::string scram_server_key(const secret_text& salted_password) {
    return hmac_sha256(salted_password.view(), "Server Key");
}

scram_keys make_scram_keys(const secret_text& prepared, std::uint32_t iterations) {
    std::string salt = random_bytes(salt_size);
    const secret_text salted = scram_salted_password(prepared, salt, iterations);
    return {.salt = std::move(salt),
            .iterations = iterations,
            .stored_key = sha256(scram_client_key(salted).view()),
            .server_key = scram_server_key(salted)};
}

scram_keys imagined_scram_keys(std::string_view secret, std::string_view account,
                               std::uint32_t iterations) {
    const auto imagined = [&](std::string_view what) {
        return hmac_sha256(secret, fmt::format("{} {}", what, account));
    };
    return {.salt = imagined("salt").substr(0, salt_size),
            .iterations = iterations,
            .stored_key = imagined("stored key"),
            .server_key = imagined("server key")};
}

std::string to_text(const scram_keys& keys) {
    return fmt::format("{}{}:{}${}:{}", scheme, keys.iterations, base::to_base64(keys.salt),
                       base::to_base64(keys.stored_key), base::to_base64(keys.server_key));
}

std::optional<scram_keys> parse_scram_keys(std::string_view text) {
    if (!text.starts_with(scheme)) {
        return std::nullopt;
    }
    const auto parts = cut(text.substr(scheme.size()));
    if (!parts) {
        return std::nullopt;
    }
    const auto iterations = iterations_of((*parts)[0]);
    auto salt = base::from_base64((*parts)[1]);
    auto stored_key = base::from_base64((*parts)[2]);
    auto server_key = base::from_base64((*parts)[3]);
    if (!iterations || !salt || salt->empty() || !stored_key || stored_key->size() != digest_size ||
        !server_key || server_key->size() != digest_size) {
        return std::nullopt;
    }
    return scram_keys{std::move(*salt), *iterations, std::move(*stored_key),
                      std::move(*server_key)};
}

} // namespace tertulia::crypto
