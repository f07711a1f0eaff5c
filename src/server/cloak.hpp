// SPDX-License-Identifier: Apache-2.0
// What others see in place of an address: hashes with a key of this server, of the address itself
// and of the networks around it. The same address is always shown the same, so bans by mask meet
// it ("*!*@*.5d41402a.7b9f10c3.ip" is a network), and nobody can guess it back without the key.
#pragma once

#include <string>

namespace tertulia::server {

class cloak {
public:
    cloak() = default;               // none: addresses are shown
    explicit cloak(std::string key); // random bytes that nobody else has

    // IPv4: the address, its /24, its /16; IPv6: its /64, its /48, its /32.
    [[nodiscard]] std::string of(const std::string& address) const;

private:
    std::string key_;
};

} // namespace tertulia::server
