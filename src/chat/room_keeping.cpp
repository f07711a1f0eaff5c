// SPDX-License-Identifier: Apache-2.0
// Whose a kept room is, who may do what there while away, and what it is called.
#include "chat/room_keeping.hpp"

#include "base/limits.hpp"
#include "chat/application.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

// The role one needs to give or take a role, as with MODE.
role giver_of(role what) {
    switch (what) {
    case role::owner:
    case role::admin: return role::owner;
    case role::room_operator:
    case role::half_operator: return role::room_operator;
    case role::voice: return role::half_operator;
    default: return role::member;
    }
}

// Of a change of somebody's role in a kept room by who has the role `as` there.
std::optional<refused> grant_refusal(const room& of, const account& whom, role wanted, role as,
                                     bool herself) {
    const role had = of.rank_of(whom.id);
    const std::string& named = of.card->name.display;
    const bool steps_down = herself && wanted < had;
    const role needed = std::max({giver_of(had), giver_of(wanted), role::half_operator});
    if (as < needed && !steps_down) {
        return refused{
            needed == role::owner ? reason::needs_owner : reason::needs_operator, named, {}};
    }
    if (had > as && !steps_down) {
        return refused{reason::needs_higher_role, named, whom.name.display};
    }
    if (had == role::owner && wanted < had && !of.has_other_owner(whom.id)) {
        return refused{reason::last_owner, named, {}};
    }
    if (had == role::member && wanted > had && of.access.size() >= limits::room_access_max) {
        return refused{reason::list_full, named, whom.name.display};
    }
    return std::nullopt;
}

std::optional<reason> rename_refusal(const heart_state& in, const person& by, role as,
                                     const room& of, const base::name& to, base::wall_time now) {
    if (as < (of.kept ? role::owner : role::room_operator)) {
        return of.kept ? reason::needs_owner : reason::needs_operator;
    }
    const bool just_now =
        !of.former.empty() &&
        now < of.former.back().until - limits::former_name_lasts + limits::rename_pause;
    if (of.always || (just_now && to.key != of.card->name.key)) {
        return reason::cannot_rename;
    }
    const room* const holder = in.find_room(to.key);
    const room* const other = in.formerly(by, to.key, now);
    const bool taken = (holder != nullptr && holder != &of) || (other != nullptr && other != &of) ||
                       in.room_names.collides(to, &of.card->name);
    return taken ? std::optional(reason::room_name_taken) : std::nullopt;
}

} // namespace

// In a kept room that is nobody's, the server's operators for rooms may what its owner may.
room* application::governed_room(const base::name& named, role& as) {
    room* const found = state_.find_room(named.key);
    as = found == nullptr ? role::member : found->authority_of(*author_);
    if (found != nullptr && found->kept && !found->has_other_owner({}) &&
        holds(state_.rights_of(*author_), right::rooms)) {
        as = role::owner;
    }
    if (found != nullptr && (as > role::member || found->find(author_) != nullptr)) {
        return found;
    }
    const bool hidden = found == nullptr || found->has(room_flag::secret);
    refuse(hidden ? reason::no_such_room : reason::not_in_room, named.display);
    return nullptr;
}

void application::operator()(const register_room& wish) {
    if (own_account() == nullptr) {
        return;
    }
    member* as = nullptr;
    room* const of = own_room(wish.room, as);
    if (of == nullptr) {
        return;
    }
    if (of->kept) {
        refuse(reason::room_kept_already, of->card->name.display);
        return;
    }
    if (as->rank < role::room_operator) {
        refuse(reason::needs_operator, of->card->name.display);
        return;
    }
    of->kept = true;
    of->empty_since.reset();
    for (const member& one : of->members) { // what they are stays with those who have an account
        set_access(*of, *one.who, one.rank);
    }
    emit(to_session{entry_.author}, room_settled{room_outcome::registered, of->card, {}});
    give_access(*of, *own_account(), role::owner, author_->card);
    save(*of);
}

void application::operator()(const grant_access& wish) {
    role as = role::member;
    room* const of = governed_room(wish.room, as);
    if (of == nullptr) {
        return;
    }
    if (!of->kept) {
        refuse(reason::room_not_kept, of->card->name.display);
        return;
    }
    account* const whom = named_account(wish.account);
    if (whom == nullptr) {
        return;
    }
    const auto no = grant_refusal(*of, *whom, wish.rank, as, whom->present == author_);
    if (no) {
        refuse(no->why, no->a, no->b);
        return;
    }
    emit(to_session{entry_.author},
         room_settled{room_outcome::access, of->card, whom->name, wish.rank});
    if (wish.rank == role::owner && !of->has_other_owner({}) && as == role::owner) {
        note_measure(measure::gave_room, authority::own, whom->name.display, of->card->name.display,
                     {});
    }
    give_access(*of, *whom, wish.rank, author_->card);
    save(*of);
}

// Who is there has the role at once, and the room sees it as a change of modes. To be saved then.
void application::give_access(room& of, account& whom, role rank, const card_ref& by) {
    if (rank == role::member) {
        of.access.erase(whom.id);
    } else {
        of.access[whom.id] = rank;
    }
    member* const place = whom.present == nullptr ? nullptr : of.find(whom.present);
    if (place == nullptr || place->rank == rank) {
        return;
    }
    const role before = std::exchange(place->rank, rank);
    room_modes_changed told{by, of.card, {}, number_};
    if (before > rank) {
        told.changes.emplace_back(role_change{before, false, whom.name});
    }
    if (rank > role::member) {
        told.changes.emplace_back(role_change{rank, true, whom.name});
    }
    emit(to_room{of.id()}, std::move(told));
}

void application::operator()(const transfer_room& wish) {
    role as = role::member;
    room* const of = governed_room(wish.room, as);
    if (of == nullptr) {
        return;
    }
    account* const own = state_.find_account(author_->id());
    if (own == nullptr || of->rank_of(own->id) < role::owner) {
        refuse(of->kept ? reason::needs_owner : reason::room_not_kept, of->card->name.display);
        return;
    }
    account* const to = named_account(wish.to);
    if (to == nullptr) {
        return;
    }
    if (to->suspended) {
        refuse(reason::account_suspended, to->name.display);
        return;
    }
    emit(to_session{entry_.author},
         room_settled{room_outcome::transferred, of->card, to->name, role::owner});
    if (to == own) {
        return;
    }
    give_access(*of, *to, role::owner, author_->card);
    give_access(*of, *own, role::admin, author_->card);
    save(*of);
    if (to->present != nullptr) {
        emit(to_sessions{to->present->all_sessions()},
             room_settled{room_outcome::received, of->card, own->name, role::owner});
    }
}

// Its last owner's account is no more: of those who keep order there the highest is the next, and
// of several the one whose account is the oldest. Where nobody does, the server's operators give it
// to whom they will.
void application::inherit(room& of) {
    account* heir = nullptr;
    role highest = role::voice;
    for (const auto& [id, rank] : of.access) {
        account* const one = state_.find_account(id);
        if (rank > highest && !one->suspended) {
            heir = one;
            highest = rank;
        }
    }
    if (heir != nullptr && !of.has_other_owner({})) {
        give_access(of, *heir, role::owner, {});
    }
    save(of);
}

// The name that it had leads to it, whatever it led to before.
void application::note_former_name(room& of, const base::name& before) {
    const auto drop = [this](room& from, const std::string& key) {
        std::erase_if(from.former, [&](const former_name& one) { return one.name.key == key; });
        state_.former_names.erase(key);
    };
    std::vector<room*> others; // each is saved once, and `of` by the one who renames it
    for (const std::string& key : {before.key, of.card->name.key}) {
        if (const auto led = state_.former_names.find(key); led != state_.former_names.end()) {
            room* const other = state_.rooms_by_id.at(led->second);
            drop(*other, key);
            if (other != &of && std::ranges::find(others, other) == others.end()) {
                others.push_back(other);
            }
        }
    }
    for (const room* const other : others) {
        save(*other);
    }
    if (of.former.size() == limits::former_names_max) {
        drop(of, std::string(of.former.front().name.key));
    }
    of.former.push_back({before, entry_.time + limits::former_name_lasts});
    state_.former_names[before.key] = of.id();
}

void application::operator()(const rename_room& wish) {
    member* as = nullptr;
    room* const of = own_room(wish.room, as);
    if (of == nullptr) {
        return;
    }
    if (const auto why = rename_refusal(state_, *author_, as->rank, *of, wish.to, entry_.time)) {
        refuse(*why, of->card->name.display, wish.to.display);
        return;
    }
    const room_ref before = of->card;
    if (before->name.display == wish.to.display) {
        return;
    }
    auto moved = state_.rooms.extract(before->name.key);
    moved.key() = wish.to.key;
    state_.rooms.insert(std::move(moved)); // where it lies in memory stays the same
    state_.room_names.remove(before->name);
    state_.room_names.add(wish.to);
    of->card = std::make_shared<const room_card>(room_card{of->id(), wish.to});
    if (wish.to.key != before->name.key) {
        note_former_name(*of, before->name);
    }
    const joined as_newcomer = coming_in(*author_, *of, {});
    to_sessions heard;
    for (const member& one : of->members) {
        for (const attached& each : one.who->sessions) {
            heard.sessions.push_back(each.session);
        }
    }
    emit(std::move(heard), room_renamed{author_->card, before, of->card, wish.reason, number_,
                                        as_newcomer.view, as_newcomer.members});
    save(*of);
}

} // namespace tertulia::chat
