// SPDX-License-Identifier: Apache-2.0
// A message as programs are told of it: in streams of events and in exports. What is live and what
// was stored read the same.
#pragma once

#include "chat/event.hpp"
#include "session/history.hpp"
#include "web/program_desk.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tertulia::web {

// What a live event would be in the history; nothing where it is no message or only some hear it.
[[nodiscard]] std::optional<session::stored_message> as_stored(const chat::event& of);

// In which conversation it happens; only of what as_stored() knows.
[[nodiscard]] chat::conversation_id place_of(const chat::event& of);

// {"msgid":…,"time":…,"kind":"message","from":"Ana","text":…}
[[nodiscard]] std::string message_json(const session::stored_message& of, const program_desk& at,
                                       const caller& for_whom);

// "message", "notice", "edit" or "redaction".
[[nodiscard]] std::string_view kind_name(session::stored_kind of);

} // namespace tertulia::web
