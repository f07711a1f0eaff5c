// SPDX-License-Identifier: Apache-2.0
// What the operator sets of the IRC door: made by `server` from the configuration, immutable,
// replaced as a whole on reload.
#pragma once

#include "base/catalogue.hpp"
#include "base/time.hpp"
#include "session/manners.hpp"
#include "session/registration.hpp"
#include "session/service_passes.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::irc {

struct peer; // session.hpp

// Somebody who passes other people's connections on, and says where they come from (WEBIRC).
struct gateway {
    std::string address; // as it is counted
    std::string password;
};
// The peer is where that address says, from now on. False: it is no address.
using relocation = std::function<bool(peer& who, std::string_view address)>;

struct settings {
    std::string server_name = "tertulia.local"; // no blank; the source of the server's own lines
    std::string network_name = "Tertulia";      // ISUPPORT NETWORK
    std::string icon;                           // URL of a picture (draft/ICON); empty: none
    std::string version;                        // of the software
    base::wall_time started_at;
    base::language language = base::language::english;
    std::vector<std::string> message_of_the_day;
    std::string password;                 // asked with PASS; empty: none
    std::chrono::seconds sts_duration{0}; // for how long clients shall insist on TLS; 0: not said
    std::uint16_t sts_port = 0;           // where TLS is
    bool guests = true;                   // who has no account may come in
    std::string guest_code;               // asked of those without an account with PASS
    tertulia::session::manners manners;   // of what is said
    tertulia::session::registration registration = {}; // who may make an account
    bool scram = true;                                 // SASL SCRAM-SHA-256 is offered
    std::uint32_t history_on_join = 50;    // messages shown to clients without chathistory; 0: none
    std::string file_host;                 // where files go (ISUPPORT FILEHOST); empty: nowhere
    std::string push_key;                  // the server's, for web push (VAPID); empty: it is off
    std::vector<std::string> push_trusted; // push services that may be anywhere: their origins
    std::string web_root;                  // "https://chat.example.org", without "/"; empty: none
    std::uint32_t sessions_per_address_max = 200; // 0: any number

    std::vector<tertulia::session::service> services;    // that passes are given to
    tertulia::session::service_passes* passes = nullptr; // there where there are services

    std::vector<gateway> gateways;
    relocation relocate; // there where there are gateways

    // Flood control: a session may send `burst` lines at once and then `lines_per_second`; what is
    // more waits in its connection. `rate_limited` false is for load tests.
    bool rate_limited = true;
    std::uint32_t burst = 30;
    std::uint32_t lines_per_second = 4;

    std::chrono::milliseconds registration_timeout{30'000};
    std::chrono::milliseconds ping_after{120'000};  // without a byte from the client
    std::chrono::milliseconds ping_timeout{60'000}; // without an answer
};
using settings_ref = std::shared_ptr<const settings>;

} // namespace tertulia::irc
