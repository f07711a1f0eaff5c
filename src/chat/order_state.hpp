// SPDX-License-Identifier: Apache-2.0
// What the heart knows of the order on the whole server.
#pragma once

#include "chat/code.hpp"
#include "chat/order.hpp"
#include "chat/report.hpp"
#include "chat/sanction.hpp"
#include "chat/word.hpp"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace tertulia::chat {

// Somebody as sanctions are compared with her: not everything is known of who is just coming.
struct suspect {
    person_id account; // 0: a guest
    std::string_view nickname_key;
    std::optional<base::network> from;
};

struct order_state {
    std::map<person_id, rights> operators; // by account; never without any right
    bool claimed = false;                  // there was an operator since the start
    std::map<sanction_id, sanction> sanctions;
    std::map<report_id, report> reports; // the open ones
    std::deque<measure_taken> log;       // the newest, the oldest of these first
    std::vector<account_code> codes;     // the oldest first
    word_list words = std::make_shared<const std::vector<listed_word>>();

    [[nodiscard]] rights of(person_id account) const {
        const auto found = operators.find(account);
        return found == operators.end() ? rights{} : found->second;
    }
    // sanctions.cpp
    [[nodiscard]] const sanction* meets(sanction_kind kind, const suspect& whom,
                                        base::wall_time now) const;
};

} // namespace tertulia::chat
