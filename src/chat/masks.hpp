// SPDX-License-Identifier: Apache-2.0
// What an entry of a room's lists (+b, +e, +I) means beyond nick!user@host: extended bans (ISUPPORT
// EXTBAN). The door writes them in one way alone, "m:a:name": mute before account. That one ends
// by itself stands beside the text (mask_entry::lasts).
#pragma once

#include <string_view>

namespace tertulia::chat {

struct mask_sense {
    bool mutes = false;       // "m:" who fits may be there, but does not speak
    bool account = false;     // "a:" the account's name is compared, and nothing else
    bool certificate = false; // "z:" the fingerprint of what a session showed, and nothing else
    std::string_view pattern;
};

[[nodiscard]] mask_sense sense_of(std::string_view folded);

} // namespace tertulia::chat
