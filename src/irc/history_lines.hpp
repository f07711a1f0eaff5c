// SPDX-License-Identifier: Apache-2.0
// Stored messages as lines: in a batch for those who know batches, with the time as a tag for those
// who know that, and for all others with the time in the text: "[12:30] hola".
#pragma once

#include "base/time.hpp"
#include "irc/capabilities.hpp"
#include "irc/dialect.hpp"
#include "session/history.hpp"
#include "session/protocol.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tertulia::irc {

// The reference of the batch around them: one at most is open at a time.
inline constexpr std::string_view history_batch = "h";

// Messages that nobody asked for leave out CTCP requests, which a client would answer again.
enum class playing : std::uint8_t { asked, unasked };

struct history_view {
    std::string target; // a room's name, or the partner's nickname
    playing how = playing::asked;
    base::wall_time now;
};

// What is read for such a client, besides messages and notices. Tags alone need
// draft/event-playback, which redactions and edits don't.
[[nodiscard]] tertulia::session::history_extras history_extras(capability_set as);
// Can such a client ask for the past? Else it is shown some of it unasked.
[[nodiscard]] bool can_ask_for_history(capability_set as);

[[nodiscard]] std::unique_ptr<tertulia::session::listing>
history_listing(const dialect& speaks, capability_set as, history_view view,
                tertulia::session::history_page page);

} // namespace tertulia::irc
