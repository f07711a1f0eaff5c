// SPDX-License-Identifier: Apache-2.0
// Programs that speak without a session: as an account that gave them a token, or as a webhook,
// which is a room's own and has a name there. Both are known by the digest of a secret; the secret
// itself is shown once and kept by nobody here.
#pragma once

#include "base/name.hpp"
#include "base/network.hpp"
#include "base/time.hpp"
#include "chat/account.hpp"
#include "chat/card.hpp"
#include "chat/message.hpp"
#include "chat/metadata.hpp"
#include "chat/sessions.hpp"
#include "chat/word.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tertulia::chat {

struct token {
    std::string name; // its owner's word for it
    std::string key;  // 32 bytes
    base::wall_time made_at;
};
struct webhook {
    person_id id; // what it says is said by this one
    base::name name;
    std::string key;
    std::string made_by; // nickname
    base::wall_time made_at;
};

// These four are the author's wishes, or, from a session that is not connected, of who is proved.
// A room's webhooks are its operators' to make, to see and to take away.
struct add_token {
    std::string name;
    std::string key;
    std::optional<proof> by;
};
struct remove_token {
    std::string name;
    std::optional<proof> by;
};
struct add_webhook {
    base::name room;
    base::name name;
    std::string key;
    std::optional<proof> by;
};
struct remove_webhook {
    base::name room;
    base::name name;
    std::optional<proof> by;
};

// What a program says in a room, under the rules for everybody.
struct post {
    std::variant<proof, std::string> by; // an account, or the key of a webhook
    base::name room;                     // of a webhook, its own instead
    std::string text;
    std::optional<base::network> from = {}; // where the program is
    std::optional<word_met> met = {};       // word.hpp
};

// For the store.
struct token_saved {
    person_id account;
    token what;
    bool kept = true;
};
struct webhook_saved {
    conversation_id room;
    webhook what;
    bool kept = true;
};

// What is an account's to know whether it has a session or not; by its session, or by a proof.
struct ask_of_account {
    enum class subject : std::uint8_t { tokens, webhooks, history, everything };
    subject what = subject::tokens;
    base::name room; // of `webhooks` and `history`, whose answer is question.hpp's
    std::optional<proof> by;
};
// Also the answers to a change: what there is now.
struct tokens_answer {
    std::vector<token> tokens;
    bool changed = false;
};
struct webhooks_answer {
    room_ref room;
    std::vector<webhook> webhooks;
    bool changed = false;
};
struct own_answer {
    struct place {
        conversation_id conversation;
        std::string name; // a room's, or the other one's of a private conversation
        std::optional<role> rank;
    };
    person_id id;
    base::name name;
    base::wall_time made_at;
    std::string language;
    std::vector<metadata_value> about;
    std::vector<place> places;
    std::vector<std::string> certificates;
    std::vector<token> tokens;
    std::vector<session_facts> sessions;
};

} // namespace tertulia::chat
