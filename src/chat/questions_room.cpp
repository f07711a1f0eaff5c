// SPDX-License-Identifier: Apache-2.0
// Answers about rooms.
#include "base/glob.hpp"
#include "chat/inquiry.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::chat {
namespace {

// Every condition that was given holds (IRC: ELIST).
bool fits(const room& one, const ask_rooms& what) {
    const auto has = [&](const std::string& mask) {
        return base::glob_match(mask, one.card->name.key);
    };
    const auto count = static_cast<std::uint32_t>(one.members.size());
    const bool has_topic = !one.topic.empty();
    return (what.masks.empty() || (what.topics_too && has_topic) ||
            std::ranges::any_of(what.masks, has)) &&
           std::ranges::none_of(what.not_masks, has) &&
           (!what.members_above || count > *what.members_above) &&
           (!what.members_below || count < *what.members_below) &&
           (!what.made_after || one.made_at > *what.made_after) &&
           (!what.made_before || one.made_at < *what.made_before) &&
           (!what.topic_after || (has_topic && one.topic_at > *what.topic_after)) &&
           (!what.topic_before || (has_topic && one.topic_at < *what.topic_before));
}

} // namespace

event inquiry::operator()(const ask_names& what) const {
    names_answer found;
    found.asked = what.room;
    if (const room* const of = state.visible_room(&asker, what.room.key)) {
        const bool inside = of->find(&asker) != nullptr;
        found.room = of->card;
        found.secret = of->has(room_flag::secret);
        found.members.reserve(of->members.size());
        for (const member& one : of->members) {
            if (inside || visible(*one.who)) {
                found.members.push_back(view_of(*one.who, one.rank));
            }
        }
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_rooms& what) const {
    rooms_answer found;
    if (what.topics_too) {
        found.masks = what.masks;
    }
    const auto consider = [&](const room& one) {
        if (sees(one) && fits(one, what)) {
            found.rooms.push_back(view_of(one, one.find(&asker) != nullptr));
        }
    };
    if (what.rooms.empty()) {
        for (const auto& [key, one] : state.rooms) {
            consider(one);
        }
    } else {
        for (const base::name& name : what.rooms) {
            if (const room* const one = state.find_room(name.key)) {
                consider(*one);
            }
        }
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_room& what) const {
    room_answer found;
    found.asked = what.room;
    found.what = what.what;
    if (const room* const of = state.visible_room(&asker, what.room.key)) {
        found.member = of->find(&asker) != nullptr;
        found.view = view_of(*of, found.member);
    }
    return answer_with(std::move(found));
}

// Who is banned from a room that anybody may come into is anybody's to read, else its members'; who
// is excepted or let in, its operators'.
event inquiry::operator()(const ask_mask_list& what) const {
    mask_list_answer found;
    found.asked = what.room;
    found.list = what.list;
    if (const room* const of = state.visible_room(&asker, what.room.key)) {
        const member* const as = of->find(&asker);
        const bool closed = of->has(room_flag::invite_only) || !of->password.empty() ||
                            of->has(room_flag::accounts_only);
        if (what.list == room_list::ban && closed && as == nullptr) {
            return {cause, time, to_session{cause.session},
                    refused{reason::not_in_room, of->card->name.display, {}}};
        }
        found.room = of->card;
        found.allowed =
            what.list == room_list::ban || (as != nullptr && as->rank >= role::half_operator);
        if (found.allowed) {
            found.entries = of->list(what.list);
        }
    }
    return answer_with(std::move(found));
}

event inquiry::operator()(const ask_invitations& /*what*/) const {
    invitations_answer found;
    std::vector<conversation_id> invitations;
    if (const account* const registered = state.find_account(asker.id())) {
        for (const open_invitation& one : registered->invitations) {
            if (heart_state::is_invited(*registered, one.room, time)) {
                invitations.push_back(one.room);
            }
        }
    }
    if (asker.rare) {
        invitations.insert(invitations.end(), asker.rare->invitations.begin(),
                           asker.rare->invitations.end());
    }
    for (const conversation_id to : invitations) {
        if (const auto open = state.rooms_by_id.find(to); open != state.rooms_by_id.end()) {
            found.rooms.push_back(open->second->card);
        }
    }
    return answer_with(std::move(found));
}

} // namespace tertulia::chat
