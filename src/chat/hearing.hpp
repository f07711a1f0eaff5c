// SPDX-License-Identifier: Apache-2.0
// Who hears a message to a room or a person, and may it be said? Shared by what is said and by
// signals, which are questions.
#pragma once

#include "chat/audience.hpp"
#include "chat/refusal.hpp"
#include "chat/state.hpp"

#include <optional>

namespace tertulia::chat {

struct hearing {
    std::optional<reason> refusal;
    room_ref in;
    card_ref to;
    audience heard_by;
    bool unheard = false; // by whom it is for: she has silenced the author, who is not told
};
[[nodiscard]] hearing hearing_of(const heart_state& in, const person& author,
                                 const base::name& target, role heard_from);

} // namespace tertulia::chat
