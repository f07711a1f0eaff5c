// SPDX-License-Identifier: Apache-2.0
// Arbitrary entries about the order on the server. For script.hpp. Bans and mutes are short, lest
// nobody be left.
#pragma once

#include "chat/dice.hpp"

#include <chrono>
#include <string>

namespace tertulia::chat {

inline sanction_target any_target(dice& by) {
    const auto how = static_cast<sanction_target::kind>(by.below(5));
    const base::name whom = by.nickname();
    return {how, whom, *base::parse_network("10.0.0." + by.text())};
}

inline command any_deed_of_order(dice& by) {
    const std::string text = by.text();
    const sanction_kind kind = by.heads() ? sanction_kind::ban : sanction_kind::mute;
    const sanction_target whom = any_target(by);
    const auto what = by.below(24);
    switch (what) {
    case 0:
    case 1:
    case 2:
    case 3: return impose{kind, whom, std::chrono::seconds{1 + by.below(5)}, text};
    case 4:
    case 5:
    case 6: return lift{kind, whom};
    case 7:
    case 14:
    case 15:
    case 16:
    case 17: return announce{text}; // of operators alone
    case 8:
    case 9: return file_report{whom.name, {}, text};
    case 10:
    case 11: return close_report{by.some_report(), text};
    case 18:
    case 19:
    case 20:
    case 21: return add_word{text, text, static_cast<word_action>(what - 18), {}};
    case 22:
    case 23: return remove_word{text, text};
    default: return silence{{whom.name.key + "!*@*", whom.name.key + "!*@*", {}, {}}, by.heads()};
    }
}

} // namespace tertulia::chat
