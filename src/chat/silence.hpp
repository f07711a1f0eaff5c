// SPDX-License-Identifier: Apache-2.0
// Whom somebody does not hear in private (IRC: SILENCE). Kept with an account; a guest's end with
// her. Who is silenced is not told. Operators are always heard.
#pragma once

#include "chat/card.hpp"
#include "chat/modes.hpp"

#include <vector>

namespace tertulia::chat {

// A mask as in a room's lists: "nick!user@host", or "a:account".
struct silence {
    mask_entry whom;
    bool on = true;
};
struct ask_silences {};
struct silences_answer {
    std::vector<mask_entry> masks;
};

struct silence_saved {
    person_id account;
    mask_entry whom;
    bool on = true;
};
// To a person's own sessions.
struct silence_changed {
    mask_entry whom;
    bool on = true;
};

} // namespace tertulia::chat
