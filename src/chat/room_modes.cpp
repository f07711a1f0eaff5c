// SPDX-License-Identifier: Apache-2.0
// MODE on a room: each wish is judged alone; those that changed something make one event together.
#include "base/limits.hpp"
#include "chat/application.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

namespace tertulia::chat {
namespace limits = base::limits;

// What the wishes of one command came to.
struct application::mode_verdict {
    std::vector<mode_change> effective; // as they read in the event
    bool needs_operator = false;        // said once for the whole command
    void did(mode_change one) { effective.push_back(std::move(one)); }
};

namespace {

// The role one needs to give or take a role.
role giver_of(role what) {
    switch (what) {
    case role::owner:
    case role::admin: return role::owner;
    case role::room_operator:
    case role::half_operator: return role::room_operator;
    default: return role::half_operator;
    }
}

} // namespace

void application::operator()(const set_room_modes& wish) {
    member* as = nullptr;
    room* const of = own_room(wish.room, as);
    if (of == nullptr) {
        return;
    }
    mode_verdict verdict;
    bool lasting = false;
    for (const mode_change& one : wish.changes) {
        lasting = change(*of, *as, one, verdict) || lasting;
    }
    if (verdict.needs_operator) {
        refuse(reason::needs_operator, of->card->name.display);
    }
    if (!verdict.effective.empty()) {
        emit(to_room{of->id()},
             room_modes_changed{author_->card, of->card, std::move(verdict.effective), number_});
    }
    if (lasting) {
        save(*of);
    }
}

// Returns whether something changed that a restart must find again.
bool application::change(room& of, const member& by, const mode_change& wish,
                         mode_verdict& verdict) {
    const auto* const rank = std::get_if<role_change>(&wish);
    const bool steps_down =
        rank != nullptr && !rank->grant && state_.find_nickname(rank->target.key) == author_;
    if (by.rank < role::half_operator && !steps_down) {
        verdict.needs_operator = true;
        return false;
    }
    if (rank != nullptr) {
        return change_role(of, by, *rank, verdict);
    }
    if (const auto* const mask = std::get_if<mask_change>(&wish)) {
        return change_mask(of, *mask, verdict);
    }
    if (const auto* const history = std::get_if<history_change>(&wish)) {
        return change_history(of, by, *history, verdict);
    }
    bool changed = false;
    if (const auto* const flag = std::get_if<flag_change>(&wish)) {
        changed = change_flag(of, *flag);
    } else if (const auto* const password = std::get_if<password_change>(&wish)) {
        changed = std::exchange(of.password, password->password) != password->password;
    } else if (const auto* const capacity = std::get_if<capacity_change>(&wish)) {
        changed = std::exchange(of.capacity, capacity->capacity) != capacity->capacity;
    } else if (const auto* const slow = std::get_if<slow_change>(&wish)) {
        changed = std::exchange(of.slow_s, slow->seconds) != slow->seconds;
        forget_slowed(of, entry_.time);
    }
    if (changed) {
        verdict.did(wish);
    }
    return changed;
}

bool application::change_flag(room& of, const flag_change& wish) {
    const auto bit = static_cast<std::size_t>(wish.flag);
    const bool changed = of.flags.test(bit) != wish.on;
    of.flags.set(bit, wish.on);
    return changed;
}

// What is let go does not come back: half-operators may not.
bool application::change_history(room& of, const member& by, const history_change& wish,
                                 mode_verdict& verdict) {
    if (by.rank < role::room_operator) {
        verdict.needs_operator = true;
        return false;
    }
    if (std::exchange(of.history_days, wish.days) == wish.days) {
        return false;
    }
    limit_history(of);
    verdict.did(wish);
    return true;
}

// Nothing is kept: what was said until now goes, too.
void application::limit_history(const room& of) {
    if (!of.history_days) {
        return;
    }
    const base::wall_time until = *of.history_days == 0
                                      ? entry_.time + std::chrono::milliseconds{1}
                                      : entry_.time - std::chrono::days{*of.history_days};
    emit(nobody{}, history_limited{of.id(), until});
}

// Those whose time is over have had no effect since; now everybody is told.
void application::end_masks(room& of) {
    std::vector<mode_change> ended;
    for (std::size_t list = 0; list < of.lists.size(); ++list) {
        for (const mask_entry& one : of.lists[list]) {
            if (one.over_at(entry_.time)) {
                ended.emplace_back(mask_change{static_cast<room_list>(list), false, one});
            }
        }
        std::erase_if(of.lists[list],
                      [this](const mask_entry& one) { return one.over_at(entry_.time); });
    }
    if (!ended.empty()) {
        emit(to_room{of.id()}, room_modes_changed{{}, of.card, std::move(ended), number_});
        save(of);
    }
}

bool application::change_mask(room& of, const mask_change& wish, mode_verdict& verdict) {
    std::vector<mask_entry>& list = of.lists[static_cast<std::size_t>(wish.list)];
    auto found = std::ranges::find(list, wish.entry.folded, &mask_entry::folded);
    const bool lasts_otherwise =
        wish.add && found != list.end() && found->lasts != wish.entry.lasts;
    if (lasts_otherwise) { // set again, with another end
        verdict.did(mask_change{wish.list, false, *found});
        list.erase(found);
        found = list.end();
    }
    if ((found != list.end()) == wish.add) {
        return false;
    }
    mask_change did = wish;
    if (!wish.add) {
        did.entry = *found;
        list.erase(found);
    } else if (list.size() >= limits::room_list_size_max) {
        refuse(reason::list_full, of.card->name.display, wish.entry.mask);
        return false;
    } else {
        did.entry.set_by = author_->card->nickname.display;
        did.entry.set_at = entry_.time;
        list.push_back(did.entry);
    }
    verdict.did(std::move(did));
    return true;
}

// What an account may do in a room that is kept stays with her when she goes; a guest's role ends
// with her.
bool application::set_access(room& of, const person& who, role rank) {
    if (!of.kept || !who.card->registered) {
        return false;
    }
    if (rank == role::member) {
        of.access.erase(who.id());
    } else if (of.access.contains(who.id()) || of.access.size() < limits::room_access_max) {
        of.access[who.id()] = rank;
    }
    return true;
}

// One rank a member: a higher one replaces what she has, and a rank is taken only from its holder.
bool application::change_role(room& of, const member& by, const role_change& wish,
                              mode_verdict& verdict) {
    person* const target = state_.find_nickname(wish.target.key);
    if (target == nullptr) {
        refuse(reason::no_such_nickname, wish.target.display);
        return false;
    }
    member* const place = of.find(target);
    if (place == nullptr) {
        refuse(reason::target_not_in_room, target->card->nickname.display, of.card->name.display);
        return false;
    }
    const bool herself = target == author_;
    const bool steps_down = herself && !wish.grant;
    if (by.rank < giver_of(wish.what) && !steps_down) {
        verdict.needs_operator = true;
        return false;
    }
    if (!herself && place->rank > by.rank) {
        refuse(reason::needs_higher_role, of.card->name.display, target->card->nickname.display);
        return false;
    }
    const bool last = !wish.grant && wish.what == role::owner && target->card->registered &&
                      of.rank_of(target->id()) == role::owner && !of.has_other_owner(target->id());
    if (last) {
        refuse(reason::last_owner, of.card->name.display);
        return false;
    }
    const bool changes = wish.grant ? place->rank < wish.what : place->rank == wish.what;
    if (!changes) {
        return false;
    }
    place->rank = wish.grant ? wish.what : role::member;
    verdict.did(role_change{wish.what, wish.grant, target->card->nickname});
    return set_access(of, *target, place->rank);
}

} // namespace tertulia::chat
