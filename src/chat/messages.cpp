// SPDX-License-Identifier: Apache-2.0
// What people say, to rooms and to each other.
#include "base/limits.hpp"
#include "chat/application.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

hearing refused_hearing(reason why) { return {why, {}, {}, nobody{}}; }

// The sessions of both, each once.
to_sessions both(const person& author, const person& other) {
    to_sessions heard{other.all_sessions()};
    if (&author != &other) {
        heard.sessions.insert(heard.sessions.end(), author.sessions.begin(), author.sessions.end());
    }
    return heard;
}

audience hearers_in(const room& of, const person& author, role from) {
    if (from == role::member) {
        return to_room{of.id()};
    }
    to_sessions heard;
    for (const member& one : of.members) {
        if (one.rank >= from || one.who == &author) {
            heard.sessions.insert(heard.sessions.end(), one.who->sessions.begin(),
                                  one.who->sessions.end());
        }
    }
    return heard;
}

hearing hearing_in_room(const room* of, const person& author, role heard_from) {
    if (of == nullptr) {
        return refused_hearing(reason::no_such_room);
    }
    const member* const as = of->find(&author);
    const bool must_be_in = of->has(room_flag::members_only) || heard_from > role::member;
    if (as == nullptr && must_be_in) {
        return refused_hearing(reason::may_not_speak);
    }
    const bool has_voice = as != nullptr && as->rank >= role::voice;
    if (!has_voice && (of->has(room_flag::moderated) || banned(*of, author))) {
        return refused_hearing(reason::may_not_speak);
    }
    return {std::nullopt, of->card, {}, hearers_in(*of, author, heard_from)};
}

} // namespace

hearing hearing_of(const heart_state& in, const person& author, const base::name& target,
                   role heard_from) {
    if (target.key.starts_with('#')) {
        return hearing_in_room(in.visible_room(&author, target.key), author, heard_from);
    }
    const person* const other = in.find_nickname(target.key);
    if (other == nullptr) {
        return refused_hearing(reason::no_such_nickname);
    }
    return {std::nullopt, {}, other->card, both(author, *other)};
}

void application::operator()(const speak& wish) {
    hearing heard = hearing_of(state_, *author_, wish.target, wish.heard_from);
    if (heard.refusal) {
        refuse(*heard.refusal, wish.target.display);
        return;
    }
    spoke said{author_->card, {},        heard.in,        heard.to, wish.kind,
               wish.text,     wish.tags, wish.heard_from, {},       number_};
    if (heard.in) {
        said.conversation = heard.in->id;
    } else {
        person& other = *state_.find_nickname(wish.target.key);
        const auto conversation = conversation_with(other);
        if (!conversation) {
            refuse(reason::too_many_conversations, other.card->nickname.display);
            return;
        }
        said.conversation = *conversation;
        if (wish.kind == message_kind::message) {
            said.away = other.away();
        }
    }
    author_->spoke_at = entry_.time;
    emit(std::move(heard.heard_by), std::move(said));
}

// The one that is open, or a new one; none when the author has opened too many. Those that others
// opened don't count: else they could take from her the right to write first.
std::optional<conversation_id> application::conversation_with(person& other) {
    if (const conversation* const open = author_->conversation_with(other)) {
        return open->id;
    }
    auto& hers = author_->more().conversations;
    const auto opened =
        std::ranges::count_if(hers, [](const auto& one) { return one.second.opened; });
    if (static_cast<std::size_t>(opened) >= limits::conversations_opened_max) {
        return std::nullopt;
    }
    const conversation_id made{number_.value};
    if (&other != author_) {
        other.more().conversations.emplace(author_->id(), conversation{made, author_, false});
    }
    hers.emplace(other.id(), conversation{made, &other, true});
    emit(nobody{}, conversation_opened{made});
    return made;
}

} // namespace tertulia::chat
