// SPDX-License-Identifier: Apache-2.0
// What the client remembers from one run to the next: certificates that somebody accepted, and
// passwords that somebody asked to keep. Two files in a folder that only their owner reads.
#pragma once

#include "base/result.hpp"
#include "crypto/secret.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tertulia::terminal {

class keepsakes {
public:
    // Nothing is made before something is to be kept.
    explicit keepsakes(std::string folder) : folder_(std::move(folder)) {}

    // A server is "host:port". Its fingerprint; "certified" if others vouch for it; "" if unknown.
    [[nodiscard]] std::string known_server(std::string_view server) const;
    [[nodiscard]] base::result<void> know_server(std::string_view server,
                                                 std::string_view fingerprint);

    [[nodiscard]] std::string password(std::string_view server, std::string_view account) const;
    [[nodiscard]] base::result<void>
    keep_password(std::string_view server, std::string_view account, std::string_view password);
    [[nodiscard]] base::result<void> forget_password(std::string_view server,
                                                     std::string_view account);

    [[nodiscard]] std::string known_servers_file() const { return folder_ + "/known_servers"; }
    [[nodiscard]] std::string passwords_file() const { return folder_ + "/passwords"; }

    // $XDG_CONFIG_HOME/tertulia, else ~/.config/tertulia.
    [[nodiscard]] static std::string usual_folder();

private:
    [[nodiscard]] base::result<void> replace(const std::string& file, std::string_view key,
                                             std::string_view value) const;
    std::string folder_;
};

} // namespace tertulia::terminal
