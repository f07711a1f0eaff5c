// SPDX-License-Identifier: Apache-2.0
// Devices that are told what is said to an account while nobody is there (IRC: WEBPUSH). The heart
// sees to it that an account's own session asks for it, and says whom a message may be told of;
// where the devices are is the store's to know.
#pragma once

#include "chat/card.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tertulia::chat {

// Where a push service takes messages for a device, and the keys that only the device can open them
// with (RFC 8291): its public one, 65 bytes, and a secret of 16.
struct push_registration {
    std::string endpoint;
    std::string key;
    std::string secret;

    friend bool operator==(const push_registration&, const push_registration&) = default;
};

// A device of the author's account is told, or no more. By the server itself: it is gone, whoever's
// it was.
struct set_push {
    push_registration what; // an end needs the endpoint alone
    bool on = true;
};
// Good while the account's credentials are those of this version.
struct push_saved {
    person_id account; // 0: whoever's it is
    std::uint32_t version = 0;
    push_registration what;
    bool on = true;
};

// Asked by the server itself: who of these accounts may be told now what that person said there?
// Those who read it and are not there to: they have no session, or say that they are away.
struct ask_pushable {
    std::vector<person_id> whom;
    card_ref by;
    conversation_id conversation;
    bool in_room = false;
    role heard_from = role::member;
};
struct pushable_answer {
    std::vector<person_id> whom;
};

} // namespace tertulia::chat
