// SPDX-License-Identifier: Apache-2.0
// /msg NickServ TOKEN and WEBHOOK: secrets for programs that speak as an account, or for a room.
// A secret is made here and shown when the heart has taken its digest; nobody keeps it.
#include "base/limits.hpp"
#include "base/text.hpp"
#include "base/web_limits.hpp"
#include "crypto/digest.hpp"
#include "crypto/secret.hpp"
#include "irc/answer_families.hpp"
#include "irc/lines.hpp"
#include "irc/nickserv.hpp"
#include "irc/particulars.hpp"
#include "irc/services.hpp"
#include "irc/words.hpp"
#include "wire/timestamp.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::irc {
namespace {

using base::text_key;
using subject = chat::ask_of_account::subject;

constexpr std::size_t secret_size = 32;
constexpr std::size_t secrets_held_max = 4; // of commands that are on their way

void say(session& by, text_key what) { notice_from(by, service_name, by.text(what)); }

// The digest of a secret that is shown once the command has done what it should.
std::string make_secret(session& by) {
    std::vector<std::string>& held = by.more().fresh_secrets;
    if (held.size() == secrets_held_max) {
        held.erase(held.begin());
    }
    held.push_back(crypto::to_hex(crypto::random_bytes(secret_size)));
    return crypto::sha256(held.back());
}

// The secret of that digest, where it has just been made here; empty: it was not.
std::string take_secret(session& by, std::string_view digest) {
    if (by.rare() == nullptr) {
        return {};
    }
    std::vector<std::string>& held = by.more().fresh_secrets;
    const auto found = std::ranges::find_if(
        held, [&](const std::string& one) { return crypto::sha256(one) == digest; });
    if (found == held.end()) {
        return {};
    }
    std::string secret = std::move(*found);
    held.erase(found);
    return secret;
}

std::string time_text(base::wall_time of) {
    std::string made;
    wire::append_timestamp(of, made);
    return made;
}

bool is_token_name(std::string_view name) {
    return !name.empty() && name.size() <= base::limits::token_name_length_max &&
           base::valid_utf8(name) && !name.contains(' ') && !name.contains('/');
}

void change_webhook(session& by, const base::name& room, std::string_view typed, bool add) {
    auto name = base::make_nickname(typed);
    if (!name) {
        say(by, text_key::nickserv_bad_name);
    } else if (add) {
        std::string digest = make_secret(by);
        by.submit_as(chat::add_webhook{room, std::move(*name), std::move(digest), {}},
                     face::nickserv_webhook);
    } else {
        by.submit_as(chat::remove_webhook{room, std::move(*name), {}}, face::nickserv_webhook);
    }
}

} // namespace

void do_tokens(session& by, std::string_view parameters) {
    const split two = split_first(parameters);
    const std::string how = in_capitals(two.first);
    if (!by.self()->registered) {
        say(by, text_key::irc_not_logged_in);
    } else if (how == "LIST") {
        by.submit_as(chat::question{chat::ask_of_account{subject::tokens, {}, {}}},
                     face::nickserv_token);
    } else if ((how != "ADD" && how != "DEL") || two.rest.empty()) {
        say(by, text_key::nickserv_token_usage);
    } else if (!is_token_name(two.rest)) {
        say(by, text_key::nickserv_bad_name);
    } else if (how == "ADD") {
        std::string digest = make_secret(by);
        by.submit_as(chat::add_token{std::string(two.rest), std::move(digest), {}},
                     face::nickserv_token);
    } else {
        by.submit_as(chat::remove_token{std::string(two.rest), {}}, face::nickserv_token);
    }
}

void do_webhooks(session& by, std::string_view parameters) {
    const split where = split_first(parameters);
    const split two = split_first(where.rest);
    const std::string how = in_capitals(two.first);
    const auto room = base::make_room_name(where.first);
    if (!by.self()->registered) {
        say(by, text_key::irc_not_logged_in);
    } else if (!room) {
        say(by, text_key::nickserv_webhook_usage);
    } else if (how == "LIST") {
        by.submit_as(chat::question{chat::ask_of_account{subject::webhooks, *room, {}}},
                     face::nickserv_webhook);
    } else if ((how == "ADD" || how == "DEL") && !two.rest.empty()) {
        change_webhook(by, *room, two.rest, how == "ADD");
    } else {
        say(by, text_key::nickserv_webhook_usage);
    }
}

void render(session& to, const chat::tokens_answer& what) {
    const std::string fresh =
        what.tokens.empty() ? std::string() : take_secret(to, what.tokens.back().key);
    if (!fresh.empty()) {
        notice_from(to, service_name, to.say(text_key::nickserv_token_made, {fresh}));
        return;
    }
    if (what.tokens.empty()) {
        say(to, text_key::nickserv_no_tokens);
    } else if (what.changed) {
        say(to, text_key::nickserv_tokens_changed);
    }
    for (const chat::token& one : what.tokens) {
        notice_from(to, service_name,
                    to.say(text_key::nickserv_token, {one.name, time_text(one.made_at)}));
    }
}

void render(session& to, const chat::webhooks_answer& what) {
    const std::string_view room = what.room->name.display;
    const std::string fresh =
        what.webhooks.empty() ? std::string() : take_secret(to, what.webhooks.back().key);
    if (!fresh.empty()) {
        const std::string address = to.rules().web_root + "/hooks/" + fresh;
        notice_from(to, service_name, to.say(text_key::nickserv_webhook_made, {address}));
        return;
    }
    if (what.webhooks.empty()) {
        notice_from(to, service_name, to.say(text_key::nickserv_no_webhooks, {room}));
    } else if (what.changed) {
        notice_from(to, service_name, to.say(text_key::nickserv_webhooks_changed, {room}));
    }
    for (const chat::webhook& one : what.webhooks) {
        notice_from(to, service_name,
                    to.say(text_key::nickserv_webhook,
                           {one.name.display, one.made_by, time_text(one.made_at)}));
    }
}

} // namespace tertulia::irc
