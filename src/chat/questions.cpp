// SPDX-License-Identifier: Apache-2.0
// Answers about people, messages and the server; those about rooms are in questions_room.cpp.
#include "chat/hearing.hpp"
#include "chat/inquiry.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace tertulia::chat {

event inquiry::answer_with(answer what) const {
    return {cause, time, to_session{cause.session},
            answered{std::make_shared<const answer>(std::move(what))}};
}

bool inquiry::visible(const person& whom) const {
    return &whom == &asker || !whom.invisible || heart_state::share_room(asker, whom);
}

bool inquiry::sees(const room& which) const {
    return !which.has(room_flag::secret) || which.find(&asker) != nullptr;
}

member_view view_of(const person& who, role rank) {
    return {who.card, rank, who.away().has_value()};
}

event inquiry::operator()(const ask_who& what) const {
    who_answer found;
    found.mask = what.mask;
    found.note = what.note;
    if (what.mask.key.starts_with('#')) {
        if (const room* const of = state.visible_room(&asker, what.mask.key)) {
            for (const member& one : of->members) {
                if (of->find(&asker) != nullptr || visible(*one.who)) {
                    found.entries.push_back(
                        {view_of(*one.who, one.rank), of->card, one.who->spoke_at()});
                }
            }
        }
        return answer_with(std::move(found));
    }
    const auto add = [&](const person& one) {
        for (const seat& place : one.seats) {
            if (const member* const as = place.where->find(&asker); as != nullptr) {
                found.entries.push_back({view_of(one, place.where->find(&one)->rank),
                                         place.where->card, one.spoke_at()});
                return;
            }
        }
        found.entries.push_back({view_of(one, role::member), {}, one.spoke_at()});
    };
    if (const person* const one = state.find_nickname(what.mask.key)) {
        add(*one); // asked for by name
        return answer_with(std::move(found));
    }
    found.everyone = true;
    for (const auto& [id, one] : state.persons) {
        if (visible(one)) {
            add(one);
        }
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_whois& what) const {
    whois_answer found;
    found.asked = what.nickname;
    if (const account* const theirs = state.find_account(what.nickname.key); theirs != nullptr) {
        found.account_since = theirs->made_at;
    }
    const person* const whom = state.find_nickname(what.nickname.key);
    if (whom == nullptr) {
        return answer_with(std::move(found));
    }
    found.who = whom->card;
    found.away = whom->away();
    found.spoke_at = whom->spoke_at();
    const rights held = state.rights_of(asker);
    if (whom == &asker || holds(held, right::ban) || holds(held, right::mute)) {
        found.address = whom->sessions.front().address->text;
    }
    for (const seat& one : whom->seats) {
        const bool shared = one.where->find(&asker) != nullptr;
        if (shared || (!one.where->has(room_flag::secret) && !whom->invisible)) {
            found.rooms.push_back({one.where->card, one.where->find(whom)->rank});
        }
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_whowas& what) const {
    whowas_answer found{what.nickname, {}};
    for (const departed& one : state.whowas) {
        if (what.count_max > 0 && found.entries.size() == what.count_max) {
            break;
        }
        if (one.who->nickname.key == what.nickname.key) {
            found.entries.push_back({one.who, one.left_at});
        }
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_self& /*what*/) const {
    return answer_with(self_answer{asker.invisible, state.rights_of(asker), asker.card->bot});
}

event inquiry::operator()(const ask_present& what) const {
    present_answer found;
    found.with_hosts = what.with_hosts;
    for (const base::name& one : what.nicknames) {
        if (const person* const there = state.find_nickname(one.key)) {
            found.present.push_back(view_of(*there, role::member));
        }
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_counts& /*what*/) const { return answer_with(state.counts()); }

event inquiry::operator()(const ask_history& what) const {
    history_answer found;
    found.asked = what.target;
    found.up_to = {state.number};
    if (what.target.key.starts_with('#')) {
        const room* const of = state.find_room(what.target.key);
        const bool redacts = what.to_redact && holds(state.rights_of(asker), right::redact) &&
                             state.visible_room(&asker, what.target.key) != nullptr;
        if (of != nullptr && (redacts || of->find(&asker) != nullptr)) {
            found.conversation = of->id();
            found.room = of->card;
        }
    } else if (const auto* const open = state.find_conversation(asker, what.target.key)) {
        found.conversation = open->id;
        found.partner = state.card_of(open->with);
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_accounts& /*what*/) const {
    return answer_with(accounts_answer{}); // to a person
}

event inquiry::operator()(const ask_conversations& /*what*/) const {
    conversations_answer found;
    const read_markers& markers = state.markers_of(asker);
    const auto read_to = [&markers](conversation_id of) {
        const auto known = markers.find(of);
        return known == markers.end() ? std::nullopt : std::optional(known->second);
    };
    for (const seat& one : asker.seats) {
        const room_ref& room = one.where->card;
        found.open.push_back({room->name, room->id, {state.number}, room, {}, read_to(room->id)});
    }
    for (const auto& [who, one] : state.conversations_of(asker)) {
        const card_ref partner = state.card_of(one.with);
        found.open.push_back(
            {partner->nickname, one.id, {state.number}, {}, partner, read_to(one.id)});
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const signal& what) const {
    hearing heard = hearing_of(state, asker, what.target, what.heard_from);
    if (heard.refusal) {
        return {cause, time, to_session{cause.session},
                refused{*heard.refusal, what.target.display, {}}};
    }
    // Who is muted signals to nobody, and is not told each time.
    if (state.meets(sanction_kind::mute, asker, cause.session, time) != nullptr) {
        heard.heard_by = nobody{};
    }
    return {cause, time, std::move(heard.heard_by),
            signalled{asker.card, heard.in, heard.to, what.tags, what.heard_from}};
}

} // namespace tertulia::chat
