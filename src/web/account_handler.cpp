// SPDX-License-Identifier: Apache-2.0
#include "web/account_handler.hpp"

#include "base/text.hpp"
#include "wire/http_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace tertulia::web {

bool heard_answer::take(const chat::event& what) {
    if (const auto* const no = std::get_if<chat::refused>(&what.what)) {
        refused_ = *no;
    } else if (const auto* const found = std::get_if<chat::answered>(&what.what)) {
        answer_ = found->what;
    } else if (const auto* const spoken = std::get_if<chat::spoke>(&what.what)) {
        message_ = {*spoken, what.time};
    }
    return std::holds_alternative<chat::done>(what.what);
}

response refusal_of(const chat::refused& what) {
    using chat::reason;
    switch (what.why) {
    case reason::no_such_room:
    case reason::no_such_webhook:
    case reason::no_such_token: return refusal(404, "not_found", "There is nothing here.");
    case reason::proof_outdated:
    case reason::not_logged_in: return refusal(401, "log_in", "Log in first.");
    case reason::account_suspended:
        return refusal(403, "suspended", "This account may not be used.");
    case reason::not_in_room: return refusal(403, "not_in_room", "You are not in this room.");
    case reason::needs_operator:
        return refusal(403, "needs_operator", "That is for the room's operators.");
    case reason::nickname_banned: return refusal(400, "bad_name", "That is no name.");
    case reason::muted: return refusal(403, "muted", "You may not write here.");
    case reason::server_banned:
        return refusal(403, "banned", "You, or this address, are banned from this server.");
    case reason::word_refused:
        return refusal(403, "word_refused", "There is a word in it that is not wanted here.");
    case reason::may_not_speak:
    case reason::accounts_speak:
    case reason::no_ctcp: return refusal(403, "may_not_speak", "Nobody hears you there.");
    case reason::token_known:
    case reason::webhook_known:
    case reason::nickname_in_use:
    case reason::nickname_registered: return refusal(409, "name_taken", "This name is taken.");
    case reason::nickname_looks_alike:
        return refusal(409, "name_looks_alike", "This name looks like another one.");
    case reason::too_many_tokens:
    case reason::too_many_webhooks: return refusal(403, "too_many", "There are as many as may be.");
    case reason::slowed_down: {
        response made = refusal(429, "slow_down", "The room is in slow mode.");
        made.fields.push_back({"Retry-After", what.b});
        return made;
    }
    case reason::no_space: return refusal(507, "no_space", "The server's disk is full.");
    default: return refusal(503, "busy", "Try again in a moment.");
    }
}

std::optional<base::name> room_in(const request& asked) {
    constexpr std::size_t place = 2; // behind "api" and "rooms"
    if (asked.segments.size() <= place) {
        return std::nullopt;
    }
    const std::string& written = asked.segments[place];
    auto name = base::make_room_name(written.starts_with('#') ? written : "#" + written);
    return name ? std::optional(std::move(*name)) : std::nullopt;
}

bool is_json(const request& asked) {
    const std::string_view type = asked.head.field("content-type");
    return wire::has_http_word(type.substr(0, type.find(';')), "application/json");
}

void account_handler::identified(exchange& of) {
    if (account().value == 0) {
        of.respond(refusal(401, "log_in", "Log in first."));
    }
}

void account_handler::hear_event(const chat::event& what, exchange& of) {
    if (heard_.take(what)) {
        told(heard_, of);
    }
}

bool account_handler::by_owner(exchange& of) const {
    if (proved_by() == proof_by::token) {
        of.respond(refusal(403, "not_by_token", "A program's token does not do that."));
        return false;
    }
    return true;
}

} // namespace tertulia::web
