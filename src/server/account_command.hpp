// SPDX-License-Identifier: Apache-2.0
// `tertulia account …`: the operator's work on accounts, with the running server, or, when none
// runs, with one that is started for it alone and listens to nobody else.
#pragma once

#include "base/result.hpp"
#include "server/command_line.hpp"

namespace tertulia::server {

// Prints what it did. Passwords that it made up are printed once and kept nowhere.
[[nodiscard]] base::result<void> run_account_command(const account_command& wish);

} // namespace tertulia::server
