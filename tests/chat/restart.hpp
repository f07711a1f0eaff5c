// SPDX-License-Identifier: Apache-2.0
// The heart of a world starts again with what the store would give it: nobody is there.
#pragma once

#include "chat/world.hpp"

#include <memory>

namespace tertulia::chat {

inline void restart(world& of, const restored& with) {
    std::destroy_at(&of.chat);
    std::construct_at(&of.chat, with);
}
inline void restart(world& of) { restart(of, of.chat.lasting_state()); }

} // namespace tertulia::chat
