// SPDX-License-Identifier: Apache-2.0
// Coming, going, and what people say of themselves.
#include "base/limits.hpp"
#include "chat/steward.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;

namespace {

// Who is written to like a person but is none: nobody takes their names.
constexpr std::array<std::string_view, 3> services{"nickserv", "chanserv", "operserv"};

} // namespace

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

std::vector<std::uint32_t> application::others_with(const person& one) {
    std::vector<std::uint32_t> others;
    for (const seat& place : one.seats) {
        others.push_back(static_cast<std::uint32_t>(place.where->members.size() - 1));
    }
    return others;
}

std::optional<reason> application::nickname_refusal(const base::name& wish,
                                                    const person* own) const {
    const account* const named = state_.find_account(wish.key);
    if (named != nullptr && (own == nullptr || own->id() != named->id)) {
        return reason::nickname_registered;
    }
    const bool of_a_program = state_.webhook_names.contains(wish.key);
    if (of_a_program || std::ranges::find(services, wish.key) != services.end()) {
        return reason::nickname_registered;
    }
    const bool exempt =
        own != nullptr && (own->card->is_operator || own->card->nickname.key == wish.key);
    const suspect so_called{{}, wish.key, {}};
    if (!exempt && state_.order.meets(sanction_kind::ban, so_called, entry_.time) != nullptr) {
        return reason::nickname_banned;
    }
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
    if (wish.per_address_max > 0 && from.sessions >= wish.per_address_max) {
        return nullptr;
    }
    ++from.sessions;
    return &from;
}

void application::operator()(const connect& wish) {
    if (author_ != nullptr) {
        return;
    }
    account* const of = wish.as ? proved(*wish.as) : nullptr;
    if (wish.as && of == nullptr) {
        return;
    }
    if (!steward(*this).admits(of, base::parse_network(wish.address))) {
        return;
    }
    const bool one_more = of != nullptr && of->present != nullptr;
    const person_id id = of == nullptr ? person_id{number_.value} : of->id;
    const base::name& named = of == nullptr ? wish.nickname : of->name;
    if (of == nullptr) {
        if (const auto why = nickname_refusal(wish.nickname, nullptr)) {
            refuse(*why, wish.nickname.display);
            return;
        }
    }
    counted_address* const address = count_in(wish);
    if (address == nullptr) {
        refuse(reason::too_many_from_address);
        return;
    }
    author_ = one_more ? of->present
                       : &make_person({id, named, wish.user, wish.host, wish.real_name, entry_.time,
                                       wish.secure, of != nullptr, false, wish.arrival,
                                       of != nullptr && state_.order.of(id).any()});
    attach(*author_, {entry_.author, address});
    if (wish.away && !one_more) {
        author_->more().away = wish.away;
        author_->look_at(entry_.author, wish.away != nobody_looks);
    }
    if (!wish.certificate.empty()) {
        author_->more().shown.push_back({entry_.author, wish.certificate});
    }
    if (of != nullptr) {
        note_session(wish.door, entry_.time);
    }
    bring_metadata(wish.about);
    emit(to_session{entry_.author}, welcomed{author_->card, state_.counts(), all_metadata(*author_),
                                             of == nullptr ? std::string() : of->language});
    if (one_more) {
        resume(*author_, entry_.author);
        if (wish.away) {
            (*this)(set_away{wish.away});
        } else {
            become_away(*author_, author_->away_by_looks());
        }
    } else if (of != nullptr) {
        of->present = author_;
        come_back(*of);
    }
}

person& application::make_person(card as) {
    person& made = state_.persons[as.person];
    made.card = std::make_shared<const card>(std::move(as));
    made.speaks(entry_.time);
    state_.by_nickname.insert(&made);
    if (!made.card->registered) {
        state_.nicknames.add(made.card->nickname);
    }
    state_.persons_max =
        std::max(state_.persons_max, static_cast<std::uint32_t>(state_.persons.size()));
    tell_watchers(made.card, true);
    return made;
}

void application::attach(person& to, const attached& one) {
    to.sessions.push_back(one);
    state_.by_session[one.session] = &to;
}

void application::detach(person& from, session_id session) {
    const auto found = std::ranges::find(from.sessions, session, &attached::session);
    if (--found->address->sessions == 0) {
        state_.addresses.erase(state_.addresses.find(found->address->text));
    }
    from.sessions.erase(found);
    state_.by_session.erase(session);
    if (from.rare) {
        std::erase(from.rare->unseen, session);
        std::erase_if(from.rare->facts,
                      [&](const session_facts& one) { return one.session == session; });
        std::erase_if(from.rare->shown,
                      [&](const shown_certificate& one) { return one.session == session; });
    }
    unwatch(session);
}

void application::operator()(const disconnect& leave) {
    if (author_->sessions.size() > 1) {
        emit(nobody{}, session_left{acquaintances(*author_, false).rooms, entry_.author});
        detach(*author_, entry_.author);
        become_away(*author_, author_->away_by_looks());
    } else {
        remove_person(*author_, leave.reason, leave.how);
    }
    author_ = nullptr;
}

void application::remove_person(person& who, const std::string& why, departure how) {
    emit(acquaintances(who, false),
         person_left{who.card, who.all_sessions(), why, number_, others_with(who)});
    while (!who.seats.empty()) {
        leave(*who.seats.back().where, who, how);
    }
    if (!who.card->registered) {
        end_conversations(who);
    }
    remember(who.card);
    for (const session_id session : who.all_sessions()) {
        detach(who, session);
    }
    forget(who);
}

void application::forget(person& who) {
    state_.invisible_count -= who.invisible ? 1U : 0U;
    if (who.card->registered) {
        state_.find_account(who.id())->present = nullptr;
    } else {
        state_.nicknames.remove(who.card->nickname);
    }
    state_.by_nickname.erase(&who);
    tell_watchers(who.card, false);
    state_.persons.erase(who.id());
}

// A guest's end with her, but those with an account: that may read on what was said.
void application::end_conversations(person& who) {
    if (!who.rare) {
        return;
    }
    const private_conversations hers = std::exchange(who.rare->conversations, {});
    for (const auto& [with, one] : hers) {
        if (state_.find_account(with) == nullptr) {
            end_conversation(one.id);
        }
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
    if (!of.card->registered) { // an account's name is held by the account
        state_.nicknames.remove(of.card->nickname);
    }
    const card_ref before = std::exchange(of.card, std::move(next));
    state_.by_nickname.insert(&of);
    if (before->nickname.key != of.card->nickname.key) {
        tell_watchers(before, false);
        tell_watchers(of.card, true);
    }
    if (!of.card->registered) {
        state_.nicknames.add(of.card->nickname);
    }
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
    if (before->registered && !rename_account(wish.nickname)) {
        return;
    }
    card next = *before;
    next.nickname = wish.nickname;
    if (before->nickname.key != wish.nickname.key) {
        remember(before);
    }
    replace_card(*author_, std::make_shared<const card>(std::move(next)));
    emit(acquaintances(*author_, true),
         renamed{before, author_->card, number_, others_with(*author_)});
}

// An account is written otherwise, but stays what others know it by.
bool application::rename_account(const base::name& to) {
    account& of = *state_.find_account(author_->id());
    if (to.key != of.name.key) {
        refuse(reason::nickname_is_account, to.display);
        return false;
    }
    state_.nicknames.remove(of.name);
    of.name.display = to.display;
    of.name.skeleton = to.skeleton;
    of.name.latin = to.latin;
    state_.nicknames.add(of.name);
    emit(nobody{}, of.saved());
    return true;
}

void application::operator()(const set_real_name& wish) {
    const card_ref before = author_->card;
    card next = *before;
    next.real_name = wish.real_name;
    replace_card(*author_, std::make_shared<const card>(std::move(next)));
    const real_name_changed what{before, author_->card, number_};
    emit(acquaintances(*author_, true), what);
    tell_distant_watchers(*author_, what);
}

void application::become_away(person& who, const std::optional<std::string>& text) {
    if (who.away() == text) {
        return;
    }
    who.more().away = text;
    const away_changed what{who.card, text, number_};
    emit(acquaintances(who, true), what);
    tell_distant_watchers(who, what);
}

// "*" is of that session alone, and so is its end. Where nothing changed for others, it is answered
// to the author.
void application::operator()(const set_away& wish) {
    const std::optional<std::string> before = author_->away();
    const bool unseen = wish.text == nobody_looks;
    const bool was_unseen = !author_->look_at(entry_.author, !unseen);
    const bool of_session = unseen || (was_unseen && !wish.text);
    become_away(*author_, of_session ? author_->away_by_looks() : wish.text);
    if (author_->away() == before) {
        emit(to_session{entry_.author},
             away_changed{author_->card, wish.text ? wish.text : before, number_});
    }
}

void application::operator()(const set_person_modes& wish) {
    person_modes_changed changed{author_->card, {}};
    for (const person_flag_change& one : wish.changes) {
        if (one.flag == person_flag::invisible && author_->invisible != one.on) {
            author_->invisible = one.on;
            state_.invisible_count += one.on ? 1U : ~0U;
            changed.changes.push_back(one);
        }
        if (one.flag == person_flag::bot && author_->card->bot != one.on) {
            card next = *author_->card;
            next.bot = one.on;
            replace_card(*author_, std::make_shared<const card>(std::move(next)));
            changed.who = author_->card;
            changed.changes.push_back(one);
        }
    }
    if (!changed.changes.empty()) {
        emit(to_sessions{author_->all_sessions()}, std::move(changed));
    }
}

void application::operator()(const node_gone& gone) {
    std::vector<person*> lost;
    for (auto& [id, one] : state_.persons) {
        const auto is_lost = [&](const attached& each) { return each.session.node == gone.node; };
        if (std::ranges::all_of(one.sessions, is_lost)) {
            lost.push_back(&one);
            continue;
        }
        for (const session_id session : one.all_sessions()) {
            if (session.node == gone.node) {
                emit(nobody{}, session_left{acquaintances(one, false).rooms, session});
                detach(one, session);
            }
        }
        become_away(one, one.away_by_looks());
    }
    for (person* const one : lost) {
        remove_person(*one, "", departure::with_node);
    }
    end_orphans();
    for (auto& [key, one] : state_.rooms) {
        if (one.members.empty() && !one.kept && !one.empty_since) {
            one.empty_since = entry_.time;
            save(one);
        }
    }
}

// Conversations of guests who were there before the start.
void application::end_orphans() {
    std::vector<conversation_id> over;
    for (const auto& [id, one] : state_.conversations) {
        const auto is_gone = [&](const partner& each) {
            return state_.find_account(each.who) == nullptr && !state_.persons.contains(each.who);
        };
        if (is_gone(one.one) && is_gone(one.other)) {
            over.push_back(id);
        }
    }
    std::ranges::for_each(over, [this](conversation_id id) { end_conversation(id); });
}

} // namespace tertulia::chat
