// SPDX-License-Identifier: Apache-2.0
// What somebody wants, looked at before it goes to the core: every text of it that others would
// read is held against the manners of the house. So a door asks once, whatever the verb.
#pragma once

#include "chat/command.hpp"
#include "session/manners.hpp"

#include <optional>

namespace tertulia::session {

struct verdict {
    std::optional<objected> against;   // none: it may go, as it is now
    std::optional<chat::word_met> met; // the core is to be told
};

// Words that are hidden are hidden in it; in reasons, which go with something else, those that are
// refused as well. `who`: nullptr, somebody who is not in yet.
[[nodiscard]] verdict scrutinise(const manners& by, const chat::card* who, chat::command& what,
                                 base::wall_time now);

} // namespace tertulia::session
