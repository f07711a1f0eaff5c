// SPDX-License-Identifier: Apache-2.0
// What the heart says when an entry has been applied or a question answered: complete in itself, so
// that whoever hears it needs no look-up. It leaves the server only after its batch is durable.
#pragma once

#include "base/time.hpp"
#include "chat/account.hpp"
#include "chat/audience.hpp"
#include "chat/bots.hpp"
#include "chat/card.hpp"
#include "chat/code.hpp"
#include "chat/command.hpp"
#include "chat/lasting.hpp"
#include "chat/marker.hpp"
#include "chat/message_events.hpp"
#include "chat/metadata.hpp"
#include "chat/order.hpp"
#include "chat/person_events.hpp"
#include "chat/push.hpp"
#include "chat/question.hpp"
#include "chat/refusal.hpp"
#include "chat/report.hpp"
#include "chat/room_events.hpp"
#include "chat/sanction.hpp"
#include "chat/silence.hpp"
#include "chat/watching.hpp"
#include "chat/word.hpp"

#include <memory>
#include <variant>

namespace tertulia::chat {

struct answered {
    std::shared_ptr<const answer> what;
};
// The command or question `cause` has no more events.
struct done {};

using event_body =
    std::variant<welcomed, joined, parted, kicked, person_left, renamed, away_changed,
                 real_name_changed, topic_changed, room_modes_changed, person_modes_changed,
                 invited, room_settled, room_renamed, spoke, redacted, edited, signalled,
                 session_left, registered, logged_in, account_changed, evicted, refused, answered,
                 done, room_saved, conversation_opened, conversation_ended, history_limited,
                 numbers_reserved, account_saved, credentials_saved, membership_saved,
                 invitation_saved, account_ended, marker_changed, marker_saved, presence_changed,
                 metadata_changed, metadata_saved, language_changed, certificate_saved, login_saved,
                 rights_saved, rights_changed, moderated, token_saved, webhook_saved,
                 sanction_saved, sanction_told, announced, report_saved, reported, silence_saved,
                 silence_changed, code_saved, words_changed, push_saved>;

struct event {
    origin cause;
    base::wall_time time;
    audience heard_by;
    event_body what;
};

// Must this reach the disk before anything of its batch leaves?
[[nodiscard]] bool lasts(const event& of);

} // namespace tertulia::chat
