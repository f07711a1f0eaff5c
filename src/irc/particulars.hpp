// SPDX-License-Identifier: Apache-2.0
// What few sessions have, kept apart so that the many are small.
#pragma once

#include "base/catalogue.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tertulia::irc {

struct particulars {
    std::string certificate;                // of the client, its fingerprint; empty: none
    std::optional<base::language> language; // chosen; none: the server's
    std::vector<std::string> subscriptions; // to keys of metadata
    std::string account_code;               // said to make an account with it (CODE)
    std::vector<std::string> fresh_secrets; // of tokens and webhooks that are being made
};

} // namespace tertulia::irc
