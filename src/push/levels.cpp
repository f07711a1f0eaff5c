// SPDX-License-Identifier: Apache-2.0
#include "push/levels.hpp"

#include "base/text.hpp"
#include "base/trim.hpp"

#include <algorithm>

namespace tertulia::push {

void levels::keep(chat::person_id whose, std::string_view list) {
    drop(whose);
    while (!list.empty()) {
        const std::string_view one = base::trimmed(list.substr(0, list.find(',')), " ");
        list.remove_prefix(std::min(list.size(), std::min(list.find(','), list.size()) + 1));
        const std::size_t equals = one.rfind('='); // which a room's name may have
        if (equals == std::string_view::npos) {
            continue;
        }
        const std::string_view level = one.substr(equals + 1);
        if (level == "all" || level == "none") {
            (level == "all" ? all_ : nothing_)[base::fold(one.substr(0, equals))].push_back(whose);
        }
    }
}

void levels::take_out(chat::person_id whose, people_by_place& of) {
    for (auto& [place, people] : of) {
        std::erase(people, whose);
    }
    std::erase_if(of, [](const auto& each) { return each.second.empty(); });
}

void levels::drop(chat::person_id whose) {
    take_out(whose, all_);
    take_out(whose, nothing_);
}

bool levels::wants_nothing(chat::person_id who, std::string_view place) const {
    const auto at = nothing_.find(place);
    return at != nothing_.end() && std::ranges::count(at->second, who) != 0;
}

std::vector<chat::person_id> levels::want_all(std::string_view place) const {
    const auto at = all_.find(place);
    return at == all_.end() ? std::vector<chat::person_id>{} : at->second;
}

} // namespace tertulia::push
