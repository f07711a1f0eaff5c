// SPDX-License-Identifier: Apache-2.0
#include "chat/heart.hpp"

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "chat/application.hpp"
#include "chat/inquiry.hpp"
#include "chat/steward.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

// Under its number, its name, and what it was called before.
void take_in(room& one, heart_state& by) {
    by.rooms_by_id[one.id()] = &one;
    by.room_names.add(one.card->name);
    for (const former_name& before : one.former) {
        by.former_names[before.name.key] = one.id();
    }
}

void restore_order(heart_state& in, const restored& from) {
    for (const silence_saved& one : from.silences) {
        in.accounts.at(one.account).silences.push_back(one.whom);
    }
    for (const sanction& one : from.sanctions) {
        in.order.sanctions.emplace(one.id, one);
    }
    for (const report& one : from.reports) {
        in.order.reports.emplace(one.id, one);
    }
    in.order.codes = from.codes;
    in.order.words = std::make_shared<const std::vector<listed_word>>(from.words);
    in.order.log.assign(from.moderation.begin(), from.moderation.end());
}

void restore_programs(heart_state& into, const restored& from) {
    for (const token_saved& one : from.tokens) {
        into.accounts.at(one.account).tokens.push_back(one.what);
    }
    for (const webhook_saved& one : from.webhooks) {
        room* const of = into.rooms_by_id.at(one.room);
        of->webhooks.push_back(one.what);
        into.by_webhook.emplace(one.what.key, of);
        ++into.webhook_names[one.what.name.key];
    }
}

} // namespace

heart::heart(const restored& from) : state_(std::make_unique<heart_state>()) {
    state_->number = from.numbers_reserved.value;
    state_->reserved = from.numbers_reserved.value;
    state_->time = from.time;
    for (const room_saved& one : from.rooms) {
        room& made = state_->rooms[one.name.key];
        made = {std::make_shared<const room_card>(room_card{one.id, one.name}),
                one.made_at,
                one.topic,
                one.topic_by,
                one.topic_at,
                one.flags,
                one.password,
                one.capacity,
                one.slow_s,
                one.history_days,
                one.lists,
                {one.access.begin(), one.access.end()},
                one.kept,
                one.always,
                one.empty_since,
                one.former,
                {},
                {},
                {},
                {}};
        take_in(made, *state_);
    }
    for (const account_saved& one : from.accounts) {
        account& made = state_->accounts[one.id];
        made.id = one.id;
        made.name = one.name;
        made.made_at = one.made_at;
        made.version = one.version;
        made.suspended = one.suspended;
        made.language = one.language;
        state_->by_account_name.emplace(made.name.key, &made);
        state_->nicknames.add(made.name);
    }
    for (const membership_saved& one : from.memberships) {
        state_->accounts.at(one.account).rooms.push_back(one.room);
    }
    for (const invitation_saved& one : from.invitations) {
        state_->accounts.at(one.account).invitations.push_back(one.to);
    }
    for (const rights_saved& one : from.rights) {
        state_->order.operators[one.account] = one.held;
        state_->order.claimed = true;
    }
    for (const conversation_opened& one : from.conversations) {
        state_->restore(one);
    }
    for (const marker_saved& one : from.markers) {
        state_->accounts.at(one.account).markers.emplace(one.conversation, *one.read_to);
    }
    for (const metadata_saved& one : from.about) {
        metadata& of = one.room ? state_->rooms_by_id.at(one.room)->about
                                : state_->accounts.at(one.account).about;
        of.emplace(one.what.key, one.what.value);
    }
    restore_order(*state_, from);
    for (const certificate_saved& one : from.certificates) {
        state_->accounts.at(one.account).certificates.push_back(one.fingerprint);
        state_->by_certificate.emplace(one.fingerprint, one.account);
    }
    restore_programs(*state_, from);
}

heart::~heart() = default;

void heart::apply(const entry& of, std::vector<event>& events) {
    ASSERT(of.time >= state_->time);
    state_->time = of.time;
    application(*state_, of, events).run();
}

void heart::ask(session_id asker, std::uint32_t serial, base::wall_time time, const question& what,
                std::vector<event>& events) const {
    const origin cause{asker, serial};
    const to_session to_asker{asker};
    if (const auto* const own = std::get_if<ask_of_account>(&what)) {
        events.push_back(tell_account(*state_, state_->find(asker), cause, *own));
        events.back().time = time;
    } else if (const person* const who = state_->find(asker)) {
        events.push_back(std::visit(inquiry{*state_, *who, cause, time}, what));
    } else if (std::holds_alternative<ask_accounts>(what)) {
        events.push_back({cause, time, to_asker,
                          answered{std::make_shared<const answer>(state_->list_accounts())}});
    } else if (const auto* const told = std::get_if<ask_pushable>(&what)) {
        events.push_back({cause, time, to_asker,
                          answered{std::make_shared<const answer>(tell_pushable(*state_, *told))}});
    } else if (const auto* const comer = std::get_if<ask_admission>(&what)) {
        events.push_back(
            {cause, time, to_asker,
             answered{std::make_shared<const answer>(tell_admission(*state_, *comer, time))}});
    } else if (std::holds_alternative<ask_codes>(what)) {
        events.push_back(
            {cause, time, to_asker,
             answered{std::make_shared<const answer>(codes_answer{state_->order.codes})}});
    } else if (std::holds_alternative<ask_counts>(what)) { // they name nobody
        events.push_back(
            {cause, time, to_asker,
             answered{std::make_shared<const answer>(counts_answer(state_->counts()))}});
    }
    events.push_back({cause, time, to_asker, done{}});
}

bool heart::would_last(const command& of) const {
    if (const auto* const wish = std::get_if<join>(&of)) {
        const room* const into = std::as_const(*state_).find_room(wish->room.key);
        return into == nullptr || (!into->kept && into->members.empty());
    }
    return std::holds_alternative<speak>(of) || std::holds_alternative<redact>(of) ||
           std::holds_alternative<edit>(of) || std::holds_alternative<set_topic>(of) ||
           std::holds_alternative<set_room_modes>(of) || std::holds_alternative<keep_room>(of) ||
           std::holds_alternative<close_room>(of) || std::holds_alternative<invite>(of) ||
           std::holds_alternative<uninvite>(of) || std::holds_alternative<register_room>(of) ||
           std::holds_alternative<grant_access>(of) || std::holds_alternative<transfer_room>(of) ||
           std::holds_alternative<rename_room>(of) ||
           std::holds_alternative<register_account>(of) ||
           std::holds_alternative<change_credentials>(of) ||
           std::holds_alternative<reset_credentials>(of) ||
           std::holds_alternative<suspend_account>(of) ||
           std::holds_alternative<delete_account>(of) || std::holds_alternative<end_account>(of) ||
           std::holds_alternative<mark_read>(of) || std::holds_alternative<set_metadata>(of) ||
           std::holds_alternative<clear_metadata>(of) || std::holds_alternative<set_language>(of) ||
           std::holds_alternative<change_certificate>(of) ||
           std::holds_alternative<file_report>(of) || std::holds_alternative<silence>(of) ||
           std::holds_alternative<add_token>(of) || std::holds_alternative<remove_token>(of) ||
           std::holds_alternative<add_webhook>(of) || std::holds_alternative<remove_webhook>(of) ||
           std::holds_alternative<post>(of) || std::holds_alternative<open_login>(of) ||
           std::holds_alternative<close_login>(of) ||
           std::holds_alternative<end_other_sessions>(of) || std::holds_alternative<set_push>(of) ||
           std::holds_alternative<claim_server>(of) || std::holds_alternative<set_rights>(of) ||
           std::holds_alternative<add_code>(of) || std::holds_alternative<add_word>(of);
}

bool heart::knows(session_id session) const { return state_->find(session) != nullptr; }

restored heart::lasting_state() const {
    restored found;
    for (const auto& [key, one] : state_->rooms) {
        found.rooms.push_back(one.saved());
    }
    std::ranges::sort(found.rooms, {}, &room_saved::id);
    for (const auto& [id, one] : state_->accounts) {
        found.accounts.push_back(one.saved());
        for (const conversation_id room : one.rooms) {
            found.memberships.push_back({id, room, true});
        }
        for (const open_invitation& to : one.invitations) {
            found.invitations.push_back({id, to, true});
        }
        for (const auto& [conversation, read_to] : one.markers) {
            found.markers.push_back({id, conversation, read_to});
        }
        for (const auto& [key, value] : one.about) {
            found.about.push_back({id, {}, {key, value}});
        }
        for (const mask_entry& whom : one.silences) {
            found.silences.push_back({id, whom, true});
        }
        for (const std::string& fingerprint : one.certificates) {
            found.certificates.push_back({id, fingerprint, true});
        }
        for (const token& held : one.tokens) {
            found.tokens.push_back({id, held, true});
        }
    }
    for (const room_saved& saved : found.rooms) {
        for (const auto& [key, value] : state_->rooms_by_id.at(saved.id)->about) {
            found.about.push_back({{}, saved.id, {key, value}});
        }
        for (const webhook& held : state_->rooms_by_id.at(saved.id)->webhooks) {
            found.webhooks.push_back({saved.id, held, true});
        }
    }
    for (const auto& [id, one] : state_->conversations) {
        found.conversations.push_back(one);
    }
    for (const auto& [account, held] : state_->order.operators) {
        found.rights.push_back({account, held});
    }
    for (const auto& [id, one] : state_->order.sanctions) {
        found.sanctions.push_back(one);
    }
    for (const auto& [id, one] : state_->order.reports) {
        found.reports.push_back(one);
    }
    found.codes = state_->order.codes;
    found.words = *state_->order.words;
    found.moderation.assign(state_->order.log.begin(), state_->order.log.end());
    found.numbers_reserved = {state_->reserved};
    found.time = state_->time;
    return found;
}

application::application(heart_state& in, const entry& of, std::vector<event>& events)
    : state_(in), entry_(of), events_(events), author_(in.find(of.author)), number_{++in.number} {}

void application::run() {
    // Promised in the same commit, before anything with such a number can leave.
    if (state_.number + limits::number_block / 2 > state_.reserved) {
        state_.reserved = state_.number + limits::number_block;
        emit(nobody{}, numbers_reserved{{state_.reserved}});
    }
    const bool of_the_server = std::holds_alternative<node_gone>(entry_.what) ||
                               std::holds_alternative<keep_room>(entry_.what) ||
                               std::holds_alternative<close_room>(entry_.what) ||
                               std::holds_alternative<sweep>(entry_.what);
    const bool of_a_stranger = std::holds_alternative<connect>(entry_.what) ||
                               std::holds_alternative<register_account>(entry_.what) ||
                               std::holds_alternative<reset_credentials>(entry_.what) ||
                               std::holds_alternative<suspend_account>(entry_.what) ||
                               std::holds_alternative<delete_account>(entry_.what) ||
                               std::holds_alternative<open_login>(entry_.what) ||
                               std::holds_alternative<close_login>(entry_.what) ||
                               std::holds_alternative<set_rights>(entry_.what) ||
                               std::holds_alternative<kill>(entry_.what) ||
                               std::holds_alternative<add_token>(entry_.what) ||
                               std::holds_alternative<remove_token>(entry_.what) ||
                               std::holds_alternative<add_webhook>(entry_.what) ||
                               std::holds_alternative<remove_webhook>(entry_.what) ||
                               std::holds_alternative<add_code>(entry_.what) ||
                               std::holds_alternative<remove_code>(entry_.what) ||
                               std::holds_alternative<set_push>(entry_.what) ||
                               std::holds_alternative<post>(entry_.what);
    if (author_ != nullptr || of_the_server || of_a_stranger) {
        if (const sanction* const mute = steward(*this).mute()) {
            steward(*this).apply_muted(*mute);
        } else {
            std::visit(*this, entry_.what);
        }
    }
    emit(to_session{entry_.author}, done{});
}

void application::emit(audience to, event_body what) {
    events_.push_back(
        {{entry_.author, entry_.serial}, entry_.time, std::move(to), std::move(what)});
}

void application::refuse(reason why, const std::string& a, const std::string& b) {
    emit(to_session{entry_.author}, refused{why, a, b});
}

void application::save(const room& what) { emit(nobody{}, what.saved()); }

} // namespace tertulia::chat
