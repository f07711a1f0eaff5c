// SPDX-License-Identifier: Apache-2.0
// In which conversations accounts want to be told of everything, or of nothing, whoever is meant.
#pragma once

#include "chat/card.hpp"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::push {

class levels {
public:
    // "*=mentions,#class=all,#noise=none,luis=none": in place of those that she had. What names
    // neither all nor none is as usual.
    void keep(chat::person_id whose, std::string_view list);
    void drop(chat::person_id whose);

    // By the key of a room, or of whom she talks with.
    [[nodiscard]] bool wants_nothing(chat::person_id who, std::string_view place) const;
    [[nodiscard]] std::span<const chat::person_id> want_all(std::string_view place) const;

private:
    using people_by_place = std::map<std::string, std::vector<chat::person_id>, std::less<>>;
    static void take_out(chat::person_id whose, const std::string& place, people_by_place& of);

    people_by_place all_, nothing_;
    std::map<chat::person_id, std::vector<std::string>> places_; // that each has named
};

} // namespace tertulia::push
