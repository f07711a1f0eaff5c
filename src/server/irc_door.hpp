// SPDX-License-Identifier: Apache-2.0
// The IRC door as the configuration wants it: settings for the dialect, and who a visitor is to it.
#pragma once

#include "base/catalogue.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "irc/session.hpp"
#include "irc/settings.hpp"
#include "net/options.hpp"
#include "server/cloak.hpp"
#include "server/config.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace tertulia::server {

// "https://chat.example.org", as the configuration has it; empty: there is no web.
[[nodiscard]] std::string web_root(const config& from);

// "auto" is what the environment says.
[[nodiscard]] base::language language_of(const config& from);

// For every door.
[[nodiscard]] session::manners manners_of(const config& from,
                                          std::shared_ptr<const session::word_board> listed = {});
// As the setting says it.
[[nodiscard]] session::registration registration_of(const config& from);

// Where the operators of push services find ours; empty: nowhere.
[[nodiscard]] std::string push_contact(const config& from);

// What the doors of a server share.
struct irc_parts {
    cloak shown_as = {};
    std::shared_ptr<const session::word_board> words = {}; // that operators list
    session::service_passes* passes = nullptr;             // outlives the settings
    std::string push_key = {}; // the database's; empty: web push is off in any case
};
// Fails when the file with the message of the day cannot be read.
[[nodiscard]] base::result<irc::settings_ref> irc_settings(const config& from,
                                                           base::wall_time started_at,
                                                           bool rate_limited,
                                                           const irc_parts& with = {});

[[nodiscard]] irc::peer peer_of(const net::visitor& who, const cloak& shown_as = {});

} // namespace tertulia::server
