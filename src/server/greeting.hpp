// SPDX-License-Identifier: Apache-2.0
// What a start tells the one who started it: where to connect from here and from elsewhere.
#pragma once

#include "base/catalogue.hpp"
#include "server/listen_url.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::server {

struct greeting_facts {
    std::vector<listen_url> listeners;     // with their real ports
    std::vector<std::string> addresses;    // of this machine, as others reach it
    std::vector<std::string> fingerprints; // of the certificates
    std::string data;                      // the folder
    std::string room;                      // where everybody meets
};

// A few lines, the last with its '\n'.
[[nodiscard]] std::string greeting(base::language in, const greeting_facts& of);

// Where a phone on the same network finds the app; empty: nowhere.
[[nodiscard]] std::string address_for_phones(const greeting_facts& of);

// The addresses of this machine's interfaces, but loopback and link-local ones.
[[nodiscard]] std::vector<std::string> machine_addresses();

// What the environment asks for: LC_ALL, else LC_MESSAGES, else LANG.
[[nodiscard]] base::language environment_language();

} // namespace tertulia::server
