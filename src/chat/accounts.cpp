// SPDX-License-Identifier: Apache-2.0
// Becoming somebody: accounts made, taken up by one session after the other, and ended. What is
// proved of their credentials was looked at outside; here it is seen whether it still holds.
#include "base/limits.hpp"
#include "chat/steward.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;

account* application::own_account() {
    if (!author_->card->registered) {
        refuse(reason::not_logged_in);
        return nullptr;
    }
    return state_.find_account(author_->id());
}

account* application::proved(const proof& by) {
    account* const found = state_.find_account(by.account);
    if (found == nullptr || found->version != by.version) {
        refuse(reason::proof_outdated);
        return nullptr;
    }
    if (found->suspended) {
        refuse(reason::account_suspended, found->name.display);
        return nullptr;
    }
    return found;
}

account& application::make_account(person_id id, const base::name& named, const credentials& what) {
    account& made = state_.accounts[id];
    made.id = id;
    made.name = named;
    made.made_at = entry_.time;
    state_.by_account_name.emplace(made.name.key, &made);
    state_.nicknames.add(made.name);
    emit(nobody{}, made.saved());
    emit(nobody{}, credentials_saved{id, what});
    return made;
}

// A guest's number is never used again, so it can be the account's: who she was, she stays.
void application::operator()(const register_account& wish) {
    if (author_ != nullptr && author_->card->registered) {
        refuse(reason::logged_in_already, author_->card->nickname.display);
        return;
    }
    if (const auto why = nickname_refusal(wish.name, author_)) {
        refuse(*why, wish.name.display);
        return;
    }
    if (state_.accounts.size() >= limits::accounts_max) {
        refuse(reason::no_more_accounts);
        return;
    }
    if ((author_ == nullptr && !steward(*this).admits(nullptr, wish.from)) ||
        (wish.code && !steward(*this).accepts(*wish.code))) {
        return;
    }
    const person_id id = author_ == nullptr ? person_id{number_.value} : author_->id();
    account& made = make_account(id, wish.name, wish.what);
    if (wish.code) {
        steward(*this).use(*wish.code, made.name);
    }
    emit(to_session{entry_.author}, registered{made.name, {made.id, made.version}});
    if (author_ != nullptr) {
        if (author_->rare) {
            made.conversations = std::move(author_->rare->conversations);
            made.markers = std::move(author_->rare->markers);
            made.about = std::move(author_->rare->about);
            made.silences = std::exchange(author_->rare->silences, {});
        }
        take_on(made, acquaintances(*author_, true), wish.door);
        for (const auto& [conversation, read_to] : made.markers) {
            save_marker(conversation, read_to);
        }
        for (const auto& [key, value] : made.about) {
            save_metadata(nullptr, {key, value});
        }
        for (const mask_entry& whom : made.silences) {
            emit(nobody{}, silence_saved{made.id, whom, true});
        }
    }
}

void application::operator()(const log_in& wish) {
    if (author_->card->registered) {
        refuse(reason::logged_in_already, author_->card->nickname.display);
        return;
    }
    account* const into = proved(wish.as);
    if (into == nullptr || !steward(*this).admits(into, steward(*this).whence(entry_.author))) {
        return;
    }
    if (into->present != nullptr) {
        merge(*author_, *into->present, wish.door);
        return;
    }
    end_conversations(*author_); // they were the guest's
    if (author_->rare) {
        author_->rare->markers.clear();
        author_->rare->about.clear();
        author_->rare->silences.clear();
    }
    auto moved = state_.persons.extract(author_->id());
    moved.key() = into->id;
    state_.persons.insert(std::move(moved));
    take_on(*into, acquaintances(*author_, true), wish.door);
    come_back(*into);
}

// The author, until now a guest, is that account, in the rooms that she is in.
void application::take_on(account& of, const to_rooms& heard_by, const std::string& door) {
    const card_ref before = author_->card;
    note_session(door, before->connected_at);
    card next = *before;
    next.person = of.id;
    next.nickname = of.name;
    next.registered = true;
    next.is_operator = state_.order.of(of.id).any();
    if (before->nickname.key != of.name.key) {
        remember(before);
    }
    replace_card(*author_, std::make_shared<const card>(std::move(next)));
    of.present = author_;
    emit(to_session{entry_.author}, logged_in{before, author_->card, of.language});
    if (before->nickname.display != of.name.display) {
        emit(heard_by, renamed{before, author_->card, number_, others_with(*author_)});
    }
    emit(heard_by, account_changed{author_->card, number_});
    tell_distant_watchers(*author_, account_changed{author_->card, number_});
    for (const seat& one : author_->seats) {
        set_membership(*author_, *one.where, true);
    }
}

// The rooms that she was in when she went, but those that ended or have banned her since.
void application::come_back(account& of) {
    for (const conversation_id id : std::vector(of.rooms)) {
        const auto found = state_.rooms_by_id.find(id);
        room* const into = found == state_.rooms_by_id.end() ? nullptr : found->second;
        if (into == nullptr || banned(*into, *author_, entry_.time)) {
            std::erase(of.rooms, id);
            emit(nobody{}, membership_saved{of.id, id, false});
        } else if (into->find(author_) == nullptr) {
            come_in(*into);
        }
    }
}

// One more session hears what the others hear.
void application::resume(const person& of, session_id session) {
    for (const seat& one : of.seats) {
        emit(to_session{session}, coming_in(of, *one.where, {session}));
    }
}

// A guest turns out to be somebody who is there already. Others see the guest go; her rooms are the
// account's from now on, and what she was there. She herself hears of it as a new nickname.
void application::merge(person& guest, person& into, const std::string& door) {
    const attached moved = guest.sessions.front();
    const card_ref before = guest.card;
    emit(to_session{moved.session},
         logged_in{before, into.card, state_.find_account(into.id())->language});
    emit(to_session{moved.session}, renamed{before, into.card, number_, {}});
    to_rooms others = acquaintances(guest, false);
    others.own = {moved.session};
    emit(std::move(others), person_left{before, {}, "", number_, others_with(guest)});
    end_conversations(guest);
    remember(before);
    std::vector<std::pair<room*, role>> of_guest;
    while (!guest.seats.empty()) {
        room* const where = guest.seats.back().where;
        of_guest.emplace_back(where, where->find(&guest)->rank);
        where->stand_up(guest);
    }
    std::vector<shown_certificate> shown;
    if (guest.rare) {
        shown = std::move(guest.rare->shown);
    }
    forget(guest);

    const std::vector<session_id> hers = into.all_sessions();
    into.sessions.push_back(moved);
    if (!shown.empty()) {
        into.more().shown.push_back(std::move(shown.front()));
    }
    state_.by_session[moved.session] = &into;
    author_ = &into;
    become_away(into, into.away_by_looks());
    note_session(door, before->connected_at);
    for (const seat& one : into.seats) {
        if (std::ranges::find(of_guest, one.where, &std::pair<room*, role>::first) ==
            of_guest.end()) {
            emit(to_session{moved.session}, coming_in(into, *one.where, {moved.session}));
        }
    }
    for (const auto& [where, rank] : of_guest) {
        if (where->find(&into) == nullptr) {
            where->seat_down(into, where->rank_of(into.id()));
            set_membership(into, *where, true);
            emit(to_room{where->id()}, coming_in(into, *where, hers));
        }
        // Of two ranks she has the higher one while she is there: else a guests' room lost its
        // order.
        if (member& place = *where->find(&into); place.rank < rank) {
            place.rank = rank;
            emit(to_room{where->id()},
                 room_modes_changed{
                     {}, where->card, {role_change{rank, true, into.card->nickname}}, number_});
        }
    }
}

void application::set_membership(const person& who, const room& where, bool in) {
    if (!who.card->registered) {
        return;
    }
    std::vector<conversation_id>& rooms = state_.find_account(who.id())->rooms;
    if ((std::ranges::find(rooms, where.id()) != rooms.end()) == in) {
        return;
    }
    in ? rooms.push_back(where.id()) : static_cast<void>(std::erase(rooms, where.id()));
    emit(nobody{}, membership_saved{who.id(), where.id(), in});
}

void application::replace_credentials(account& of, const credentials& what) {
    ++of.version;
    emit(nobody{}, of.saved());
    emit(nobody{}, credentials_saved{of.id, what});
    emit(to_session{entry_.author}, registered{of.name, {of.id, of.version}});
}

void application::operator()(const change_credentials& wish) {
    account* const of = own_account();
    if (of == nullptr || proved(wish.by) == nullptr) {
        return;
    }
    if (wish.by.account != of->id) {
        refuse(reason::proof_outdated);
        return;
    }
    replace_credentials(*of, wish.what);
}

void application::operator()(const reset_credentials& wish) {
    if (account* const of = named_account(wish.account)) {
        replace_credentials(*of, wish.what);
    }
}

void application::operator()(const end_other_sessions& /*wish*/) {
    const account* const of = own_account();
    if (of == nullptr) {
        return;
    }
    emit(nobody{}, login_saved{login_change::all_closed, {of->id, of->version}, {}});
    to_sessions others{author_->all_sessions()};
    std::erase(others.sessions, entry_.author);
    if (!others.sessions.empty()) {
        emit(std::move(others), evicted{eviction::by_other_session, {}, {}});
    }
}

void application::operator()(const end_account& wish) {
    account* const of = own_account();
    if (of == nullptr || proved(wish.by) == nullptr) {
        return;
    }
    if (wish.by.account != of->id) {
        refuse(reason::proof_outdated);
        return;
    }
    end(*of);
}

void application::operator()(const delete_account& wish) {
    account* const of = permitted(right::accounts, wish.by) ? named_account(wish.account) : nullptr;
    if (of != nullptr && within_reach(*of, wish.by)) {
        note_measure(measure::deleted_account, wish.by, of->name.display, {}, {});
        end(*of);
    }
}

void application::operator()(const suspend_account& wish) {
    account* const of = permitted(right::accounts, wish.by) ? named_account(wish.account) : nullptr;
    if (of == nullptr || !within_reach(*of, wish.by) ||
        std::exchange(of->suspended, wish.on) == wish.on) {
        return;
    }
    emit(nobody{}, of->saved());
    note_measure(wish.on ? measure::suspended_account : measure::resumed_account, wish.by,
                 of->name.display, {}, {});
    if (wish.on && of->present != nullptr) {
        put_out(*of->present, {eviction::account_suspended, {}, {}}, "");
    }
}

account* application::named_account(const base::name& wish) {
    account* const found = state_.find_account(wish.key);
    if (found == nullptr) {
        refuse(reason::no_such_account, wish.display);
    }
    return found;
}

// All her sessions end; an account's rooms stay its own.
void application::put_out(person& whom, const evicted& told, const std::string& others_hear) {
    emit(to_sessions{whom.all_sessions()}, told);
    const bool herself = &whom == author_;
    remove_person(whom, others_hear, departure::own);
    if (herself) {
        author_ = nullptr;
    }
}

void application::end(account& ended) {
    if (ended.present != nullptr) {
        put_out(*ended.present, {eviction::account_ended, {}, {}}, "");
    }
    state_.order.operators.erase(ended.id);
    steward(*this).forget(ended.id);
    while (!ended.conversations.empty()) {
        end_conversation(ended.conversations.begin()->second.id);
    }
    for (auto& [key, one] : state_.rooms) {
        const role had = one.rank_of(ended.id);
        if (one.access.erase(ended.id) > 0) {
            had == role::owner ? inherit(one) : save(one);
        }
    }
    for (const std::string& fingerprint : ended.certificates) {
        state_.by_certificate.erase(fingerprint);
    }
    emit(nobody{}, account_ended{ended.id});
    state_.nicknames.remove(ended.name);
    state_.by_account_name.erase(ended.name.key);
    state_.accounts.erase(ended.id);
}

} // namespace tertulia::chat
