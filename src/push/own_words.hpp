// SPDX-License-Identifier: Apache-2.0
// Words that accounts want to be told of as if they were their names: who has one that is said.
#pragma once

#include "chat/card.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::push {

class own_words {
public:
    // "Madrid, jazz session": in place of those that she had. What is too much is left out, and
    // what has neither a letter nor a digit.
    void keep(chat::person_id whose, std::string_view list);
    void drop(chat::person_id whose);

    // Whole words and phrases, folded as names are.
    [[nodiscard]] std::vector<chat::person_id> said_in(std::string_view text) const;

private:
    struct wish {
        chat::person_id whose;
        std::string phrase;           // folded
        std::size_t before_first = 0; // bytes of it before its first word
        bool ends_in_word = true;
    };
    [[nodiscard]] static bool is_said(std::string_view folded, std::size_t first_word,
                                      const wish& one);

    std::map<std::string, std::vector<wish>, std::less<>> by_start_; // by a phrase's first word
    std::map<chat::person_id, std::vector<std::string>> starts_;
};

} // namespace tertulia::push
