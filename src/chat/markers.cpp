// SPDX-License-Identifier: Apache-2.0
// Up to where one has read: moved forward, told to one's own sessions, asked for.
#include "base/limits.hpp"
#include "chat/application.hpp"
#include "chat/inquiry.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::chat {
namespace limits = base::limits;

const read_markers& heart_state::markers_of(const person& of) const {
    static const read_markers none;
    if (of.card->registered) {
        return accounts.at(of.id()).markers;
    }
    return of.rare ? of.rare->markers : none;
}

// 0 where there is nothing that she may read.
conversation_id heart_state::readable(const person& by, const base::name& target,
                                      base::name& as_written) const {
    if (target.key.starts_with('#')) {
        const room* const of = find_room(target.key);
        if (of == nullptr || of->find(&by) == nullptr) {
            return {};
        }
        as_written = of->card->name;
        return of->id();
    }
    const private_conversation* const open = find_conversation(by, target.key);
    if (open == nullptr) {
        return {};
    }
    as_written = card_of(open->with)->nickname;
    return open->id;
}

read_markers& application::own_markers() {
    return author_->card->registered ? state_.find_account(author_->id())->markers
                                     : author_->more().markers;
}

void application::save_marker(conversation_id of, std::optional<base::wall_time> read_to) {
    if (author_->card->registered) {
        emit(nobody{}, marker_saved{author_->id(), of, read_to});
    }
}

// The one that moved last before the others goes: what it was of has been read least lately.
void application::make_room_for_a_marker(read_markers& among) {
    if (among.size() < limits::markers_kept_max) {
        return;
    }
    const auto oldest = std::ranges::min_element(
        among, [](const auto& a, const auto& b) { return a.second < b.second; });
    save_marker(oldest->first, std::nullopt);
    among.erase(oldest);
}

void application::operator()(const mark_read& wish) {
    marker_changed moved;
    const conversation_id of = state_.readable(*author_, wish.target, moved.target);
    if (!of) {
        refuse(reason::no_such_conversation, wish.target.display);
        return;
    }
    moved.read_to = std::min(wish.up_to, entry_.time);
    read_markers& all = own_markers();
    const auto before = all.find(of);
    if (before != all.end() && before->second >= moved.read_to) {
        moved.read_to = before->second;
        emit(to_session{entry_.author}, std::move(moved));
        return;
    }
    if (before == all.end()) {
        make_room_for_a_marker(all);
    }
    all[of] = moved.read_to;
    save_marker(of, moved.read_to);
    emit(to_sessions{author_->all_sessions()}, std::move(moved));
}

event inquiry::operator()(const ask_marker& what) const {
    marker_answer found{what.target, true, {}};
    const conversation_id of = state.readable(asker, what.target, found.asked);
    const read_markers& all = state.markers_of(asker);
    if (const auto marker = all.find(of); marker != all.end()) {
        found.read_to = marker->second;
    }
    found.allowed = of || !what.target.key.starts_with('#'); // nobody has written to her yet
    return answer_with(std::move(found));
}

} // namespace tertulia::chat
