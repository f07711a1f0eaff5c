// SPDX-License-Identifier: Apache-2.0
// What the heart knows of the order on the whole server.
#pragma once

#include "chat/order.hpp"

#include <map>

namespace tertulia::chat {

struct order_state {
    std::map<person_id, rights> operators; // by account; never without any right
    bool claimed = false;                  // there was an operator since the start

    [[nodiscard]] rights of(person_id account) const {
        const auto found = operators.find(account);
        return found == operators.end() ? rights{} : found->second;
    }
};

} // namespace tertulia::chat
