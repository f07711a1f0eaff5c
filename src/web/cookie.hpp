// SPDX-License-Identifier: Apache-2.0
// The cookie that keeps a browser logged in: a random token that scripts cannot read and that other
// sites' pages do not send. Kept of it is only a digest (chat/login.hpp).
#pragma once

#include <string>
#include <string_view>

namespace tertulia::web {

// "__Host-" keeps other hosts of a domain from setting it; browsers take that over TLS alone.
[[nodiscard]] constexpr std::string_view login_cookie(bool secure) {
    return secure ? "__Host-tertulia" : "tertulia";
}

[[nodiscard]] std::string make_login_token();
[[nodiscard]] std::string login_key(std::string_view token); // the digest

// Values of Set-Cookie.
[[nodiscard]] std::string cookie_set(std::string_view token, bool secure);
[[nodiscard]] std::string cookie_cleared(bool secure);

} // namespace tertulia::web
