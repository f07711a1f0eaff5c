// SPDX-License-Identifier: Apache-2.0
#include "push/levels.hpp"

#include "base/list.hpp"
#include "base/text.hpp"
#include "base/trim.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::push {

void levels::keep(chat::person_id whose, std::string_view list) {
    drop(whose);
    while (!list.empty()) {
        const std::string_view one = base::trimmed(base::take_first(list), " ");
        const std::size_t equals = one.rfind('='); // which a room's name may have
        if (equals == std::string_view::npos) {
            continue;
        }
        const std::string_view level = one.substr(equals + 1);
        if (level == "all" || level == "none") {
            std::string place = base::fold(one.substr(0, equals));
            (level == "all" ? all_ : nothing_)[place].push_back(whose);
            places_[whose].push_back(std::move(place));
        }
    }
}

void levels::take_out(chat::person_id whose, const std::string& place, people_by_place& of) {
    const auto at = of.find(place);
    if (at != of.end() && std::erase(at->second, whose) != 0 && at->second.empty()) {
        of.erase(at);
    }
}

void levels::drop(chat::person_id whose) {
    const auto hers = places_.find(whose);
    if (hers == places_.end()) {
        return;
    }
    for (const std::string& place : hers->second) {
        take_out(whose, place, all_);
        take_out(whose, place, nothing_);
    }
    places_.erase(hers);
}

bool levels::wants_nothing(chat::person_id who, std::string_view place) const {
    const auto at = nothing_.find(place);
    return at != nothing_.end() && std::ranges::count(at->second, who) != 0;
}

std::span<const chat::person_id> levels::want_all(std::string_view place) const {
    const auto at = all_.find(place);
    return at == all_.end() ? std::span<const chat::person_id>{} : at->second;
}

} // namespace tertulia::push
