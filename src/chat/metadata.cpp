// SPDX-License-Identifier: Apache-2.0
// Setting what one says of oneself or of a room, and who may read it.
#include "chat/metadata.hpp"

#include "base/limits.hpp"
#include "chat/application.hpp"
#include "chat/inquiry.hpp"
#include "chat/private_metadata.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

const metadata nothing;

constexpr std::string_view oneself = "*";

// Whose existence is known to all, what is in it is not.
bool closed(const room& of) {
    return of.has(room_flag::secret) || of.has(room_flag::invite_only) || !of.password.empty();
}

std::vector<metadata_value> values_of(const metadata& all) {
    std::vector<metadata_value> values;
    for (const auto& [key, value] : all) {
        values.push_back({key, value});
    }
    return values;
}

// What is private is to others as if it were not set.
enum class reader { herself, another };

void add(const std::string& target, const metadata& all, const ask_metadata& wish, reader by,
         metadata_answer& to) {
    const auto readable = [by](const std::string& key) {
        return by == reader::herself || !is_private(key);
    };
    if (wish.all_keys) {
        for (const auto& [key, value] : all) {
            if (readable(key)) {
                to.entries.push_back({target, {key, value}});
            }
        }
        return;
    }
    for (const std::string& key : wish.keys) {
        const auto held = all.find(key);
        const bool is_set = held != all.end() && readable(key);
        if (is_set ||
            wish.what == metadata_of::one) { // who asked for one key is told that it is none
            to.entries.push_back({target, {key, is_set ? held->second : std::string()}});
        }
    }
}

// True when it is another value than before; `full` where there is no place for one more key.
bool put_metadata(metadata& into, const metadata_value& what, bool& full) {
    const auto held = into.find(what.key);
    if (what.value.empty()) {
        return into.erase(what.key) > 0;
    }
    if (held != into.end()) {
        return std::exchange(held->second, what.value) != what.value;
    }
    full = into.size() >= limits::metadata_keys_max;
    return !full && into.emplace(what.key, what.value).second;
}

} // namespace

const metadata& heart_state::metadata_of_person(const person& of) const {
    if (of.card->registered) {
        return accounts.at(of.id()).about;
    }
    return of.rare ? of.rare->about : nothing;
}

metadata& application::own_metadata() {
    return author_->card->registered ? state_.find_account(author_->id())->about
                                     : author_->more().about;
}

void application::save_metadata(const room* of, const metadata_value& what) {
    if (of != nullptr) {
        emit(nobody{}, metadata_saved{{}, of->id(), what});
    } else if (author_->card->registered) {
        emit(nobody{}, metadata_saved{author_->id(), {}, what});
    }
}

// The room, where she keeps order in it; otherwise refuses. None for the author herself.
std::optional<room*> application::metadata_room(const base::name& target, const std::string& key) {
    const bool is_own = target.key == oneself || target.key == author_->card->nickname.key;
    if (is_own) {
        return nullptr;
    }
    if (!target.key.starts_with('#')) {
        const bool known = state_.find_nickname(target.key) != nullptr ||
                           state_.find_account(target.key) != nullptr;
        refuse(known ? reason::metadata_of_another : reason::metadata_target, target.display, key);
        return std::nullopt;
    }
    room* const of = state_.find_room(target.key);
    const member* const as = of == nullptr ? nullptr : of->find(author_);
    if (of == nullptr || (as == nullptr && closed(*of))) {
        refuse(reason::metadata_target, target.display, key);
        return std::nullopt;
    }
    if (as == nullptr || as->rank < role::room_operator) {
        refuse(reason::metadata_of_another, target.display, key);
        return std::nullopt;
    }
    return of;
}

void application::tell_metadata(metadata_changed what) {
    if (what.room) {
        const conversation_id where = what.room->id;
        emit(to_room{where}, std::move(what));
    } else if (is_private(what.values.front().key)) {
        emit(to_sessions{author_->all_sessions()}, std::move(what));
    } else {
        emit(acquaintances(*author_, true), what);
        tell_distant_watchers(*author_, std::move(what));
    }
}

void application::operator()(const set_metadata& wish) {
    const auto of = metadata_room(wish.target, wish.what.key);
    if (!of) {
        return;
    }
    bool full = false;
    const bool changed =
        put_metadata(*of == nullptr ? own_metadata() : (*of)->about, wish.what, full);
    if (full) {
        refuse(reason::metadata_full, wish.target.display, wish.what.key);
        return;
    }
    metadata_changed what{wish.target, {}, {}, {wish.what}, false};
    (*of == nullptr ? static_cast<void>(what.who = author_->card)
                    : static_cast<void>(what.room = (*of)->card));
    if (!changed) {
        emit(to_session{entry_.author}, std::move(what));
        return;
    }
    save_metadata(*of, wish.what);
    tell_metadata(std::move(what));
}

void application::operator()(const clear_metadata& wish) {
    const auto of = metadata_room(wish.target, std::string(oneself));
    if (!of) {
        return;
    }
    metadata& all = *of == nullptr ? own_metadata() : (*of)->about;
    metadata_changed what{wish.target, {}, {}, values_of(all), true};
    (*of == nullptr ? static_cast<void>(what.who = author_->card)
                    : static_cast<void>(what.room = (*of)->card));
    if (*of == nullptr) { // what she keeps for herself she says to nobody
        std::erase_if(what.values, [](const metadata_value& one) { return is_private(one.key); });
    }
    for (metadata_value& one : what.values) {
        all.erase(one.key);
        one.value.clear();
        save_metadata(*of, one);
    }
    if (what.values.empty()) {
        emit(to_session{entry_.author}, std::move(what));
    } else {
        tell_metadata(std::move(what));
    }
}

// What a client said of itself before it was welcomed.
void application::bring_metadata(const std::vector<metadata_value>& brought) {
    if (brought.empty()) { // most say nothing, and cost nothing
        return;
    }
    metadata& own = own_metadata();
    metadata_changed what{{}, author_->card, {}, {}, false};
    for (const metadata_value& one : brought) {
        bool full = false;
        if (put_metadata(own, one, full)) {
            save_metadata(nullptr, one);
            if (!is_private(one.key)) {
                what.values.push_back(one);
            }
        }
    }
    if (!what.values.empty()) {
        const to_rooms others = acquaintances(*author_, false);
        if (!others.rooms.empty()) {
            emit(others, std::move(what));
        }
    }
}

std::vector<metadata_value> application::all_metadata(const person& of) const {
    return values_of(state_.metadata_of_person(of));
}

event inquiry::operator()(const ask_metadata& what) const {
    metadata_answer found;
    found.asked = what.target;
    found.what = what.what;
    std::set<person_id> told;
    const auto add_person = [&](const person& one) {
        if (told.insert(one.id()).second) {
            add(one.card->nickname.display, state.metadata_of_person(one), what,
                &one == &asker ? reader::herself : reader::another, found);
        }
        found.later = found.entries.size() > limits::metadata_entries_max;
    };
    const auto add_room = [&](const room& one) {
        add(one.card->name.display, one.about, what, reader::herself, found);
        if (what.what != metadata_of::one) {
            for (auto of = one.members.begin(); of != one.members.end() && !found.later; ++of) {
                add_person(*of->who);
            }
        }
    };
    if (what.what == metadata_of::everything_seen) {
        add_person(asker);
        for (const seat& one : asker.seats) {
            add_room(*one.where);
        }
        each_watched(add_person);
    } else if (what.target.key.starts_with('#')) {
        const room* const of = state.find_room(what.target.key);
        const bool inside = of != nullptr && of->find(&asker) != nullptr;
        const bool readable =
            inside || (of != nullptr && what.what == metadata_of::one && !closed(*of));
        found.found = readable;
        if (readable) {
            add_room(*of);
        }
    } else if (what.target.key == oneself) {
        add_person(asker);
    } else if (const person* const there = state.find_nickname(what.target.key)) {
        add_person(*there);
    } else if (const account* const away = state.find_account(what.target.key)) {
        add(away->name.display, away->about, what, reader::another, found);
    } else {
        found.found = false;
    }
    if (found.later) {
        found.entries.clear();
    }
    return answer_with(std::move(found));
}

void inquiry::each_watched(const std::function<void(const person&)>& tell) const {
    const auto mine = state.watches.find(cause.session);
    if (mine == state.watches.end()) {
        return;
    }
    for (const base::name& one : mine->second) {
        if (const person* const there = state.find_nickname(one.key)) {
            tell(*there);
        }
    }
}

} // namespace tertulia::chat
