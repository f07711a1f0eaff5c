// SPDX-License-Identifier: Apache-2.0
// The PHC string is written and read here because libsodium's own verification answers "wrong" when
// memory runs out, and a person would be told so and counted as a guesser.
#include "crypto/password.hpp"

#include "base/assert.hpp"
#include "base/base64.hpp"
#include "crypto/sodium.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <charconv>
#include <cstddef>
#include <optional>
#include <system_error>
#include <utility>

namespace tertulia::crypto {
namespace {

constexpr std::size_t salt_size = crypto_pwhash_argon2id_SALTBYTES;
constexpr std::size_t hash_size = 32;
constexpr std::size_t kib = 1024;
constexpr std::size_t group_letters = 4; // of base64
constexpr password_cost cost_min{.memory_kib = 8, .passes = 1};

struct stored_password {
    password_cost cost;
    std::string salt;
    std::string hash;
};

// Nothing where the memory can't be had.
std::optional<std::string> argon2id(const secret_text& prepared, const std::string& salt,
                                    password_cost cost) {
    ASSERT(cost.memory_kib >= cost_min.memory_kib && cost.passes >= cost_min.passes);
    if (cost.memory_kib > crypto_pwhash_argon2id_MEMLIMIT_MAX / kib) {
        return std::nullopt;
    }
    start_sodium();
    std::string made(hash_size, '\0');
    const int done = crypto_pwhash(reinterpret_cast<unsigned char*>(made.data()), made.size(),
                                   prepared.view().data(), prepared.view().size(),
                                   reinterpret_cast<const unsigned char*>(salt.data()), cost.passes,
                                   cost.memory_kib * kib, crypto_pwhash_ALG_ARGON2ID13);
    return done == 0 ? std::optional(made) : std::nullopt;
}

// The PHC string format has base64 without padding.
std::string to_phc_base64(std::string_view bytes) {
    std::string made = base::to_base64(bytes);
    made.erase(made.find_last_not_of('=') + 1);
    return made;
}

std::optional<std::string> from_phc_base64(std::string_view text) {
    std::string padded(text);
    padded.append((group_letters - text.size() % group_letters) % group_letters, '=');
    return base::from_base64(padded);
}

bool skip(std::string_view& text, std::string_view expected) {
    const bool there = text.starts_with(expected);
    text.remove_prefix(there ? expected.size() : 0);
    return there;
}

template <class Number>
bool take_number(std::string_view& text, Number& number) {
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return fault == std::errc();
}

std::optional<stored_password> parse(std::string_view stored) {
    password_cost cost;
    if (!skip(stored, "$argon2id$v=19$m=") || !take_number(stored, cost.memory_kib) ||
        !skip(stored, ",t=") || !take_number(stored, cost.passes) || !skip(stored, ",p=1$") ||
        !stored.contains('$') || cost.memory_kib < cost_min.memory_kib ||
        cost.passes < cost_min.passes) {
        return std::nullopt;
    }
    const std::size_t end = stored.find('$');
    std::optional<std::string> salt = from_phc_base64(stored.substr(0, end));
    std::optional<std::string> hash = from_phc_base64(stored.substr(end + 1));
    if (!salt || !hash || salt->size() != salt_size || hash->size() != hash_size) {
        return std::nullopt;
    }
    return stored_password{cost, std::move(*salt), std::move(*hash)};
}

} // namespace

base::result<std::string> hash_password(const secret_text& prepared, password_cost cost) {
    const std::string salt = random_bytes(salt_size);
    const std::optional<std::string> hash = argon2id(prepared, salt, cost);
    if (!hash) {
        return base::failure(fmt::format("No memory to hash a password: it takes {} KiB; lower its "
                                         "cost in the configuration or free memory",
                                         cost.memory_kib));
    }
    return fmt::format("$argon2id$v=19$m={},t={},p=1${}${}", cost.memory_kib, cost.passes,
                       to_phc_base64(salt), to_phc_base64(*hash));
}

password_answer verify_password(std::string_view stored, const secret_text& prepared,
                                password_cost cost) {
    const std::optional<stored_password> known = parse(stored);
    const std::optional<std::string> hash =
        known ? argon2id(prepared, known->salt, known->cost)
              : argon2id(prepared, std::string(salt_size, '\0'), cost);
    if (!hash) {
        return password_answer::no_memory;
    }
    return known && equal_secrets(*hash, known->hash) ? password_answer::right
                                                      : password_answer::wrong;
}

bool needs_rehash(std::string_view stored, password_cost cost) {
    const std::optional<stored_password> known = parse(stored);
    return !known || known->cost != cost;
}

} // namespace tertulia::crypto
