// SPDX-License-Identifier: Apache-2.0
// A browser that stays logged in as an account, known by the digest of a random token. The heart
// only sees to it that who opens one is proved; what is open is the store's to know, and ends with
// the credentials by whose proof it was opened.
#pragma once

#include "chat/account.hpp"

#include <cstdint>
#include <string>

namespace tertulia::chat {

// From a session that is not connected.
struct open_login {
    proof as;
    std::string key;          // 32 bytes
    std::string browser = {}; // what it says it is, for its owner's eyes: "Firefox, Linux"
};
// By whoever has the token.
struct close_login {
    std::string key;
};

// For the store.
enum class login_change : std::uint8_t { opened, closed, all_closed };
struct login_saved {
    login_change what = login_change::opened;
    proof as;        // with `closed`: nobody
    std::string key; // with `all_closed`: none
    std::string browser = {};
};

} // namespace tertulia::chat
