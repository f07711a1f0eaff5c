// SPDX-License-Identifier: Apache-2.0
// The links to files in a text: what makes a file belong to a message. Pure.
#pragma once

#include <string_view>
#include <vector>

namespace tertulia::store {

// The ids in "/files/ID", each once, at most files_per_message_max.
[[nodiscard]] std::vector<std::string_view> linked_files(std::string_view text);

} // namespace tertulia::store
