// SPDX-License-Identifier: Apache-2.0
#include "chat/state.hpp"

#include "base/assert.hpp"
#include "base/glob.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::chat {

const conversation* person::conversation_with(const person& other) const {
    if (!rare) {
        return nullptr;
    }
    const auto found = rare->conversations.find(other.id());
    return found == rare->conversations.end() ? nullptr : &found->second;
}

const member* room::find(const person* who) const {
    if (who == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(who->seats, this, &seat::where);
    return found == who->seats.end() ? nullptr : &members[found->index];
}

member* room::find(const person* who) {
    return const_cast<member*>(std::as_const(*this).find(who)); // the members are ours
}

void room::seat_down(person& who, role rank) {
    who.seats.push_back({this, members.size()});
    members.push_back({&who, rank});
}

void room::stand_up(person& who) {
    const auto left = std::ranges::find(who.seats, this, &seat::where);
    ASSERT(left != who.seats.end());
    members[left->index] = members.back();
    std::ranges::find(members[left->index].who->seats, this, &seat::where)->index = left->index;
    members.pop_back();
    who.seats.erase(std::ranges::find(who.seats, this, &seat::where));
}

room_saved room::saved() const {
    return {card->id, card->name, made_at,  topic, topic_by, topic_at,
            flags,    password,   capacity, lists, kept,     empty_since};
}

void skeletons::add(const base::name& of) {
    look_alikes& count = counts_[of.skeleton];
    ++(of.latin ? count.latin : count.other);
}

void skeletons::remove(const base::name& of) {
    look_alikes& count = counts_[of.skeleton];
    --(of.latin ? count.latin : count.other);
    if (count.latin == 0 && count.other == 0) {
        counts_.erase(of.skeleton);
    }
}

bool skeletons::collides(const base::name& wish, const base::name* own) const {
    const auto found = counts_.find(wish.skeleton);
    if (found == counts_.end()) {
        return false;
    }
    look_alikes others = found->second;
    if (own != nullptr && own->skeleton == wish.skeleton) {
        --(own->latin ? others.latin : others.other);
    }
    return others.other > 0 || (!wish.latin && others.latin > 0);
}

person* heart_state::find(session_id session) const {
    const auto found = by_session.find(session);
    return found == by_session.end() ? nullptr : found->second;
}

person* heart_state::find_nickname(std::string_view key) const {
    const auto found = by_nickname.find(key);
    return found == by_nickname.end() ? nullptr : *found;
}

room* heart_state::find_room(std::string_view key) {
    const auto found = rooms.find(key);
    return found == rooms.end() ? nullptr : &found->second;
}

const room* heart_state::find_room(std::string_view key) const {
    const auto found = rooms.find(key);
    return found == rooms.end() ? nullptr : &found->second;
}

const room* heart_state::visible_room(const person* to, std::string_view key) const {
    const room* const found = find_room(key);
    const bool hidden =
        found != nullptr && found->has(room_flag::secret) && found->find(to) == nullptr;
    return hidden ? nullptr : found;
}

bool heart_state::share_room(const person& a, const person& b) {
    return std::ranges::any_of(a.seats,
                               [&](const seat& one) { return one.where->find(&b) != nullptr; });
}

counts_answer heart_state::counts() const {
    return {static_cast<std::uint32_t>(persons.size()), invisible_count,
            static_cast<std::uint32_t>(rooms.size()), persons_max};
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& one : lower) {
        if (one >= 'A' && one <= 'Z') {
            one = static_cast<char>(one - 'A' + 'a');
        }
    }
    return lower;
}

bool matches(const std::vector<mask_entry>& masks, const person& who) {
    if (masks.empty()) {
        return false;
    }
    const std::string whom = who.card->nickname.key + "!" + ascii_lower(who.card->user) + "@";
    const std::string shown = whom + ascii_lower(who.card->host);
    const std::string real = whom + who.address->text;
    return std::ranges::any_of(masks, [&](const mask_entry& one) {
        return base::glob_match(one.folded, shown) || base::glob_match(one.folded, real);
    });
}

bool banned(const room& from, const person& who) {
    return matches(from.list(room_list::ban), who) &&
           !matches(from.list(room_list::ban_exception), who);
}

room_view view_of(const room& of, bool for_member) {
    return {of.card,
            static_cast<std::uint32_t>(of.members.size()),
            of.topic,
            of.topic_by,
            of.topic_at,
            of.flags,
            for_member ? of.password : std::string{},
            of.capacity,
            of.made_at};
}

} // namespace tertulia::chat
