// SPDX-License-Identifier: Apache-2.0
// Whose X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host are taken at their word: those of
// named addresses and networks alone. From anybody else they are only text.
#pragma once

#include "base/address_block.hpp"
#include "web/request.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::web {

class proxies {
public:
    proxies() = default;
    // "192.0.2.1", "10.0.0.0/8"; whatever else stands there is nobody.
    explicit proxies(const std::vector<std::string>& addresses);

    [[nodiscard]] bool trusted(std::string_view address) const;

    // Who sends it: read from the right, the first address that is no trusted proxy. By which name
    // she called us, and whether over TLS: as the nearest proxy says.
    void find_sender(request& of) const;

private:
    std::vector<base::address_block> blocks_;
};

} // namespace tertulia::web
