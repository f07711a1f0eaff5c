// SPDX-License-Identifier: Apache-2.0
// Whose X-Forwarded-For and X-Forwarded-Proto are taken at their word: those of named addresses
// alone. From anybody else they are only text.
#pragma once

#include "web/request.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::web {

class proxies {
public:
    proxies() = default;
    explicit proxies(std::vector<std::string> addresses) : addresses_(std::move(addresses)) {}

    [[nodiscard]] bool trusted(std::string_view address) const;

    // Who sends it: read from the right, the first address that is no trusted proxy.
    void find_sender(request& of) const;

private:
    std::vector<std::string> addresses_; // numeric
};

} // namespace tertulia::web
