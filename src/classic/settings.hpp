// SPDX-License-Identifier: Apache-2.0
// What the classic doors are told: by the operator, by a listener, and of each who comes.
#pragma once

#include "base/catalogue.hpp"
#include "base/name.hpp"
#include "session/manners.hpp"
#include "session/registration.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tertulia::classic {

// Made by `server` from the configuration, immutable, replaced as a whole on reload.
struct settings {
    base::language language = base::language::spanish; // of what the origins have no words for
    bool password_asked = false;             // of everyone; no classic client could give one
    session::manners manners;                // of what is said
    bool guest_code_asked = false;           // of guests: likewise
    bool guests = true;                      // who has no account may come in
    session::registration registration = {}; // who may make an account
    std::uint32_t password_length_min = 8;   // of an account made here
    std::function<std::string(std::string_view typed)> code_digest; // crypto is not ours
    std::uint32_t sessions_per_address_max = 200;                   // 0: any number

    // Flood control, as at the other doors: `burst` messages at once, then so many a second.
    bool rate_limited = true;
    std::uint32_t burst = 30;
    std::uint32_t lines_per_second = 4;

    std::chrono::milliseconds answer_timeout{30'000}; // to say who one is, where that comes first
};
using settings_ref = std::shared_ptr<const settings>;

// What a listener says: where its clients come in, and how.
struct entrance {
    base::name room;
    std::string keyword = "nombre del cliente"; // `nickname` asks with it
    bool accounts = false;                      // `labels` takes passwords
};

// Who comes, as the listener saw it.
struct visitor {
    std::string host;    // shown to others
    std::string address; // counted by: an IPv4 address or an IPv6 /64
    std::string cloaked; // shown where the origin showed an address
    std::uint16_t port = 0;
    std::uint32_t arrival = 0; // how-manieth
};

} // namespace tertulia::classic
