// SPDX-License-Identifier: Apache-2.0
// Tokens and webhooks, and what programs say by them. A program is a person without a session for
// as long as its message is applied: so the rules of a room are the same for it as for everybody.
#include "chat/bots.hpp"

#include "base/web_limits.hpp"
#include "chat/inquiry.hpp"
#include "chat/steward.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

constexpr const char* account_host = "api";
constexpr const char* webhook_host = "webhook";

const webhook* find_webhook(const room& of, const std::string& key) {
    const auto found = std::ranges::find(of.webhooks, key, &webhook::key);
    return found == of.webhooks.end() ? nullptr : &*found;
}

card_ref card_of(const webhook& what) {
    card made;
    made.person = what.id;
    made.nickname = what.name;
    made.user = made.host = webhook_host;
    made.bot = true;
    return std::make_shared<const card>(std::move(made));
}

card_ref card_of(const account& away) {
    card made;
    made.person = away.id;
    made.nickname = away.name;
    made.user = made.host = account_host;
    made.registered = true;
    return std::make_shared<const card>(std::move(made));
}

answered changed(const account& of) {
    return {std::make_shared<const answer>(tokens_answer{of.tokens, true})};
}
answered changed(const room& of) {
    return {std::make_shared<const answer>(webhooks_answer{of.card, of.webhooks, true})};
}

own_answer everything_of(const heart_state& in, const account& of) {
    own_answer found{of.id, of.name,         of.made_at, of.language, {},
                     {},    of.certificates, of.tokens,  {}};
    for (const auto& [key, value] : of.about) {
        found.about.push_back({key, value});
    }
    for (const conversation_id id : of.rooms) {
        const auto there = in.rooms_by_id.find(id);
        if (there != in.rooms_by_id.end()) {
            found.places.push_back(
                {id, there->second->card->name.display, heart_state::standing(*there->second, of)});
        }
    }
    for (const auto& [who, one] : of.conversations) {
        found.places.push_back({one.id, in.card_of(one.with)->nickname.display, {}});
    }
    if (of.present != nullptr && of.present->rare) {
        found.sessions = of.present->rare->facts;
    }
    return found;
}

} // namespace

std::optional<role> heart_state::standing(const room& in, const account& of) {
    if (of.present != nullptr) {
        const member* const as = in.find(of.present);
        return as == nullptr ? std::nullopt : std::optional(as->rank);
    }
    const bool stays = std::ranges::find(of.rooms, in.id()) != of.rooms.end();
    return stays ? std::optional(in.rank_of(of.id)) : std::nullopt;
}

std::optional<role> heart_state::standing(const room& in, const person& who) const {
    if (const member* const as = in.find(&who)) {
        return as->rank;
    }
    if (!who.sessions.empty()) {
        return std::nullopt;
    }
    if (std::ranges::find(in.webhooks, who.id(), &webhook::id) != in.webhooks.end()) {
        return role::member;
    }
    const account* const away = find_account(who.id());
    return away == nullptr ? std::nullopt : standing(in, *away);
}

account* application::account_of(const std::optional<proof>& by) {
    if (by) {
        return proved(*by);
    }
    if (author_ == nullptr) {
        refuse(reason::not_logged_in);
        return nullptr;
    }
    return own_account();
}

void application::operator()(const add_token& wish) {
    account* const of = account_of(wish.by);
    if (of == nullptr) {
        return;
    }
    if (std::ranges::find(of->tokens, wish.name, &token::name) != of->tokens.end()) {
        refuse(reason::token_known, wish.name);
        return;
    }
    if (of->tokens.size() >= limits::tokens_per_account_max) {
        refuse(reason::too_many_tokens);
        return;
    }
    of->tokens.push_back({wish.name, wish.key, entry_.time});
    emit(nobody{}, token_saved{of->id, of->tokens.back(), true});
    emit(to_session{entry_.author}, changed(*of));
}

void application::operator()(const remove_token& wish) {
    account* const of = account_of(wish.by);
    if (of == nullptr) {
        return;
    }
    const auto found = std::ranges::find(of->tokens, wish.name, &token::name);
    if (found == of->tokens.end()) {
        refuse(reason::no_such_token, wish.name);
        return;
    }
    emit(nobody{}, token_saved{of->id, *found, false});
    of->tokens.erase(found);
    emit(to_session{entry_.author}, changed(*of));
}

// A hidden room is not there for those outside; one that is seen is not theirs to keep in order.
room* application::room_in_order_of(const account& of, const base::name& named) {
    room* const found = state_.find_room(named.key);
    const auto as = found == nullptr ? std::nullopt : heart_state::standing(*found, of);
    if (!as) {
        const bool hidden = found == nullptr || found->has(room_flag::secret);
        refuse(hidden ? reason::no_such_room : reason::not_in_room, named.display);
        return nullptr;
    }
    if (*as < role::room_operator) {
        refuse(reason::needs_operator, found->card->name.display);
        return nullptr;
    }
    return found;
}

// Rooms may call theirs alike; what is called so is nobody's nickname, then or later.
void application::operator()(const add_webhook& wish) {
    const account* const by = account_of(wish.by);
    room* const of = by == nullptr ? nullptr : room_in_order_of(*by, wish.room);
    if (of == nullptr) {
        return;
    }
    const std::string& room_name = of->card->name.display;
    const auto called_alike = [&wish](const webhook& one) { return one.name.key == wish.name.key; };
    const bool known =
        std::ranges::any_of(of->webhooks, called_alike) || state_.by_webhook.contains(wish.key);
    const bool called_so = state_.webhook_names.contains(wish.name.key);
    const auto taken = called_so ? std::nullopt : nickname_refusal(wish.name, nullptr);
    if (known || taken) {
        refuse(known ? reason::webhook_known : *taken, known ? room_name : wish.name.display,
               wish.name.display);
        return;
    }
    if (of->webhooks.size() >= limits::webhooks_per_room_max) {
        refuse(reason::too_many_webhooks, room_name);
        return;
    }
    of->webhooks.push_back(
        {person_id{number_.value}, wish.name, wish.key, by->name.display, entry_.time});
    state_.by_webhook.emplace(wish.key, of);
    ++state_.webhook_names[wish.name.key];
    emit(nobody{}, webhook_saved{of->id(), of->webhooks.back(), true});
    emit(to_session{entry_.author}, changed(*of));
}

void application::operator()(const remove_webhook& wish) {
    const account* const by = account_of(wish.by);
    room* const of = by == nullptr ? nullptr : room_in_order_of(*by, wish.room);
    if (of == nullptr) {
        return;
    }
    const auto found = std::ranges::find_if(
        of->webhooks, [&wish](const webhook& one) { return one.name.key == wish.name.key; });
    if (found == of->webhooks.end()) {
        refuse(reason::no_such_webhook, of->card->name.display, wish.name.display);
        return;
    }
    const webhook gone = *found;
    of->webhooks.erase(found);
    state_.by_webhook.erase(gone.key);
    if (--state_.webhook_names.at(gone.name.key) == 0) {
        state_.webhook_names.erase(gone.name.key);
    }
    emit(nobody{}, webhook_saved{of->id(), gone, false});
    emit(to_session{entry_.author}, changed(*of));
}

// The store lets them go with the room.
void application::forget_webhooks(room& of) {
    for (const webhook& one : std::exchange(of.webhooks, {})) {
        state_.by_webhook.erase(one.key);
        if (--state_.webhook_names.at(one.name.key) == 0) {
            state_.webhook_names.erase(one.name.key);
        }
    }
}

void application::operator()(const post& wish) {
    person program;
    const account* as = nullptr;
    base::name target = wish.room;
    person* speaker = &program;
    if (const auto* const key = std::get_if<std::string>(&wish.by)) {
        const auto of = state_.by_webhook.find(*key);
        if (of == state_.by_webhook.end()) {
            refuse(reason::no_such_webhook);
            return;
        }
        if (!steward(*this).admits(nullptr, wish.from)) {
            return;
        }
        program.card = card_of(*find_webhook(*of->second, *key));
        target = of->second->card->name;
    } else if (const account* const of = proved(std::get<proof>(wish.by))) {
        as = of;
        program.card = card_of(*of);
        speaker = of->present != nullptr ? of->present : &program;
    } else {
        return;
    }
    const bool said = !wish.met || steward(*this).meet(*wish.met, as, program.card->nickname);
    if (as != nullptr && !steward(*this).lets_speak(*as, wish.from)) {
        return;
    }
    if (!said) {
        refuse(reason::word_refused);
        return;
    }
    person* const before = std::exchange(author_, speaker);
    (*this)(speak{target, message_kind::message, wish.text, {}, role::member, {}});
    author_ = before;
}

event inquiry::operator()(const ask_of_account& what) const {
    return tell_account(state, &asker, cause, what);
}

event tell_account(const heart_state& in, const person* asker, origin cause,
                   const ask_of_account& what) {
    using subject = ask_of_account::subject;
    const auto told = [&](event_body body) {
        return event{cause, in.time, to_session{cause.session}, std::move(body)};
    };
    const auto answers = [&](answer body) {
        return told(answered{std::make_shared<const answer>(std::move(body))});
    };
    const account* of = nullptr;
    if (what.by) {
        of = in.find_account(what.by->account);
        of = of != nullptr && of->version == what.by->version && !of->suspended ? of : nullptr;
    } else if (asker != nullptr && asker->card->registered) {
        of = in.find_account(asker->id());
    }
    if (of == nullptr) {
        return told(refused{what.by ? reason::proof_outdated : reason::not_logged_in, {}, {}});
    }
    if (what.what == subject::tokens) {
        return answers(tokens_answer{of->tokens, false});
    }
    if (what.what == subject::everything) {
        return answers(everything_of(in, *of));
    }
    const room* const where = in.find_room(what.room.key);
    const auto as = where == nullptr ? std::nullopt : heart_state::standing(*where, *of);
    if (!as) {
        return told(refused{reason::no_such_room, what.room.display, {}});
    }
    if (what.what == subject::webhooks) {
        return *as < role::room_operator
                   ? told(refused{reason::needs_operator, where->card->name.display, {}})
                   : answers(webhooks_answer{where->card, where->webhooks, false});
    }
    return answers(history_answer{what.room, where->id(), {in.number}, where->card, {}});
}

} // namespace tertulia::chat
