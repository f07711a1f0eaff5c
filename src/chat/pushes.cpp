// SPDX-License-Identifier: Apache-2.0
// Who is told of a message on a device, while she is not there.
#include "chat/application.hpp"
#include "chat/inquiry.hpp"
#include "chat/push.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace tertulia::chat {
namespace {

// Somebody who is not there any more is judged by what was seen of her.
struct author_of {
    author_of(const heart_state& in, const ask_pushable& what) {
        shown.card = what.by;
        const auto there = in.persons.find(what.by->person);
        who = there != in.persons.end() ? &there->second : &shown;
    }
    person shown;
    const person* who;
};

bool is_absent(const account& of) {
    return of.present == nullptr || of.present->away().has_value();
}

// A ban puts out nobody who is in the room already; whoever is away does not come in again.
bool reads_there(const heart_state& in, const account& of, const ask_pushable& what) {
    const auto found = in.rooms_by_id.find(what.conversation);
    if (found == in.rooms_by_id.end()) {
        return false;
    }
    const room& where = *found->second;
    const std::optional<role> rank = heart_state::standing(where, of);
    person herself;
    herself.card = in.card_of({of.id, of.name});
    return rank && *rank >= what.heard_from &&
           !banned(where, of.present != nullptr ? *of.present : herself, in.time);
}

bool may_be_told(const heart_state& in, const account& of, const ask_pushable& what,
                 const person& author) {
    if (of.suspended || of.id == author.id() || !is_absent(of) ||
        !in.hears(of.id, author, in.time)) {
        return false;
    }
    const auto with = of.conversations.find(author.id());
    return what.in_room ? reads_there(in, of, what)
                        : with != of.conversations.end() && with->second.id == what.conversation;
}

} // namespace

void application::operator()(const set_push& wish) {
    if (author_ == nullptr) {
        if (entry_.author.thread == 0 && !wish.on) { // a stranger's thread has another number
            emit(nobody{}, push_saved{{}, 0, wish.what, false});
        }
    } else if (const account* const of = own_account()) {
        emit(to_session{entry_.author}, push_saved{of->id, of->version, wish.what, wish.on});
    }
}

pushable_answer tell_pushable(const heart_state& in, const ask_pushable& what) {
    const author_of message(in, what);
    pushable_answer found;
    std::ranges::copy_if(what.whom, std::back_inserter(found.whom), [&](person_id one) {
        const account* const of = in.find_account(one);
        return of != nullptr && may_be_told(in, *of, what, *message.who);
    });
    return found;
}

// To a person, whose it is not to know.
event inquiry::operator()(const ask_pushable& /*what*/) const {
    return answer_with(pushable_answer{});
}

} // namespace tertulia::chat
