// SPDX-License-Identifier: Apache-2.0
#include "server/cloak.hpp"

#include "base/network.hpp"
#include "crypto/digest.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace tertulia::server {
namespace {

constexpr std::array ipv4_sizes{"/32", "/24", "/16"};
constexpr std::array ipv6_sizes{"/64", "/48", "/32"};
constexpr std::size_t hash_bytes = 4; // enough to tell apart, short enough to be read

} // namespace

cloak::cloak(std::string key) : key_(std::move(key)) {}

std::string cloak::of(const std::string& address) const {
    const auto parsed = base::parse_network(address);
    if (key_.empty() || !parsed) {
        // A host that begins with a colon would read as the last parameter of a line.
        return address.starts_with(':') ? "0" + address : address;
    }
    std::string shown;
    for (const char* const size : parsed->is_ipv4() ? ipv4_sizes : ipv6_sizes) {
        const auto around = base::parse_network(address + size);
        const std::string network = base::to_string(around ? *around : *parsed);
        const std::string hash = crypto::hmac_sha256(key_, network).substr(0, hash_bytes);
        shown += crypto::to_hex(hash) + ".";
    }
    return shown + "ip";
}

} // namespace tertulia::server
