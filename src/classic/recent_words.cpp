// SPDX-License-Identifier: Apache-2.0
#include "classic/recent_words.hpp"

#include "base/classic_limits.hpp"
#include "classic/texts.hpp"

#include <algorithm>

namespace tertulia::classic {
namespace {

// A line, cut at a word.
std::string beginning(std::string_view text) {
    constexpr std::size_t size_max = 48;
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::string first = cut(line, size_max).front();
    return first.size() < text.size() ? first + "…" : first;
}

} // namespace

void recent_words::note(const chat::spoke& what, std::string_view text) {
    if (!words_.empty() && words_.back().number >= what.number) {
        return;
    }
    words_.push_back({what.number, what.conversation, what.by->nickname.display, beginning(text)});
    if (words_.size() > base::limits::classic_words_remembered_max) {
        words_.pop_front();
    }
}

void recent_words::change(chat::message_number of, chat::conversation_id in,
                          std::string_view text) {
    if (const recent_word* const found = find(of, in)) {
        const_cast<recent_word*>(found)->text = beginning(text); // the words are ours
    }
}

void recent_words::forget(chat::message_number of, chat::conversation_id in) {
    if (const recent_word* const found = find(of, in)) {
        const_cast<recent_word*>(found)->text.clear(); // whose it was is still to be said
    }
}

const recent_word* recent_words::find(chat::message_number of, chat::conversation_id in) const {
    const auto found = std::ranges::lower_bound(words_, of, {}, &recent_word::number);
    return found != words_.end() && found->number == of && found->in == in ? &*found : nullptr;
}

} // namespace tertulia::classic
