// SPDX-License-Identifier: Apache-2.0
// What is kept of an account for those who check passwords. One reader for each thread that does.
#pragma once

#include "base/name.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "chat/account.hpp"
#include "store/database.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace tertulia::store {

struct kept_account {
    chat::proof as; // by the credentials that are there
    base::name name;
    bool suspended = false;
    chat::credentials what;
};

// A browser's log-in, with the account that its credentials still prove.
struct kept_login {
    chat::proof as;
    base::name name;
    bool suspended = false;
    base::wall_time opened_at;
};

class credential_reader {
public:
    virtual ~credential_reader() = default;
    [[nodiscard]] virtual base::result<std::optional<kept_account>>
    find(std::string_view account_key) = 0;
    // By the fingerprint of a certificate.
    [[nodiscard]] virtual base::result<std::optional<kept_account>>
    find_certificate(std::string_view fingerprint) = 0;

    // By the digest of its token; none as well where the credentials have changed since.
    [[nodiscard]] virtual base::result<std::optional<kept_login>>
    find_login(std::string_view /*key*/) {
        return std::nullopt;
    }
    // The account that made a program's token, by the token's digest.
    [[nodiscard]] virtual base::result<std::optional<kept_login>>
    find_token(std::string_view /*key*/) {
        return std::nullopt;
    }
};

// A connection of its own. The database is open already.
[[nodiscard]] base::result<std::unique_ptr<credential_reader>>
open_credential_reader(const database_options& options);

} // namespace tertulia::store
