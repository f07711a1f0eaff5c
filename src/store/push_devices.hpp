// SPDX-License-Identifier: Apache-2.0
// The devices that are told of messages, as the thread that tells them reads them: what the writer
// has committed.
#pragma once

#include "base/name.hpp"
#include "base/result.hpp"
#include "chat/push.hpp"
#include "store/database.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tertulia::store {

// An account with its devices; none where it is suspended or its credentials have changed since.
struct push_owner {
    chat::person_id account;
    base::name name;
    std::vector<chat::push_registration> devices; // the oldest first
    std::string words = {}, levels = {};          // as she keeps them (chat/private_metadata.hpp)
};

class push_devices {
public:
    virtual ~push_devices() = default;
    // Those accounts that have any.
    [[nodiscard]] virtual base::result<std::vector<push_owner>> all() = 0;
    [[nodiscard]] virtual base::result<push_owner> of(chat::person_id account) = 0;
};

// A connection of its own, for one thread. The database is open already.
[[nodiscard]] base::result<std::unique_ptr<push_devices>>
open_push_devices(const database_options& options);

} // namespace tertulia::store
