// SPDX-License-Identifier: Apache-2.0
// Arbitrary entries about what people say and keep of themselves: markers, watches, metadata,
// languages, certificates; and what their programs say. For script.hpp.
#pragma once

#include "chat/dice.hpp"

#include <string>
#include <utility>

namespace tertulia::chat {

inline command any_deed_of_a_program(dice& by) {
    const std::string text = by.text();
    const base::name where = by.room();
    const std::string number = std::to_string(by.below(30));
    const base::name called = named("hook" + number);
    switch (by.below(12)) {
    case 0: return add_token{"t" + text, "key" + number, by.some_proof()};
    case 1: return remove_token{"t" + text, by.some_proof()};
    case 2: return remove_webhook{where, called, {}};
    case 3: return remove_webhook{where, called, by.some_proof()};
    case 4: return post{by.some_proof(), where, text};
    case 5:
    case 6: return post{"hook key" + number, {}, text};
    case 7:
    case 8:
    case 9: return add_webhook{where, called, "hook key" + number, by.some_proof()};
    default: return add_webhook{where, called, "hook key" + number, {}};
    }
}

inline command any_word_of_oneself(dice& by, base::wall_time now) {
    const std::string text = by.text();
    const base::name whom = by.nickname();
    const base::name where = by.room();
    switch (by.below(12)) {
    case 0:
    case 9: return watch{watching::add, {whom}};
    case 1: return watch{by.heads() ? watching::remove : watching::clear, {whom}};
    case 2: return set_metadata{where, {"k" + text, by.heads() ? text : std::string{}}};
    case 3:
    case 4: return set_metadata{named("*"), {"k" + text, by.heads() ? text : std::string{}}};
    case 5: return clear_metadata{by.heads() ? where : named("*")};
    case 6: return set_language{by.heads() ? "es" : "en"};
    case 7:
    case 8: return change_certificate{"c" + text, by.heads()};
    default: return mark_read{by.heads() ? where : whom, now - std::chrono::seconds{by.below(9)}};
    }
}

} // namespace tertulia::chat
