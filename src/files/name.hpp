// SPDX-License-Identifier: Apache-2.0
// What a file is called for those who save it: never a path, never what looks like another ending
// than it has.
#pragma once

#include "media/kind.hpp"

#include <string>
#include <string_view>

namespace tertulia::files {

// Any bytes become a name of 1 to file_name_size_max bytes of UTF-8, without separators of paths,
// control characters, marks that turn the direction of writing, or a dot in front. A picture gets
// the ending of what it is.
[[nodiscard]] std::string harmless_name(std::string_view claimed, media::kind is);

} // namespace tertulia::files
