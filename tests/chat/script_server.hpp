// SPDX-License-Identifier: Apache-2.0
// Arbitrary entries of the server's own and of the machine's owner. For script.hpp.
#pragma once

#include "chat/dice.hpp"

#include <chrono>
#include <string>

namespace tertulia::chat {

inline command any_deed_of_the_server(dice& by, base::wall_time now) {
    const std::string secret = by.text();
    const auto what = by.below(60);
    if (what >= 40 && what < 50) {
        return add_code{secret, secret, 1 + by.below(3), std::chrono::seconds{by.below(600)}};
    }
    if (what >= 50 && what < 54) {
        return remove_code{secret, secret};
    }
    if (what >= 10 && what < 25) {
        return set_rights{by.nickname(), rights(by.below(1U << right_count)),
                          rights(by.below(1U << right_count))};
    }
    switch (what) {
    case 3: return reset_credentials{by.nickname(), {secret, secret}};
    case 4:
    case 5: return suspend_account{by.nickname(), true, authority::machine};
    case 6:
    case 7:
    case 8: return suspend_account{by.nickname(), false, authority::machine};
    case 9: return delete_account{by.nickname(), authority::machine};
    case 0: return node_gone{static_cast<std::uint16_t>(by.below(2))};
    case 1: return keep_room{named("#kept" + by.text())};
    default: return sweep{now - std::chrono::seconds{by.below(60)}};
    }
}

} // namespace tertulia::chat
