// SPDX-License-Identifier: Apache-2.0
#include "terminal/room.hpp"

#include "terminal/limits.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

namespace tertulia::terminal {
namespace {

constexpr std::size_t lately = 256;

} // namespace

entry* room::find(std::string_view id) {
    const auto backwards = entries_ | std::views::reverse;
    const auto found = std::ranges::find(backwards, id, &entry::id);
    return id.empty() || found == backwards.end() ? nullptr : &*found;
}

bool room::has_lately(std::string_view id) const {
    const auto newest = entries_ | std::views::reverse | std::views::take(lately);
    return !id.empty() && std::ranges::find(newest, id, &entry::id) != newest.end();
}

entry* room::under_way(std::uint32_t label) {
    const auto backwards = entries_ | std::views::reverse;
    const auto found = std::ranges::find(backwards, label, &entry::label);
    return label == 0 || found == backwards.end() ? nullptr : &*found;
}

std::string room::oldest_id() const {
    const auto found = std::ranges::find_if(entries_, [](const entry& e) { return !e.id.empty(); });
    return found == entries_.end() ? "" : found->id;
}

std::string room::newest_id() const {
    const auto backwards = entries_ | std::views::reverse;
    const auto found =
        std::ranges::find_if(backwards, [](const entry& e) { return !e.id.empty(); });
    return found == backwards.end() ? "" : found->id;
}

void room::add(entry what) {
    insert(std::move(what));
    trim();
}

void room::add_history(std::vector<entry> what, page which) {
    std::erase_if(what, [this](const entry& one) { return find(one.id) != nullptr; });
    if (which == page::newer) {
        std::ranges::for_each(what, [this](entry& one) { insert(std::move(one)); });
        return;
    }
    for (entry& one : what | std::views::reverse) {
        const auto later =
            std::ranges::find_if(entries_, [&](const entry& there) { return there.at >= one.at; });
        one.serial = ++last_serial_;
        entries_.insert(later, std::move(one));
    }
}

void room::put_newest_away() {
    if (entries_.size() > entries_per_room_max) {
        entries_.resize(entries_per_room_max);
        past.newest_missing = true;
    }
}

void room::forget_entries() {
    entries_.clear();
    past = {};
}

void room::erase(const entry* which) {
    const auto found =
        std::ranges::find_if(entries_, [which](const entry& one) { return &one == which; });
    if (found != entries_.end()) {
        entries_.erase(found);
    }
}

// Own messages that have not come back yet stay at the end, where they will be.
void room::insert(entry what) {
    auto place = entries_.end();
    if (what.sent == delivery::sure) {
        while (place != entries_.begin() &&
               (std::prev(place)->at > what.at || std::prev(place)->sent != delivery::sure)) {
            --place;
        }
    }
    what.serial = ++last_serial_;
    entries_.insert(place, std::move(what));
}

void room::trim() {
    while (entries_.size() > entries_per_room_max) {
        entries_.pop_front();
        past.at_beginning = false;
        past.begun_from.clear();
    }
}

} // namespace tertulia::terminal
