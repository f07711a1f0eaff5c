// SPDX-License-Identifier: Apache-2.0
// Codes by which accounts are made where not everybody may make one. A code is known by its digest
// alone; its first characters, which alone open nothing, tell it from others.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tertulia::chat {

struct account_code {
    std::string digest; // as crypto::code_digest makes it
    std::string start;
    std::uint32_t uses = 1; // that are left
    std::uint32_t used = 0;
    base::wall_time made_at;
    std::optional<base::wall_time> until; // none: until it is used up or taken back

    [[nodiscard]] bool in_force(base::wall_time now) const { return !until || now < *until; }
};

// Of the machine's owner alone, as are the other two.
struct add_code {
    std::string digest;
    std::string start;
    std::uint32_t uses = 1;
    std::optional<std::chrono::seconds> lasts_for;
};
struct remove_code {
    std::string digest;
    std::string start; // enough, where no other begins so
};
struct ask_codes {};
struct codes_answer {
    std::vector<account_code> codes; // the oldest first
};

// For the store, in the same commit as what it was used for.
struct code_saved {
    account_code what;
    bool kept = true; // else it is no more
};

} // namespace tertulia::chat
