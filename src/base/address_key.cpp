// SPDX-License-Identifier: Apache-2.0
#include "base/address_key.hpp"

#include "base/network.hpp"

#include <functional>
#include <optional>
#include <string>

namespace tertulia::base {

std::uint64_t address_key(std::string_view address) {
    const std::optional<network> known = parse_network(address);
    if (!known) {
        return std::hash<std::string_view>{}(address);
    }
    return std::hash<std::string>{}(std::string(known->bytes.begin(), known->bytes.end()));
}

} // namespace tertulia::base
