// SPDX-License-Identifier: Apache-2.0
// Answers about whose a room is and who may do what there. Those who keep order in a room are
// answered wherever they are; to others a hidden room does not exist.
#include "base/limits.hpp"
#include "chat/inquiry.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace tertulia::chat {

const room* inquiry::governed(std::string_view key, bool& allowed) const {
    const room* const of = state.find_room(key);
    if (of == nullptr) {
        return nullptr;
    }
    const bool rules = holds(state.rights_of(asker), right::rooms);
    const role as = of->authority_of(asker);
    allowed = as >= role::half_operator || (rules && of->kept);
    return allowed || as > role::member || sees(*of) ? of : nullptr;
}

event inquiry::operator()(const ask_access& what) const {
    access_answer found;
    found.asked = what.room;
    if (const room* const of = governed(what.room.key, found.allowed)) {
        found.room = of->card;
        for (const auto& [who, rank] : of->access) {
            if (found.allowed) {
                found.entries.push_back({state.find_account(who)->name, rank});
            }
        }
    }
    std::ranges::sort(found.entries, [](const auto& one, const auto& other) {
        return std::tie(other.rank, one.account.key) < std::tie(one.rank, other.account.key);
    });
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_keeping& what) const {
    keeping_answer found;
    found.asked = what.room;
    bool governs = false;
    if (const room* const of = governed(what.room.key, governs)) {
        found.view = view_of(*of, of->find(&asker) != nullptr);
        found.kept = of->kept;
        for (const auto& [who, rank] : of->access) {
            if (rank == role::owner) {
                found.owners.push_back(state.find_account(who)->name);
            }
        }
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_invited& what) const {
    invited_answer found;
    found.asked = what.room;
    const room* const of = governed(what.room.key, found.allowed);
    if (of == nullptr) {
        return answer_with(std::move(found));
    }
    found.room = of->card;
    if (!found.allowed) {
        return answer_with(std::move(found));
    }
    for (const auto& [id, one] : state.accounts) {
        if (state.is_invited(one, of->id(), time)) {
            found.whom.push_back(one.name);
        }
    }
    for (const auto& [id, one] : state.persons) {
        if (one.rare &&
            std::ranges::find(one.rare->invitations, of->id()) != one.rare->invitations.end()) {
            found.whom.push_back(one.card->nickname);
        }
    }
    return answer_with(std::move(found));
}

} // namespace tertulia::chat
