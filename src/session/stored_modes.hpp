// SPDX-License-Identifier: Apache-2.0
// Changes of a room's modes as history keeps them: a text that no dialect's letters are in, one
// change a line. A room's password is not kept: whoever reads history later may not know it.
//
//     write_modes({flag_change{room_flag::moderated, true}, role_change{role::voice, true, ana}})
//     // "flag 1 1\nrole 1 1 ana\n"
#pragma once

#include "chat/modes.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::session {

[[nodiscard]] std::string write_modes(std::span<const chat::mode_change> changes);
// What is no change is left out; a password reads as "*".
[[nodiscard]] std::vector<chat::mode_change> read_modes(std::string_view kept);

} // namespace tertulia::session
