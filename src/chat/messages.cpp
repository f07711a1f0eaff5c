// SPDX-License-Identifier: Apache-2.0
// What people say, to rooms and to each other.
#include "base/limits.hpp"
#include "chat/application.hpp"
#include "chat/hearing.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

hearing refused_hearing(reason why) { return {why, {}, {}, nobody{}}; }

void add_sessions(const person& of, to_sessions& to) {
    const std::vector<session_id> all = of.all_sessions();
    to.sessions.insert(to.sessions.end(), all.begin(), all.end());
}

// The sessions of both, each once; of the author alone when the other is away.
to_sessions both(const person& author, const person* other) {
    to_sessions heard;
    if (other != nullptr && other != &author) {
        add_sessions(*other, heard);
    }
    add_sessions(author, heard);
    return heard;
}

audience hearers_in(const room& of, const person& author, role from) {
    if (from == role::member) {
        return to_room{of.id()};
    }
    to_sessions heard;
    for (const member& one : of.members) {
        if (one.rank >= from || one.who == &author) {
            add_sessions(*one.who, heard);
        }
    }
    return heard;
}

hearing hearing_in_room(const heart_state& in, const room* of, const person& author,
                        role heard_from) {
    if (of == nullptr) {
        return refused_hearing(reason::no_such_room);
    }
    const std::optional<role> as = in.standing(*of, author);
    const bool must_be_in = of->has(room_flag::members_only) || heard_from > role::member;
    if (!as && must_be_in) {
        return refused_hearing(reason::may_not_speak);
    }
    const bool has_voice = as >= role::voice;
    if (!has_voice && (of->has(room_flag::moderated) || silenced(*of, author, in.time))) {
        return refused_hearing(reason::may_not_speak);
    }
    if (!has_voice && of->has(room_flag::accounts_speak) && !author.card->registered) {
        return refused_hearing(reason::accounts_speak);
    }
    return {std::nullopt, of->card, {}, hearers_in(*of, author, heard_from)};
}

} // namespace

hearing hearing_of(const heart_state& in, const person& author, const base::name& target,
                   role heard_from) {
    if (target.key.starts_with('#')) {
        return hearing_in_room(in, in.visible_room(&author, target.key), author, heard_from);
    }
    const person* const there = in.find_nickname(target.key);
    const account* const away = in.find_account(target.key);
    if (there == nullptr && away == nullptr) {
        return refused_hearing(reason::no_such_nickname);
    }
    const partner whom = there != nullptr ? partner{there->id(), there->card->nickname}
                                          : partner{away->id, away->name};
    const bool heard = in.hears(whom.who, author, in.time);
    return {std::nullopt, {}, in.card_of(whom), both(author, heard ? there : nullptr), !heard};
}

void application::operator()(const speak& wish) {
    hearing heard = hearing_of(state_, *author_, wish.target, wish.heard_from);
    if (heard.refusal) {
        refuse(*heard.refusal, wish.target.display);
        return;
    }
    spoke said{author_->card,   {}, heard.in, heard.to, wish.kind, wish.text, wish.tags,
               wish.heard_from, {}, false,    number_,  wish.about};
    if (heard.in) {
        room& where = *state_.find_room(wish.target.key);
        if (!in_manner(where, wish)) {
            return;
        }
        said.conversation = heard.in->id;
        said.kept = where.history_days != 0U;
    } else {
        const auto conversation = heard.unheard
                                      ? silent_conversation(heard.to->person)
                                      : conversation_with({heard.to->person, heard.to->nickname});
        if (!conversation) {
            refuse(reason::too_many_conversations, heard.to->nickname.display);
            return;
        }
        said.conversation = *conversation;
        said.kept = !heard.unheard; // nor does she find it in her history
        const person* const there = state_.find_nickname(wish.target.key);
        said.waits = there == nullptr;
        if (there != nullptr && wish.kind == message_kind::message) {
            said.away = there->away();
        }
    }
    note_words();
    ++state_.spoken;
    emit(std::move(heard.heard_by), std::move(said));
}

// Where a message stands, for somebody who may read it, and who hears what becomes of it.
struct message_place {
    const room* in = nullptr; // none: in private
    card_ref with;
    audience heard_by;
};

// Looked up before; what may have changed since is looked at again. Otherwise refuses.
std::optional<message_place> application::place_of(const base::name& target,
                                                   const message_facts& what) {
    // Who keeps order redacts in rooms that she sees, too.
    const bool redacts = std::holds_alternative<redact>(entry_.what) &&
                         holds(state_.rights_of(*author_), right::redact);
    message_place found;
    conversation_id there;
    if (target.key.starts_with('#')) {
        const room* const in = state_.visible_room(author_, target.key);
        if (in != nullptr && (redacts || in->find(author_) != nullptr)) {
            there = in->id();
            found = {in, {}, hearers_in(*in, *author_, what.heard_from)};
        }
    } else if (const auto* const open = state_.find_conversation(*author_, target.key)) {
        there = open->id;
        const auto other = state_.persons.find(open->with.who);
        found = {nullptr, state_.card_of(open->with),
                 both(*author_, other != state_.persons.end() &&
                                        state_.hears(open->with.who, *author_, entry_.time)
                                    ? &other->second
                                    : nullptr)};
    }
    const bool gone = std::ranges::find(state_.redactions, what.number) != state_.redactions.end();
    if (!there || there != what.conversation || gone) {
        refuse_about(reason::no_such_message, target, what);
        return std::nullopt;
    }
    return found;
}

void application::refuse_about(reason why, const base::name& target, const message_facts& what) {
    emit(to_session{entry_.author}, refused{why, target.display, {}, what.number});
}

role application::rank_in(const room& of, person_id whom) const {
    const auto there = state_.persons.find(whom);
    const member* const as = there == state_.persons.end() ? nullptr : of.find(&there->second);
    return as != nullptr ? as->rank : of.rank_of(whom);
}

// As with putting out: nobody whose role is above one's own.
bool application::moderates(const room& in, person_id whom) const {
    const role own = rank_in(in, author_->id());
    return own >= role::half_operator && rank_in(in, whom) <= own;
}

void application::operator()(const redact& wish) {
    const bool keeps_order = holds(state_.rights_of(*author_), right::redact);
    auto place = place_of(wish.target, wish.what);
    if (!place) {
        return;
    }
    const bool own = wish.what.author == author_->id();
    const bool by_role = place->in != nullptr && moderates(*place->in, wish.what.author);
    if (!own && !by_role && (place->in == nullptr || !keeps_order)) {
        refuse_about(reason::not_ones_own, wish.target, wish.what);
        return;
    }
    if (!own && !by_role) {
        note_measure(measure::redacted, authority::own,
                     place->in->card->name.display + " " + state_.called(wish.what.author) + " " +
                         std::to_string(wish.what.number.value),
                     wish.reason, {});
    }
    state_.redactions.push_back(wish.what.number);
    if (state_.redactions.size() > limits::redactions_remembered_max) {
        state_.redactions.pop_front();
    }
    // Who may not speak there may take back what she said, but gives no speech with it.
    const bool silent =
        hearing_of(state_, *author_, wish.target, wish.what.heard_from).refusal.has_value();
    emit(std::move(place->heard_by),
         redacted{author_->card, wish.what.conversation,
                  place->in == nullptr ? nullptr : place->in->card, place->with, wish.what.number,
                  silent ? std::string() : wish.reason, number_, wish.what.heard_from, own});
}

void application::operator()(const edit& wish) {
    auto place = place_of(wish.target, wish.what);
    if (!place) {
        return;
    }
    if (wish.what.author != author_->id() || wish.what.kind == message_kind::tags) {
        refuse_about(reason::not_ones_own, wish.target, wish.what);
        return;
    }
    if (const auto silent =
            hearing_of(state_, *author_, wish.target, wish.what.heard_from).refusal) {
        refuse(*silent, wish.target.display);
        return;
    }
    author_->speaks(entry_.time);
    emit(std::move(place->heard_by),
         edited{author_->card, wish.what.conversation,
                place->in == nullptr ? nullptr : place->in->card, place->with, wish.what.number,
                wish.what.kind, wish.text, number_, wish.what.heard_from});
}

// What she says, and how soon after what she said before: she may speak there (hearing_of).
bool application::in_manner(room& in, const speak& wish) {
    constexpr std::string_view ctcp = "\x01";
    constexpr std::string_view action = "\x01"
                                        "ACTION";
    if (in.has(room_flag::no_ctcp) && wish.text.starts_with(ctcp) &&
        !wish.text.starts_with(action)) {
        refuse(reason::no_ctcp, in.card->name.display);
        return false;
    }
    const bool has_voice = state_.standing(in, *author_) >= role::voice;
    if (in.slow_s == 0 || has_voice || wish.kind == message_kind::tags) {
        return true;
    }
    const auto before = in.slowed.find(author_->id());
    if (before != in.slowed.end()) {
        const auto wait = before->second + std::chrono::seconds{in.slow_s} - entry_.time;
        if (wait.count() > 0) {
            refuse(reason::slowed_down, in.card->name.display,
                   std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()));
            return false;
        }
    }
    if (in.slowed.size() >= limits::slowed_max) {
        forget_slowed(in, entry_.time);
    }
    if (in.slowed.size() >= limits::slowed_max) {
        in.slowed.erase(in.slowed.begin());
    }
    in.slowed[author_->id()] = entry_.time;
    return true;
}

void application::forget_slowed(room& in, base::wall_time now) {
    std::erase_if(in.slowed, [&](const auto& one) {
        return one.second + std::chrono::seconds{in.slow_s} <= now;
    });
}

private_conversations& application::conversations_of(const partner& whom) {
    if (account* const registered = state_.find_account(whom.who)) {
        return registered->conversations;
    }
    return state_.persons.at(whom.who).more().conversations;
}

// To somebody who does not hear: the one that is open, if there is one.
std::optional<conversation_id> application::silent_conversation(person_id with) const {
    const private_conversations& own = state_.conversations_of(*author_);
    const auto open = own.find(with);
    return open == own.end() ? conversation_id{} : open->second.id;
}

// The one that is open, or a new one; none when the author has opened too many. Those that others
// opened don't count: else they could take from her the right to write first.
std::optional<conversation_id> application::conversation_with(const partner& other) {
    const partner self{author_->id(), author_->card->nickname};
    private_conversations& own = conversations_of(self);
    if (const auto open = own.find(other.who); open != own.end()) {
        return open->second.id;
    }
    const auto opened =
        std::ranges::count_if(own, [](const auto& one) { return one.second.opened; });
    if (static_cast<std::size_t>(opened) >= limits::conversations_opened_max) {
        return std::nullopt;
    }
    const conversation_id made{number_.value};
    if (other.who != self.who) {
        conversations_of(other).emplace(self.who, private_conversation{made, self, false});
        forget_a_guest(other);
    }
    own.emplace(other.who, private_conversation{made, other, true});
    const conversation_opened begun{made, self, other};
    state_.conversations.emplace(made, begun);
    emit(nobody{}, begun);
    return made;
}

// What guests wrote to an account is kept when they go, but not without bound: then the oldest
// goes.
void application::forget_a_guest(const partner& of) {
    const private_conversations& all = conversations_of(of);
    if (all.size() <= limits::conversations_kept_max) {
        return;
    }
    const auto of_the_gone = std::ranges::find_if(all, [this](const auto& one) {
        return state_.find_account(one.first) == nullptr && !state_.persons.contains(one.first);
    });
    if (of_the_gone != all.end()) {
        end_conversation(of_the_gone->second.id);
    }
}

void application::end_conversation(conversation_id id) {
    const auto found = state_.conversations.find(id);
    const auto& [ended, one, other] = found->second;
    const auto take_from = [this](const partner& whom, person_id with) {
        if (state_.find_account(whom.who) != nullptr || state_.persons.contains(whom.who)) {
            conversations_of(whom).erase(with);
        }
    };
    take_from(one, other.who);
    take_from(other, one.who);
    state_.conversations.erase(found);
    emit(nobody{}, conversation_ended{id});
}

} // namespace tertulia::chat
