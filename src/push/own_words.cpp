// SPDX-License-Identifier: Apache-2.0
#include "push/own_words.hpp"

#include "base/characters.hpp"
#include "base/list.hpp"
#include "base/push_limits.hpp"
#include "base/text.hpp"
#include "base/trim.hpp"

#include <cstddef>
#include <utility>

namespace tertulia::push {
namespace {

namespace limits = base::limits;

bool belongs_to_a_word(char32_t one) {
    return (one >= '0' && one <= '9') || one == '_' || base::is_letter(one) || base::is_mark(one);
}

struct piece {
    std::size_t start, end;
};

std::vector<piece> words_in(std::string_view text) {
    std::vector<piece> found;
    bool inside = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t before = at;
        if (!belongs_to_a_word(base::next_character(text, at))) {
            inside = false;
            continue;
        }
        if (!std::exchange(inside, true)) {
            found.push_back({before, at});
        }
        found.back().end = at;
    }
    return found;
}

} // namespace

// A phrase may begin and end with what is no word, "C++" say: it reaches from where its first word
// stands in it.
bool own_words::is_said(std::string_view folded, std::size_t first_word, const wish& one) {
    if (first_word < one.before_first) {
        return false;
    }
    const std::size_t start = first_word - one.before_first;
    if (folded.substr(start, one.phrase.size()) != one.phrase) {
        return false;
    }
    std::size_t end = start + one.phrase.size();
    return !one.ends_in_word || end == folded.size() ||
           !belongs_to_a_word(base::next_character(folded, end));
}

void own_words::keep(chat::person_id whose, std::string_view list) {
    drop(whose);
    std::vector<std::string> starts;
    while (!list.empty() && starts.size() < limits::push_words_max) {
        const std::string_view one = base::trimmed(base::take_first(list), " ");
        std::string phrase = one.size() <= limits::push_word_size_max ? base::fold_mask(one) : "";
        if (const std::vector<piece> words = words_in(phrase); !words.empty()) {
            starts.push_back(
                phrase.substr(words.front().start, words.front().end - words.front().start));
            const bool ends_in_word = words.back().end == phrase.size();
            by_start_[starts.back()].push_back(
                {whose, std::move(phrase), words.front().start, ends_in_word});
        }
    }
    if (!starts.empty()) {
        starts_[whose] = std::move(starts);
    }
}

void own_words::drop(chat::person_id whose) {
    const auto held = starts_.find(whose);
    if (held == starts_.end()) {
        return;
    }
    for (const std::string& start : held->second) {
        const auto at = by_start_.find(start);
        if (at == by_start_.end()) {
            continue;
        }
        std::erase_if(at->second, [&](const wish& one) { return one.whose == whose; });
        if (at->second.empty()) {
            by_start_.erase(at);
        }
    }
    starts_.erase(held);
}

std::vector<chat::person_id> own_words::said_in(std::string_view text) const {
    std::vector<chat::person_id> found;
    if (by_start_.empty()) {
        return found;
    }
    const std::string folded = base::fold_mask(text);
    const std::string_view all = folded;
    for (const piece& word : words_in(all)) {
        const auto wishes = by_start_.find(all.substr(word.start, word.end - word.start));
        if (wishes == by_start_.end()) {
            continue;
        }
        for (const wish& one : wishes->second) {
            if (is_said(all, word.start, one)) {
                found.push_back(one.whose);
            }
        }
    }
    return found;
}

} // namespace tertulia::push
