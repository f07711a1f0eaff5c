// SPDX-License-Identifier: Apache-2.0
// The log-ins of an account as the disk keeps them: those that its credentials still stand for.
#pragma once

#include "session/logins.hpp"
#include "store/database.hpp"

#include <memory>

namespace tertulia::store {

// Each question has a connection of its own: it is rare, and may come on any thread.
[[nodiscard]] std::unique_ptr<session::login_reader> make_login_reader(database_options of);

} // namespace tertulia::store
