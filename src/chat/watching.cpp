// SPDX-License-Identifier: Apache-2.0
// Who watches whom, and is told of it.
#include "chat/watching.hpp"

#include "base/limits.hpp"
#include "chat/application.hpp"
#include "chat/inquiry.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;
namespace {

watched_answer::entry entry_of(const heart_state& in, const base::name& nickname) {
    const person* const there = in.find_nickname(nickname.key);
    return {nickname, there == nullptr ? card_ref{} : there->card};
}

} // namespace

void application::unwatch(session_id session) {
    const auto mine = state_.watches.find(session);
    if (mine == state_.watches.end()) {
        return;
    }
    for (const base::name& one : mine->second) {
        const auto by = state_.watchers.find(one.key);
        std::erase(by->second, session);
        if (by->second.empty()) {
            state_.watchers.erase(by);
        }
    }
    state_.watches.erase(mine);
}

void application::operator()(const watch& wish) {
    if (wish.how == watching::clear) {
        unwatch(entry_.author);
        return;
    }
    watched_answer now{true, {}};
    std::string without_place;
    std::vector<base::name>& mine = state_.watches[entry_.author];
    for (const base::name& one : wish.nicknames) {
        const auto held = std::ranges::find(mine, one.key, &base::name::key);
        if (wish.how == watching::remove) {
            if (held != mine.end()) {
                mine.erase(held);
                std::erase(state_.watchers[one.key], entry_.author);
            }
        } else if (held != mine.end()) {
            now.entries.push_back(entry_of(state_, one));
        } else if (mine.size() >= limits::watched_max) {
            without_place += (without_place.empty() ? "" : ",") + one.display;
        } else {
            mine.push_back(one);
            state_.watchers[one.key].push_back(entry_.author);
            now.entries.push_back(entry_of(state_, one));
        }
        if (const auto by = state_.watchers.find(one.key);
            by != state_.watchers.end() && by->second.empty()) {
            state_.watchers.erase(by);
        }
    }
    if (mine.empty()) {
        state_.watches.erase(entry_.author);
    }
    if (!now.entries.empty()) {
        emit(to_session{entry_.author}, answered{std::make_shared<const answer>(std::move(now))});
    }
    if (!without_place.empty()) {
        refuse(reason::watch_list_full, without_place);
    }
}

void application::tell_watchers(const card_ref& of, bool here) {
    const auto by = state_.watchers.find(of->nickname.key);
    if (by != state_.watchers.end()) {
        emit(to_sessions{by->second}, presence_changed{of, here});
    }
}

void application::tell_distant_watchers(const person& of, event_body what) {
    const auto by = state_.watchers.find(of.card->nickname.key);
    if (by == state_.watchers.end()) {
        return;
    }
    to_sessions distant;
    std::ranges::copy_if(by->second, std::back_inserter(distant.sessions), [&](session_id one) {
        const person* const whose = state_.find(one);
        return whose != nullptr && whose != &of && !heart_state::share_room(*whose, of);
    });
    if (!distant.sessions.empty()) {
        emit(std::move(distant), std::move(what));
    }
}

event inquiry::operator()(const ask_watched& what) const {
    watched_answer found{what.with_presence, {}};
    if (const auto mine = state.watches.find(cause.session); mine != state.watches.end()) {
        for (const base::name& one : mine->second) {
            found.entries.push_back(entry_of(state, one));
        }
    }
    return answer_with(std::move(found));
}

} // namespace tertulia::chat
