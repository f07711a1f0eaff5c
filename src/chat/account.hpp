// SPDX-License-Identifier: Apache-2.0
// What makes somebody the same person from every device: a name with a password. What proves it is
// kept and checked outside the heart, which knows only its version.
#pragma once

#include "base/name.hpp"
#include "base/time.hpp"
#include "chat/card.hpp"
#include "chat/order.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tertulia::chat {

// For the store; the heart hands it on and reads nothing in it.
struct credentials {
    std::string password; // Argon2id, as a PHC string
    std::string scram;    // SCRAM-SHA-256 keys; empty: that way of logging in is closed
};

// Somebody proved to be this account, by its credentials of this version. Checked before the
// command is submitted; the heart sees whether it still holds.
struct proof {
    person_id account;
    std::uint32_t version = 0;
};

// The whole of an account's lasting state but for what grows with its use; replaces what was there.
struct account_saved {
    person_id id; // also the person's, whenever she is there
    base::name name;
    base::wall_time made_at;
    std::uint32_t version = 0; // of the credentials
    bool suspended = false;
    std::string language; // empty: the server's
};
struct credentials_saved {
    person_id account;
    credentials what;
};
// An account is in a room, whether she is there or away.
struct membership_saved {
    person_id account;
    conversation_id room;
    bool in = false;
};
// An account may come into a kept room whoever it is for: until she did, or it is taken back, or
// its time is over.
struct open_invitation {
    conversation_id room;
    base::wall_time at;
};
struct invitation_saved {
    person_id account;
    open_invitation to;
    bool open = false;
};
// It is no more, nor are its credentials and memberships.
struct account_ended {
    person_id id;
};

// Of the machine's owner (the control socket); some of them of operators too.
struct reset_credentials {
    base::name account;
    credentials what;
};
struct suspend_account { // its sessions end, and nobody logs in to it
    base::name account;
    bool on = true;
    authority by = authority::own;
};
struct delete_account { // like `end_account`
    base::name account;
    authority by = authority::own;
};

// Every account, by name. Answered to the operator's sessions alone, which are nobody's.
struct ask_accounts {};
struct accounts_answer {
    struct entry {
        base::name name;
        base::wall_time made_at;
        bool suspended = false;
        bool present = false;
        rights held = {};
    };
    std::vector<entry> accounts;
};

} // namespace tertulia::chat
