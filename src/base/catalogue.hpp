// SPDX-License-Identifier: Apache-2.0
// Every text that a user sees, in Spanish and English side by side in texts.inc, so that no
// translation can be missing; a test compares the placeholders of the two.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace tertulia::base {

enum class language { english, spanish };

// "es", "es_ES.UTF-8", "spanish" and the like are Spanish; everything else is English.
[[nodiscard]] language language_of(std::string_view locale);

enum class text_key : unsigned short {
#define TEXT(key, english, spanish) key,
#include "base/texts.inc"
#undef TEXT
};

// The text as it stands in the catalogue.
[[nodiscard]] std::string_view text(language in, text_key what);

// The text with {0}, {1}, … replaced by `values`; the values are never read as placeholders.
[[nodiscard]] std::string say(language in, text_key what,
                              std::initializer_list<std::string_view> values);

} // namespace tertulia::base
