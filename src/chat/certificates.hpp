// SPDX-License-Identifier: Apache-2.0
// Certificates that open an account, by the SHA-256 of each in 64 hexadecimal digits: one opens one
// account only. To take one away is to change what proves the account.
#pragma once

#include "chat/card.hpp"

#include <string>
#include <vector>

namespace tertulia::chat {

struct change_certificate {
    std::string fingerprint;
    bool add = true;
};
struct ask_certificates {};
// Also the answer to a change: what there is now.
struct certificates_answer {
    std::vector<std::string> fingerprints;
    bool changed = false;
};

// What a session showed when it came, whether it opens an account or not: bans can name it.
struct shown_certificate {
    session_id session;
    std::string fingerprint;
};

// For the store.
struct certificate_saved {
    person_id account;
    std::string fingerprint;
    bool kept = true;
};

} // namespace tertulia::chat
