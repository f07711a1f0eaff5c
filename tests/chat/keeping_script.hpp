// SPDX-License-Identifier: Apache-2.0
// Arbitrary entries about whose rooms are and what they are called. For script.hpp.
#pragma once

#include "chat/dice.hpp"

namespace tertulia::chat {

inline command any_keeping_of_a_room(dice& by) {
    const base::name where = by.room();
    const base::name whom = by.nickname();
    switch (by.below(10)) {
    case 0:
    case 1: return register_room{where};
    case 2:
    case 3:
    case 4: return grant_access{where, whom, by.rank()};
    case 5: return transfer_room{where, whom};
    case 6:
    case 7: return uninvite{whom, where};
    default: return rename_room{where, by.room(), by.text()};
    }
}

} // namespace tertulia::chat
