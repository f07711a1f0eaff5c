// SPDX-License-Identifier: Apache-2.0
// Lists as protocols write them, with commas.
#pragma once

#include <algorithm>
#include <string_view>

namespace tertulia::base {

// Takes the first of "a, b,,c" out of the list, with the comma behind it: as it stands there,
// blanks and all, and perhaps empty.
[[nodiscard]] constexpr std::string_view take_first(std::string_view& list) {
    const std::string_view first = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), first.size() + 1));
    return first;
}

} // namespace tertulia::base
