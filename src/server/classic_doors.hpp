// SPDX-License-Identifier: Apache-2.0
// The classic doors as the configuration wants them: a dialect of each kind for each network
// thread, and who a visitor is to them.
#pragma once

#include "base/time.hpp"
#include "classic/dialect.hpp"
#include "classic/settings.hpp"
#include "net/options.hpp"
#include "server/cloak.hpp"
#include "server/config.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tertulia::server {

[[nodiscard]] classic::settings_ref
classic_settings(const config& from, bool rate_limited,
                 std::shared_ptr<const session::word_board> listed = {});

[[nodiscard]] classic::visitor classic_visitor(const net::visitor& who, const cloak& shown_as = {});

// The address, where it is this machine's or of a private network; else its first half.
[[nodiscard]] std::string cloaked(const std::string& address);

class classic_doors {
public:
    classic_doors(const classic::settings_ref& rules, std::size_t threads, cloak shown_as);

    // For a listener with a classic scheme. Outlived by the doors.
    [[nodiscard]] net::protocol_maker protocol_of(const listen_url& at);

    // On that network thread.
    void replace_settings(std::size_t thread, const classic::settings_ref& rules);

private:
    using by_scheme = std::map<std::string, std::unique_ptr<classic::dialect>>;
    std::vector<by_scheme> dialects_; // of each thread
    cloak shown_as_;
};

} // namespace tertulia::server
