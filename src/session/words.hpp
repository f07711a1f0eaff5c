// SPDX-License-Identifier: Apache-2.0
// The words that operators list while the server runs (chat/word.hpp), as doors look them up, and
// the board where every door finds the newest list.
#pragma once

#include "base/guarded.hpp"
#include "chat/word.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::session {

// Immutable; the words are the list's own.
class word_table {
public:
    explicit word_table(chat::word_list of);

    // Of those that are like this word, which is folded, the one that weighs most; nullptr: none.
    [[nodiscard]] const chat::listed_word* find(std::string_view folded) const;
    [[nodiscard]] bool empty() const { return all_->empty(); }

private:
    chat::word_list all_;
    std::map<std::string_view, const chat::listed_word*> whole_;
    std::vector<const chat::listed_word*> masks_;
};

// One for the server; used from any thread.
class word_board {
public:
    void put_up(const chat::word_list& next);
    [[nodiscard]] std::shared_ptr<const word_table> newest() const;

private:
    mutable base::guarded<std::shared_ptr<const word_table>> table_;
};

} // namespace tertulia::session
