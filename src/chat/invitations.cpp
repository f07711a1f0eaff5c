// SPDX-License-Identifier: Apache-2.0
// Who was asked into which room. A guest's invitations, and those to rooms that guests made, are
// hers while she is there; those of an account to a kept room stay until they are used, taken back
// or old.
#include "base/limits.hpp"
#include "chat/application.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

bool contains(const std::vector<conversation_id>& all, conversation_id one) {
    return std::ranges::find(all, one) != all.end();
}

void remember_invitation(person& of, conversation_id to) {
    std::vector<conversation_id>& open = of.more().invitations;
    std::erase(open, to);
    open.push_back(to);
    if (open.size() > limits::invitations_per_person_max) {
        open.erase(open.begin());
    }
}

} // namespace

bool heart_state::is_invited(const account& who, conversation_id to, base::wall_time now) {
    return std::ranges::any_of(who.invitations, [&](const open_invitation& one) {
        return one.room == to && now < one.at + limits::invitation_lasts;
    });
}

bool application::is_invited(const person& who, const room& to) const {
    const account* const registered = std::as_const(state_).find_account(who.id());
    return (who.rare && contains(who.rare->invitations, to.id())) ||
           (registered != nullptr && heart_state::is_invited(*registered, to.id(), entry_.time));
}

void application::keep_invitation(account& of, conversation_id to) {
    std::erase_if(of.invitations, [to](const open_invitation& one) { return one.room == to; });
    of.invitations.push_back({to, entry_.time});
    emit(nobody{}, invitation_saved{of.id, of.invitations.back(), true});
    if (of.invitations.size() > limits::invitations_per_person_max) {
        end_invitation(of, of.invitations.front().room);
    }
}

void application::end_invitation(account& of, conversation_id to) {
    const auto found = std::ranges::find(of.invitations, to, &open_invitation::room);
    if (found != of.invitations.end()) {
        emit(nobody{}, invitation_saved{of.id, *found, false});
        of.invitations.erase(found);
    }
}

void application::use_invitation(const person& who, const room& to) {
    if (who.rare) {
        std::erase(who.rare->invitations, to.id());
    }
    if (account* const registered = state_.find_account(who.id())) {
        end_invitation(*registered, to.id());
    }
}

void application::operator()(const invite& wish) {
    person* const target = state_.find_nickname(wish.target.key);
    account* const registered = state_.find_account(wish.target.key);
    if (target == nullptr && registered == nullptr) {
        refuse(reason::no_such_nickname, wish.target.display);
        return;
    }
    role as = role::member;
    member* place = nullptr; // who keeps order there from elsewhere may ask herself in
    room* const to = target == author_ ? governed_room(wish.room, as) : own_room(wish.room, place);
    if (to == nullptr) {
        return;
    }
    as = place != nullptr ? place->rank : as;
    const bool waits = registered != nullptr && to->kept && as >= role::half_operator;
    if (target == nullptr && !waits) { // nothing stays that could wait for her
        refuse(reason::no_such_nickname, wish.target.display);
        return;
    }
    if (to->has(room_flag::invite_only) && as < role::half_operator) {
        refuse(reason::needs_operator, to->card->name.display);
        return;
    }
    const card_ref whom =
        target != nullptr ? target->card : state_.card_of({registered->id, registered->name});
    if (to->find(target) != nullptr) {
        refuse(reason::target_in_room_already, whom->nickname.display, to->card->name.display);
        return;
    }
    const bool is_heard =
        state_.hears(target != nullptr ? target->id() : registered->id, *author_, entry_.time);
    if (is_heard && waits) {
        keep_invitation(*registered, to->id());
    } else if (is_heard && as >= role::half_operator) { // whoever else asks opens no door
        remember_invitation(*target, to->id());
    }
    invited what{author_->card,
                 whom,
                 to->card,
                 invited_as::reply,
                 target != nullptr ? target->away() : std::nullopt,
                 number_};
    emit(to_session{entry_.author}, what);
    if (!is_heard) {
        return; // and she who asks is not told
    }
    if (target != nullptr) {
        what.heard_as = invited_as::guest;
        emit(to_sessions{target->all_sessions()}, what);
    }
    what.heard_as = invited_as::onlooker;
    emit(to_room{to->id()}, std::move(what));
}

void application::operator()(const uninvite& wish) {
    role as = role::member;
    room* const to = governed_room(wish.room, as);
    if (to == nullptr) {
        return;
    }
    if (as < role::half_operator) {
        refuse(reason::needs_operator, to->card->name.display);
        return;
    }
    person* const target = state_.find_nickname(wish.target.key);
    account* const registered = state_.find_account(wish.target.key);
    const bool as_guest =
        target != nullptr && target->rare && std::erase(target->rare->invitations, to->id()) > 0;
    const bool as_account =
        registered != nullptr && heart_state::is_invited(*registered, to->id(), entry_.time);
    if (!as_guest && !as_account) {
        refuse(reason::not_invited, wish.target.display, to->card->name.display);
        return;
    }
    if (as_account) {
        end_invitation(*registered, to->id());
    }
    emit(to_session{entry_.author},
         room_settled{room_outcome::uninvited, to->card,
                      target != nullptr ? target->card->nickname : registered->name});
}

} // namespace tertulia::chat
