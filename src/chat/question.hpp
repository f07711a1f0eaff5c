// SPDX-License-Identifier: Apache-2.0
// What a session may ask of the shared world, and the answers: immutable lists taken at the
// question's place in the line, rendered by the asker's thread at the asker's pace.
// What the asker may not know is not in the answer, and reads as if it did not exist.
#pragma once

#include "base/name.hpp"
#include "base/time.hpp"
#include "chat/bots.hpp"
#include "chat/card.hpp"
#include "chat/certificates.hpp"
#include "chat/command.hpp"
#include "chat/keeping_questions.hpp"
#include "chat/marker.hpp"
#include "chat/metadata.hpp"
#include "chat/modes.hpp"
#include "chat/order.hpp"
#include "chat/push.hpp"
#include "chat/report.hpp"
#include "chat/sanction.hpp"
#include "chat/sessions.hpp"
#include "chat/silence.hpp"
#include "chat/view.hpp"
#include "chat/watching.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::chat {

// NAMES of one room: the members the asker may see. `room` is empty when there is none for her.
struct ask_names {
    base::name room;
};
struct names_answer {
    base::name asked;
    room_ref room;
    bool secret = false;
    std::vector<member_view> members;
};

// WHO. `mask` is a room's key or a nickname's; for any other the answer is everyone that the asker
// may see, and her dialect picks out whom the mask fits: the heart folds no real names.
struct ask_who {
    base::name mask;
    std::string note; // comes back with the answer; the heart does not look into it
};
struct who_answer {
    struct entry {
        member_view member;
        room_ref room; // the room asked for, else one that both share, else none
        base::wall_time spoke_at;
    };
    base::name mask;
    std::string note;
    bool everyone = false; // whether the mask fits is not looked at yet
    std::vector<entry> entries;
};

struct ask_whois {
    base::name nickname;
};
struct whois_answer {
    struct membership {
        room_ref room;
        role rank;
    };
    base::name asked;
    card_ref who; // empty: no such nickname
    std::vector<membership> rooms;
    std::optional<std::string> away;
    base::wall_time spoke_at;
    std::string address;                          // only for the person themselves
    std::optional<base::wall_time> account_since; // of the name, be she here or not
};

struct ask_whowas {
    base::name nickname;
    std::uint32_t count_max = 0; // 0: all there are
};
struct whowas_answer {
    struct entry {
        card_ref who;
        base::wall_time left_at;
    };
    base::name asked;
    std::vector<entry> entries; // newest first
};

// LIST. With `rooms`, only these; else all that she may know of, filtered (ELIST M, N, U, T, C).
struct ask_rooms {
    std::vector<base::name> rooms;
    std::vector<std::string> masks; // folded wildcards on the key; empty: all
    bool topics_too =
        false; // rooms with a topic come, too: whether a mask fits it is not looked at
    std::vector<std::string> not_masks;
    std::optional<std::uint32_t> members_above, members_below;
    std::optional<base::wall_time> made_after, made_before;
    std::optional<base::wall_time> topic_after, topic_before;
};
struct rooms_answer {
    std::vector<room_view> rooms;   // by key
    std::vector<std::string> masks; // as asked, where topics are still to be compared
};

// MODE #room and TOPIC #room.
enum class room_aspect : std::uint8_t { modes, topic };
struct ask_room {
    base::name room;
    room_aspect what = room_aspect::modes;
};
struct room_answer {
    base::name asked;
    room_aspect what = room_aspect::modes;
    bool member = false;
    std::optional<room_view> view; // none: no such room for the asker
};

struct ask_mask_list {
    base::name room;
    room_list list;
};
struct mask_list_answer {
    base::name asked;
    room_list list;
    room_ref room; // empty: no such room for the asker
    bool allowed = true;
    std::vector<mask_entry> entries;
};

struct ask_self {}; // MODE nick, on oneself
struct self_answer {
    bool invisible = false;
    rights held = {};
    bool bot = false;
};

struct ask_present { // ISON and USERHOST
    std::vector<base::name> nicknames;
    bool with_hosts = false; // USERHOST
};
struct present_answer {
    std::vector<member_view> present;
    bool with_hosts = false;
};

struct ask_invitations {}; // INVITE without parameters
struct invitations_answer {
    std::vector<room_ref> rooms;
};

// May the asker read what was said there, and up to where? The room's members may, and the two of a
// private conversation. The read itself is session/history.hpp's.
struct ask_history {
    base::name target;
    bool to_redact = false; // operators may, in rooms that they see
};
struct history_answer {
    base::name asked;
    conversation_id conversation; // 0: nothing there for the asker
    message_number up_to;         // messages to this one are the answer's
    room_ref room;                // empty: private
    card_ref partner;
    std::optional<base::wall_time> read_to = {}; // only where all were asked for
};

// CHATHISTORY TARGETS: every conversation that the asker may read.
struct ask_conversations {};
struct conversations_answer {
    std::vector<history_answer> open;
};

// An ephemeral signal (IRC: TAGMSG with +typing): may she, and who hears? Not stored, not numbered.
struct signal {
    base::name target;
    std::string tags;
    role heard_from = role::member; // as in `speak`
};

using question =
    std::variant<ask_names, ask_who, ask_whois, ask_whowas, ask_rooms, ask_room, ask_mask_list,
                 ask_self, ask_present, ask_invitations, ask_counts, ask_history, ask_conversations,
                 ask_accounts, ask_marker, ask_watched, ask_metadata, ask_sessions,
                 ask_certificates, ask_access, ask_keeping, ask_invited, ask_sanctions, ask_reports,
                 ask_moderation, ask_silences, ask_of_account, ask_codes, ask_words, ask_pushable,
                 signal, ask_admission>;

using answer =
    std::variant<names_answer, who_answer, whois_answer, whowas_answer, rooms_answer, room_answer,
                 mask_list_answer, self_answer, present_answer, invitations_answer, counts_answer,
                 history_answer, conversations_answer, accounts_answer, marker_answer,
                 watched_answer, metadata_answer, sessions_answer, certificates_answer,
                 access_answer, keeping_answer, invited_answer, sanctions_answer, reports_answer,
                 moderation_answer, silences_answer, tokens_answer, webhooks_answer, own_answer,
                 codes_answer, words_answer, pushable_answer, admission_answer>;

} // namespace tertulia::chat
