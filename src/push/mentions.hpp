// SPDX-License-Identifier: Apache-2.0
// Who may be named in a text: its words as names are looked up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tertulia::push {

// "¡Ana, mira!" -> "ana", "mira": whole words, folded as names are; what of Markdown stands around
// a name, as in "`ana`", is no part of it.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

} // namespace tertulia::push
