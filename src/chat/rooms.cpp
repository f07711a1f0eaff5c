// SPDX-License-Identifier: Apache-2.0
// Coming into rooms, leaving them, and what is said of them.
#include "base/limits.hpp"
#include "chat/steward.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

// Days are what rooms say: an hour more or less is none.
constexpr std::chrono::hours history_swept_every{1};

std::uint32_t others_in(const room& of) {
    return static_cast<std::uint32_t>(of.members.size() - 1);
}

} // namespace

room* application::own_room(const base::name& named, member*& as) {
    room* const found = state_.find_room(named.key);
    as = found == nullptr ? nullptr : found->find(author_);
    if (as != nullptr) {
        return found;
    }
    const bool hidden = found == nullptr || found->has(room_flag::secret);
    refuse(hidden ? reason::no_such_room : reason::not_in_room, named.display);
    return nullptr;
}

room* application::make_room(const base::name& named, bool kept) {
    room& made = state_.rooms[named.key];
    made.card = std::make_shared<const room_card>(room_card{conversation_id{number_.value}, named});
    made.made_at = entry_.time;
    made.flags.set(static_cast<std::size_t>(room_flag::members_only));
    made.flags.set(static_cast<std::size_t>(room_flag::topic_locked));
    made.kept = kept;
    state_.rooms_by_id[made.id()] = &made;
    state_.room_names.add(named);
    return &made;
}

// An invitation opens a room that is for the invited or full, and lifts a ban, since somebody who
// may lift it asked her in; the password it does not replace.
std::optional<reason> application::join_refusal(const room& into, const person& who,
                                                const std::string& password) const {
    const base::wall_time now = entry_.time;
    const bool is_invited = this->is_invited(who, into);
    if (!is_invited && banned(into, who, now)) {
        return reason::banned;
    }
    if (!is_invited && into.has(room_flag::accounts_only) && !who.card->registered) {
        return reason::accounts_only;
    }
    if (!into.password.empty() && into.password != password) {
        return reason::wrong_password;
    }
    if (!is_invited && into.has(room_flag::invite_only) &&
        !matches(into.list(room_list::invite_exception), who, now)) {
        return reason::invite_only;
    }
    if (!is_invited && into.capacity > 0 && into.members.size() >= into.capacity) {
        return reason::room_full;
    }
    return std::nullopt;
}

void application::operator()(const join& wish) {
    room* into = state_.find_room(wish.room.key);
    if (into != nullptr && into->find(author_) != nullptr) {
        return;
    }
    if (author_->seats.size() >= limits::rooms_per_person_max) {
        refuse(reason::too_many_rooms, wish.room.display);
        return;
    }
    if (into != nullptr) {
        const auto why = join_refusal(*into, *author_, wish.password);
        const bool nobody_can_invite = into->members.empty() && !into->kept;
        if (why == reason::invite_only && nobody_can_invite) {
            begin_anew(*into);
        } else if (why) {
            refuse(*why, wish.room.display);
            return;
        }
    } else if (const room* const other = state_.formerly(*author_, wish.room.key, entry_.time)) {
        refuse(reason::room_renamed, wish.room.display, other->card->name.display);
        return;
    } else if (state_.room_names.collides(wish.room)) {
        refuse(reason::room_looks_alike, wish.room.display);
        return;
    } else if (state_.rooms.size() >= limits::rooms_max) {
        refuse(reason::no_more_rooms, wish.room.display);
        return;
    } else {
        into = make_room(wish.room, author_->card->registered);
        if (into->kept) {
            into->access[author_->id()] = role::owner;
            save(*into);
        }
    }
    come_in(*into);
    set_membership(*author_, *into, true);
}

// Without an owner, the first to come in keeps the order there.
void application::come_in(room& into) {
    const bool first = !into.kept && into.members.empty();
    if (first) {
        into.empty_since.reset();
        save(into);
    }
    into.seat_down(*author_, first ? role::room_operator : into.rank_of(author_->id()));
    use_invitation(*author_, into);
    emit(to_room{into.id()}, coming_in(*author_, into, author_->all_sessions()));
}

joined application::coming_in(const person& who, const room& into,
                              std::vector<session_id> sessions) const {
    auto members = std::make_shared<names_answer>();
    members->asked = into.card->name;
    members->room = into.card;
    members->secret = into.has(room_flag::secret);
    members->members.reserve(into.members.size());
    for (const member& one : into.members) {
        members->members.push_back({one.who->card, one.rank, one.who->away().has_value()});
    }
    const std::optional<std::string> away = who.away();
    const read_markers& markers = state_.markers_of(who);
    const auto marker = markers.find(into.id());
    const auto read_to = marker == markers.end() ? std::nullopt : std::optional(marker->second);
    return {who.card,
            into.card,
            std::move(sessions),
            into.find(&who)->rank,
            away.has_value(),
            away.value_or(""),
            number_,
            std::make_shared<const room_view>(view_of(into, true)),
            std::move(members),
            read_to};
}

// An open room of guests waits for the next one, with all that was said there. One that is hidden,
// or that she who left it last could not come back into, is over: what was said there was for those
// inside, and nobody is left to open it. But who went down with her node has not left: her room
// waits with its modes for those who come back.
void application::leave(room& from, person& who, departure how) {
    from.stand_up(who);
    if (!from.members.empty() || from.kept) {
        return;
    }
    const bool closed = from.has(room_flag::secret) || join_refusal(from, who, {});
    if (closed && how == departure::own) {
        end_room(from);
        return;
    }
    from.empty_since = entry_.time;
    save(from);
}

// The same name and modes, but another room: its history and topic were for those who were invited.
void application::begin_anew(room& of) {
    emit(nobody{}, conversation_ended{of.id()});
    state_.rooms_by_id.erase(of.id());
    state_.forget_former_names(of);
    of.card =
        std::make_shared<const room_card>(room_card{conversation_id{number_.value}, of.card->name});
    of.made_at = entry_.time;
    of.topic.clear();
    of.topic_by.clear();
    of.topic_at = {};
    of.about.clear();
    forget_webhooks(of);
    state_.rooms_by_id[of.id()] = &of;
}

void application::operator()(const part& wish) {
    member* as = nullptr;
    if (room* const from = own_room(wish.room, as)) {
        emit(to_room{from->id()}, parted{author_->card, from->card, author_->all_sessions(),
                                         wish.reason, number_, others_in(*from)});
        set_membership(*author_, *from, false);
        leave(*from, *author_, departure::own);
    }
}

void application::operator()(const kick& wish) {
    member* as = nullptr;
    room* const from = own_room(wish.room, as);
    if (from == nullptr) {
        return;
    }
    if (as->rank < role::half_operator) {
        refuse(reason::needs_operator, from->card->name.display);
        return;
    }
    person* const target = state_.find_nickname(wish.target.key);
    if (target == nullptr) {
        refuse(reason::no_such_nickname, wish.target.display);
        return;
    }
    const member* const place = from->find(target);
    if (place == nullptr) {
        refuse(reason::target_not_in_room, target->card->nickname.display,
               from->card->name.display);
        return;
    }
    // Operators may put out their like; half-operators may not.
    const bool out_of_reach =
        as->rank < role::room_operator ? place->rank >= as->rank : place->rank > as->rank;
    if (out_of_reach && target != author_) {
        refuse(reason::needs_higher_role, from->card->name.display, target->card->nickname.display);
        return;
    }
    emit(to_room{from->id()},
         kicked{author_->card, target->card, from->card, target->all_sessions(), wish.reason,
                number_, others_in(*from)});
    set_membership(*target, *from, false);
    leave(*from, *target, departure::own);
}

void application::operator()(const close_room& wish) {
    role as = role::owner;
    room* const closed =
        author_ == nullptr ? state_.find_room(wish.room.key) : governed_room(wish.room, as);
    if (closed == nullptr) {
        return;
    }
    if (as < role::owner) {
        refuse(reason::needs_owner, closed->card->name.display);
        return;
    }
    if (closed->always) {
        refuse(reason::room_is_permanent, closed->card->name.display);
        return;
    }
    const card_ref by = author_ == nullptr ? card_ref{} : author_->card;
    while (!closed->members.empty()) {
        person& last = *closed->members.back().who;
        emit(to_room{closed->id()}, kicked{by, last.card, closed->card, last.all_sessions(),
                                           wish.reason, number_, others_in(*closed)});
        set_membership(last, *closed, false);
        closed->stand_up(last);
    }
    if (author_ != nullptr) {
        emit(to_session{entry_.author}, room_settled{room_outcome::closed, closed->card, {}});
    }
    end_room(*closed);
}

void application::operator()(const set_topic& wish) {
    member* as = nullptr;
    room* const of = own_room(wish.room, as);
    if (of == nullptr) {
        return;
    }
    if (of->has(room_flag::topic_locked) && as->rank < role::half_operator) {
        refuse(reason::needs_operator, of->card->name.display);
        return;
    }
    if (of->topic == wish.topic) {
        return;
    }
    of->topic = wish.topic;
    of->topic_by = author_->card->nickname.display;
    of->topic_at = entry_.time;
    emit(to_room{of->id()}, topic_changed{author_->card, of->card, wish.topic, number_});
    save(*of);
}

void application::operator()(const keep_room& wish) {
    room* found = state_.find_room(wish.room.key);
    if (found == nullptr) {
        found = make_room(wish.room, true);
    } else if (found->always) {
        return;
    }
    found->kept = true;
    found->always = true;
    found->empty_since.reset();
    save(*found);
}

void application::operator()(const sweep& wish) {
    steward(*this).end_what_is_over();
    steward(*this).end_codes_that_are_over();
    std::vector<room*> over;
    const bool history_is_due = entry_.time - state_.history_swept_at >= history_swept_every;
    if (history_is_due) {
        state_.history_swept_at = entry_.time;
    }
    for (auto& [key, one] : state_.rooms) {
        end_masks(one);
        forget_slowed(one, entry_.time);
        if (history_is_due) {
            limit_history(one);
        }
        if (!one.kept && one.empty_since && *one.empty_since <= wish.empty_since_max) {
            over.push_back(&one);
        }
    }
    std::ranges::for_each(over, [this](room* one) { end_room(*one); });
}

void application::end_room(room& ended) {
    forget_webhooks(ended);
    emit(nobody{}, conversation_ended{ended.id()});
    if (ended.kept) {
        for (auto& [id, one] : state_.accounts) {
            end_invitation(one, ended.id());
        }
    }
    state_.forget_former_names(ended);
    state_.rooms_by_id.erase(ended.id());
    state_.room_names.remove(ended.card->name);
    const std::string key = ended.card->name.key;
    state_.rooms.erase(key);
}

} // namespace tertulia::chat
