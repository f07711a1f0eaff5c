// SPDX-License-Identifier: Apache-2.0
// What the order on the server says to whom it meets, in words: the same at every door.
#pragma once

#include "base/catalogue.hpp"
#include "base/time.hpp"
#include "chat/event.hpp"

#include <optional>
#include <string>

namespace tertulia::session {

// "until 2026-03-01 13:00 UTC", "for good".
[[nodiscard]] std::string end_in_words(base::language in, std::optional<base::wall_time> until);

// Of `muted` and `server_banned`.
[[nodiscard]] std::string in_words(base::language in, const chat::refused& what);
// Of `killed` and `banned`.
[[nodiscard]] std::string in_words(base::language in, const chat::evicted& what);
// To whom it meets.
[[nodiscard]] std::string in_words(base::language in, const chat::sanction& what);
[[nodiscard]] std::string in_words(base::language in, const chat::announced& what);

} // namespace tertulia::session
