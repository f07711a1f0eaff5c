// SPDX-License-Identifier: Apache-2.0
// What the heart says no with, and why.
#pragma once

#include "base/time.hpp"
#include "chat/card.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace tertulia::chat {

enum class reason : std::uint8_t {
    nickname_in_use,      // a: the wish
    nickname_looks_alike, // a: the wish
    nickname_registered,  // a: the wish; the name of an account
    nickname_is_account,  // a: the wish; the author's is her account's and changes with it
    logged_in_already,    // a: the account
    not_logged_in,
    proof_outdated,    // the credentials changed, or the account is no more
    account_suspended, // a: the account
    no_such_account,   // a: the wish
    registration_closed,
    code_required, // registration takes a code
    code_wrong,    // none is in force that is like it
    no_such_code,  // a: how it begins
    no_more_codes,
    word_refused,       // what was said has one
    no_such_word,       // a: the mask
    no_more_words,      // likewise
    word_too_broad,     // likewise; nearly every word is like it
    not_operator,       // a: the right it takes
    lacks_right,        // a: likewise; an operator without it
    target_is_operator, // a: nickname or account
    claimed_already,
    no_more_accounts,
    too_many_from_address,  // connect only
    no_such_nickname,       // a: nickname
    no_such_room,           // a: room
    not_in_room,            // a: room; the author is not a member
    target_not_in_room,     // a: nickname, b: room
    target_in_room_already, // a: nickname, b: room
    room_looks_alike,       // a: room
    too_many_rooms,         // a: room; of the person
    no_more_rooms,          // a: room; of the server
    banned,                 // a: room
    invite_only,            // a: room
    wrong_password,         // a: room
    room_full,              // a: room
    may_not_speak,          // a: room; not a member of +n, moderated, muted or banned
    accounts_only,          // a: room; +R
    accounts_speak,         // a: room; +M
    no_ctcp,                // a: room; +C
    slowed_down,            // a: room, b: seconds until she may speak again; +W
    needs_operator,         // a: room
    needs_owner,            // a: room
    room_not_kept,          // a: room; made by guests: nobody's, and nothing stays there
    room_kept_already,      // a: room; it has an owner
    last_owner,             // a: room; somebody else has to be its owner first
    not_invited,            // a: nickname, b: room
    room_name_taken,        // a: room, b: the wish; or it looks like another's
    cannot_rename,          // a: room, b: the wish
    room_renamed,           // a: as it was called, b: as it is called
    room_is_permanent,      // a: room
    needs_higher_role,      // a: room, b: nickname; the target's role is not below the author's
    too_many_conversations, // a: nickname
    list_full,              // a: room, b: the mask
    watch_list_full,        // a: the nicknames that found no place, with commas between
    metadata_target,        // a: the target; nothing of which the author may read
    metadata_of_another,    // a: the target, b: the key; she may not set it
    metadata_full,          // a: the target, b: the key
    no_such_session,
    certificate_known,
    certificate_taken, // it opens another account
    no_such_certificate,
    too_many_certificates,
    token_known,   // a: its name
    no_such_token, // likewise
    too_many_tokens,
    webhook_known,        // a: room, b: its name
    no_such_webhook,      // likewise; or none has that key
    too_many_webhooks,    // a: room
    no_such_conversation, // a: the target; nothing there of which the author may read
    no_such_message,      // a: room or nickname; `about`: the message
    not_ones_own,         // likewise; nor is the author one who moderates there
    muted,                // a: why, and until when: of the whole server
    server_banned,        // likewise
    nickname_banned,      // a: the wish
    target_too_broad,     // a: whom it was meant for; it would meet everybody
    no_such_sanction,     // a: likewise
    no_more_sanctions,    // a: likewise
    no_such_report,       // a: its number
    too_many_reports,     // a: the nickname that was reported
    silence_list_full,    // a: the mask
    is_oneself,           // a: a nickname or mask; to be reported or silenced
    no_space,             // the disk is nearly full: nothing lasting is taken (from the log)
    busy,                 // could not be taken now: ask again (from the log)
};
// The domain says no. To the author only.
struct refused {
    reason why;
    std::string a, b;
    message_number about = {};
    std::optional<base::wall_time> until = {};
};

} // namespace tertulia::chat
