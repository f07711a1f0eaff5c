// SPDX-License-Identifier: Apache-2.0
// What changes the shared world: each command gets a number and a time from the log and is applied
// in that order. Names come normalised and folded, texts cut to their limits and free of control
// characters that would break a line; everything else is the heart's to judge.
#pragma once

#include "base/name.hpp"
#include "base/time.hpp"
#include "chat/account.hpp"
#include "chat/bots.hpp"
#include "chat/card.hpp"
#include "chat/certificates.hpp"
#include "chat/code.hpp"
#include "chat/login.hpp"
#include "chat/marker.hpp"
#include "chat/message.hpp"
#include "chat/metadata.hpp"
#include "chat/modes.hpp"
#include "chat/order.hpp"
#include "chat/push.hpp"
#include "chat/report.hpp"
#include "chat/room_keeping.hpp"
#include "chat/sanction.hpp"
#include "chat/sessions.hpp"
#include "chat/silence.hpp"
#include "chat/watching.hpp"
#include "chat/word.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::chat {

// A session becomes a guest, or, with a proof, one more session of that account, whose name it
// takes whatever nickname it wished. The first command of every session but `register_account`.
struct connect {
    base::name nickname;
    std::string user;
    std::string host;
    std::string address; // what is counted per address: an IPv4 address, an IPv6 /64
    std::string real_name;
    bool secure = false;
    std::uint32_t per_address_max = 0; // refused where so many are there; 0: never
    std::optional<proof> as;
    std::uint32_t arrival = 0; // card.hpp
    std::optional<std::string> away;
    std::string door;                  // what it came through, for its owner's eyes: "ircs"
    std::vector<metadata_value> about; // said before; what is too much is left out
    std::string certificate;           // what it showed: certificates.hpp
};

// A session ends, whether it said so or its connection broke. The last command of every session.
enum class departure : std::uint8_t {
    own,
    with_node, // its server stops: she has not left, and may come back
};
struct disconnect {
    std::string reason;
    departure how = departure::own;
};

struct rename {
    base::name nickname;
};

// A guest makes herself an account, which she is from now on. From a session that is not connected
// yet, the account is made alone.
struct register_account {
    base::name name;
    credentials what;
    std::string door;                       // as in `connect`
    std::optional<std::string> code = {};   // the digest of one (code.hpp), which is used by it
    std::optional<base::network> from = {}; // where a session that is not connected comes from
};

// A guest becomes the account, in the rooms of both.
struct log_in {
    proof as;
    std::string door;
};

// With the proof of the old ones.
struct change_credentials {
    proof by;
    credentials what;
};

// The author's other sessions end, and every browser's log-in.
struct end_other_sessions {};

// The author's account ends, and all its sessions; what it said stays.
struct end_account {
    proof by;
};

struct join {
    base::name room;
    std::string password;
};

struct part {
    base::name room;
    std::string reason;
};

// To a room ('#' begins the target's key) or to a person. `tags` are the client-only tags, each
// with its '+', escaped as on the wire, joined by ';'.
struct speak {
    base::name target;
    message_kind kind = message_kind::message;
    std::string text;
    std::string tags;
    role heard_from = role::member; // only members of this role and above hear it (IRC: STATUSMSG)
    message_number about = {};      // what it replies or reacts to; 0: nothing
};

struct set_topic {
    base::name room;
    std::string topic; // empty: none
};

struct set_room_modes {
    base::name room;
    std::vector<mode_change> changes; // applied one by one; a refused one leaves the others
};

struct set_person_modes {
    std::vector<person_flag_change> changes;
};

struct kick {
    base::name room;
    base::name target;
    std::string reason;
};

struct set_away {
    std::optional<std::string> text; // none: back again
};

struct set_real_name {
    std::string real_name;
};

// The server's own entries; their author is the session {node, 0, 0}.
// A node started or was lost: every session that it had is gone.
struct node_gone {
    std::uint16_t node = 0;
};

// A room that is always there (the lobby): made if it is not, and never ended.
struct keep_room {
    base::name room;
};
// Time has passed: rooms made by guests that have been empty since `empty_since_max` end.
struct sweep {
    base::wall_time empty_since_max;
};

using command =
    std::variant<connect, disconnect, rename, join, part, speak, redact, edit, set_topic,
                 set_room_modes, set_person_modes, kick, close_room, invite, uninvite,
                 register_room, grant_access, transfer_room, rename_room, set_away, set_real_name,
                 register_account, log_in, change_credentials, end_other_sessions, end_account,
                 reset_credentials, suspend_account, delete_account, open_login, close_login,
                 mark_read, watch, set_metadata, clear_metadata, end_session, set_language,
                 change_certificate, claim_server, set_rights, kill, impose, lift, announce,
                 file_report, close_report, silence, add_token, remove_token, add_webhook,
                 remove_webhook, post, add_code, remove_code, add_word, remove_word, meet_word,
                 set_push, node_gone, keep_room, sweep>;

} // namespace tertulia::chat
