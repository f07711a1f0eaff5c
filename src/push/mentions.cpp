// SPDX-License-Identifier: Apache-2.0
#include "push/mentions.hpp"

#include "base/characters.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstddef>

namespace tertulia::push {
namespace {

// RFC 2812's special characters of a nickname, which are Markdown's and people's as well.
constexpr std::string_view marks = "[]\\`_^{|}-";

bool belongs_to_a_name(char32_t one) {
    const bool ascii = one < 0x80;
    return (ascii && (marks.find(static_cast<char>(one)) != std::string_view::npos ||
                      (one >= '0' && one <= '9'))) ||
           base::is_letter(one) || base::is_mark(one);
}

void add(std::string_view word, std::vector<std::string>& to) {
    to.push_back(base::fold(word));
    const std::size_t start = std::min(word.find_first_not_of(marks), word.size());
    const std::size_t end = word.find_last_not_of(marks) + 1; // 0: nothing but marks
    if (start < end && end - start < word.size()) {
        to.push_back(base::fold(word.substr(start, end - start)));
    }
}

} // namespace

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> found;
    std::size_t start = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t before = at;
        if (belongs_to_a_name(base::next_character(text, at))) {
            continue;
        }
        if (before > start) {
            add(text.substr(start, before - start), found);
        }
        start = at;
    }
    if (start < text.size()) {
        add(text.substr(start), found);
    }
    return found;
}

} // namespace tertulia::push
