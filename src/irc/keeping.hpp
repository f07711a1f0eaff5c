// SPDX-License-Identifier: Apache-2.0
// How the keeping of rooms is spoken of: by the verbs (ACCESS, RENAME, UNINVITE) and by ChanServ,
// which is a thin face of the same commands for clients that know nothing else. The verb that asked
// says which face answers.
#pragma once

#include "chat/event.hpp"
#include "irc/session.hpp"

#include <optional>
#include <string_view>

namespace tertulia::irc {

inline constexpr std::string_view chanserv_name = "ChanServ";

// Commands that ChanServ gave are told by this verb.
[[nodiscard]] inline bool by_chanserv(std::string_view verb) { return verb == chanserv_name; }

// "operator", "o" or "@"; "founder" is the owner, as other servers say.
[[nodiscard]] std::optional<chat::role> role_of_word(std::string_view typed);
[[nodiscard]] std::string_view word_of(chat::role of);

void say_settled(session& to, const chat::room_settled& what, std::string_view verb);
void say_access(session& to, const chat::access_answer& what, std::string_view verb);
void say_keeping(session& to, const chat::keeping_answer& what);
void say_invited(session& to, const chat::invited_answer& what, std::string_view verb);
// Another name, to each in its own way (draft/channel-rename, "Fallback").
void say_renamed(session& to, const chat::event& of, const chat::room_renamed& what);

// refusals.cpp: the text alone, as services say it.
[[nodiscard]] std::string refusal_text(const session& to, const chat::refused& what);

// chanserv.cpp
[[nodiscard]] bool is_chanserv(const session& by, std::string_view target);
void tell_chanserv(session& by, std::string_view text);

} // namespace tertulia::irc
