// SPDX-License-Identifier: Apache-2.0
// An event as a line of text, with the codes of the first clients, or as a JSON object. Pure.
#pragma once

#include "base/catalogue.hpp"
#include "terminal/effect.hpp"

#include <string>
#include <string_view>

namespace tertulia::terminal {

// What happened, without who says it where: "ana has come in". Also for the screen.
[[nodiscard]] std::string sentence_of(const entry& what, base::language in);

// Empty: nothing is said of it (one's own words, which are on the terminal already).
[[nodiscard]] std::string plain_line(const show_entry& event, base::language in);
[[nodiscard]] std::string json_line(const show_entry& event, base::language in);

void append_json_text(std::string_view text, std::string& to);

} // namespace tertulia::terminal
