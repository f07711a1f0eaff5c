// SPDX-License-Identifier: Apache-2.0
#include "web/cookie.hpp"

#include "base/web_limits.hpp"
#include "crypto/digest.hpp"
#include "crypto/secret.hpp"

#include <fmt/format.h>

#include <chrono>

namespace tertulia::web {
namespace {

constexpr std::size_t token_size = 32; // bytes, before they are spelled in hexadecimal

std::string attributes(std::chrono::seconds age, bool secure) {
    return fmt::format("; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}", age.count(),
                       secure ? "; Secure" : "");
}

} // namespace

std::string make_login_token() { return crypto::to_hex(crypto::random_bytes(token_size)); }

std::string login_key(std::string_view token) { return crypto::sha256(token); }

std::string cookie_set(std::string_view token, bool secure) {
    return fmt::format("{}={}{}", login_cookie(secure), token,
                       attributes(base::limits::login_lifetime, secure));
}

std::string cookie_cleared(bool secure) {
    return fmt::format("{}={}", login_cookie(secure), attributes(std::chrono::seconds{0}, secure));
}

} // namespace tertulia::web
