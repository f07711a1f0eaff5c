// SPDX-License-Identifier: Apache-2.0
// Who may make an account: for every door.
#pragma once

#include <cstdint>

namespace tertulia::session {

enum class registration : std::uint8_t {
    open,    // anybody
    by_code, // who has one (chat/code.hpp)
    closed,  // the machine's owner makes them
};

} // namespace tertulia::session
