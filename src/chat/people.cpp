// SPDX-License-Identifier: Apache-2.0
// Coming, going, and what people say of themselves.
#include "base/limits.hpp"
#include "chat/application.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;

to_rooms application::acquaintances(const person& of, bool own_too) {
    to_rooms heard;
    for (const seat& one : of.seats) {
        heard.rooms.push_back(one.where->id());
    }
    if (own_too) {
        heard.own = of.all_sessions();
    }
    return heard;
}

std::optional<reason> application::nickname_refusal(const base::name& wish,
                                                    const person* own) const {
    const person* const holder = state_.find_nickname(wish.key);
    if (holder != nullptr && holder != own) {
        return reason::nickname_in_use;
    }
    if (state_.nicknames.collides(wish, own == nullptr ? nullptr : &own->card->nickname)) {
        return reason::nickname_looks_alike;
    }
    return std::nullopt;
}

// One more from this address; none where there are as many as there may be.
counted_address* application::count_in(const connect& wish) {
    auto found = state_.addresses.find(wish.address);
    if (found == state_.addresses.end()) {
        found = state_.addresses.insert(std::make_unique<counted_address>(wish.address)).first;
    }
    counted_address& from = **found;
    if (wish.per_address_max > 0 && from.persons >= wish.per_address_max) {
        return nullptr;
    }
    ++from.persons;
    return &from;
}

void application::operator()(const connect& wish) {
    if (author_ != nullptr) {
        return;
    }
    if (const auto why = nickname_refusal(wish.nickname, nullptr)) {
        refuse(*why, wish.nickname.display);
        return;
    }
    counted_address* const address = count_in(wish);
    if (address == nullptr) {
        refuse(reason::too_many_from_address);
        return;
    }
    const person_id id{number_.value};
    person& made = state_.persons[id];
    made.card = std::make_shared<const card>(
        card{id, wish.nickname, wish.user, wish.host, wish.real_name, entry_.time, wish.secure});
    made.sessions.push_back(entry_.author);
    made.address = address;
    made.spoke_at = entry_.time;
    state_.by_session[entry_.author] = &made;
    state_.by_nickname.insert(&made);
    state_.nicknames.add(made.card->nickname);
    state_.persons_max =
        std::max(state_.persons_max, static_cast<std::uint32_t>(state_.persons.size()));
    emit(to_session{entry_.author}, welcomed{made.card, state_.counts()});
}

void application::operator()(const disconnect& leave) {
    remove_person(*author_, leave.reason, leave.how);
    author_ = nullptr;
}

void application::remove_person(person& who, const std::string& why, departure how) {
    emit(acquaintances(who, false), person_left{who.card, who.all_sessions(), why, number_});
    while (!who.seats.empty()) {
        leave(*who.seats.back().where, who, how);
    }
    end_conversations(who);
    remember(who.card);
    if (--who.address->persons == 0) {
        state_.addresses.erase(state_.addresses.find(who.address->text));
    }
    state_.invisible_count -= who.invisible ? 1U : 0U;
    state_.nicknames.remove(who.card->nickname);
    state_.by_nickname.erase(&who);
    for (const session_id session : who.sessions) {
        state_.by_session.erase(session);
    }
    state_.persons.erase(who.id());
}

// They end with either of the two.
void application::end_conversations(person& who) {
    if (!who.rare) {
        return;
    }
    for (const auto& [other, ended] : who.rare->conversations) {
        if (ended.with != &who) {
            ended.with->rare->conversations.erase(who.id());
        }
        emit(nobody{}, conversation_ended{ended.id});
    }
}

void application::remember(card_ref gone) {
    state_.whowas.push_front({std::move(gone), entry_.time});
    if (state_.whowas.size() > limits::departed_max) {
        state_.whowas.pop_back();
    }
}

// The index reads the nickname from the card, so the person is out of it while that changes.
void application::replace_card(person& of, card_ref next) {
    state_.by_nickname.erase(&of);
    state_.nicknames.remove(of.card->nickname);
    of.card = std::move(next);
    state_.by_nickname.insert(&of);
    state_.nicknames.add(of.card->nickname);
}

void application::operator()(const rename& wish) {
    if (const auto why = nickname_refusal(wish.nickname, author_)) {
        refuse(*why, wish.nickname.display);
        return;
    }
    const card_ref before = author_->card;
    if (before->nickname.display == wish.nickname.display) {
        return;
    }
    card next = *before;
    next.nickname = wish.nickname;
    if (before->nickname.key != wish.nickname.key) {
        remember(before);
    }
    replace_card(*author_, std::make_shared<const card>(std::move(next)));
    emit(acquaintances(*author_, true), renamed{before, author_->card, number_});
}

void application::operator()(const set_real_name& wish) {
    const card_ref before = author_->card;
    card next = *before;
    next.real_name = wish.real_name;
    replace_card(*author_, std::make_shared<const card>(std::move(next)));
    emit(acquaintances(*author_, true), real_name_changed{before, author_->card, number_});
}

// Said again, it is answered to the author alone: nothing changed for the others.
void application::operator()(const set_away& wish) {
    const away_changed what{author_->card, wish.text, number_};
    if (author_->away() == wish.text) {
        emit(to_session{entry_.author}, what);
        return;
    }
    author_->more().away = wish.text;
    emit(acquaintances(*author_, true), what);
}

void application::operator()(const set_person_modes& wish) {
    person_modes_changed changed{author_->card, {}};
    for (const person_flag_change& one : wish.changes) {
        if (one.flag == person_flag::invisible && author_->invisible != one.on) {
            author_->invisible = one.on;
            state_.invisible_count += one.on ? 1U : ~0U;
            changed.changes.push_back(one);
        }
    }
    if (!changed.changes.empty()) {
        emit(to_sessions{author_->all_sessions()}, std::move(changed));
    }
}

void application::operator()(const node_gone& gone) {
    const auto was_there = [&](session_id session) { return session.node == gone.node; };
    std::vector<person*> lost;
    for (auto& [id, one] : state_.persons) {
        if (std::ranges::all_of(one.sessions, was_there)) {
            lost.push_back(&one);
            continue;
        }
        for (const session_id session : one.sessions) {
            if (was_there(session)) {
                state_.by_session.erase(session);
            }
        }
        const auto gone_ones = std::ranges::remove_if(one.sessions, was_there);
        one.sessions.erase(gone_ones.begin(), gone_ones.end());
    }
    for (person* const one : lost) {
        remove_person(*one, "", departure::with_node);
    }
    for (const conversation_id orphan : state_.orphans) {
        emit(nobody{}, conversation_ended{orphan});
    }
    state_.orphans.clear();
    for (auto& [key, one] : state_.rooms) {
        if (one.members.empty() && !one.kept && !one.empty_since) {
            one.empty_since = entry_.time;
            save(one);
        }
    }
}

} // namespace tertulia::chat
