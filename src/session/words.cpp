// SPDX-License-Identifier: Apache-2.0
#include "session/words.hpp"

#include "base/glob.hpp"

#include <utility>

namespace tertulia::session {
namespace {

bool has_wildcards(std::string_view mask) { return mask.find_first_of("*?") != mask.npos; }

} // namespace

word_table::word_table(chat::word_list of) : all_(std::move(of)) {
    for (const chat::listed_word& one : *all_) {
        if (has_wildcards(one.folded)) {
            masks_.push_back(&one);
        } else {
            whole_.emplace(one.folded, &one);
        }
    }
}

const chat::listed_word* word_table::find(std::string_view folded) const {
    const auto whole = whole_.find(folded);
    const chat::listed_word* found = whole == whole_.end() ? nullptr : whole->second;
    for (const chat::listed_word* const one : masks_) {
        if ((found == nullptr || found->action < one->action) &&
            base::glob_match(one->folded, folded)) {
            found = one;
        }
    }
    return found;
}

void word_board::put_up(const chat::word_list& next) {
    auto made = std::make_shared<const word_table>(next);
    table_.with([&](auto& table) { table = std::move(made); });
}

std::shared_ptr<const word_table> word_board::newest() const {
    return table_.with([](const auto& table) { return table; });
}

} // namespace tertulia::session
