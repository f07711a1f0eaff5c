// SPDX-License-Identifier: Apache-2.0
#include "terminal/editor.hpp"

#include "base/text.hpp"
#include "base/width.hpp"
#include "terminal/limits.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::terminal {

bool editor::insert(std::string_view what) {
    const std::size_t room = typed_size_max - std::min(typed_size_max, text_.size());
    const std::string_view taken = base::truncate_utf8(what, room);
    text_.insert(cursor_, taken);
    cursor_ += taken.size();
    return taken.size() == what.size();
}

void editor::replace_before_cursor(std::size_t start, std::string_view with) {
    text_.replace(start, cursor_ - start, with);
    cursor_ = start + with.size();
}

void editor::erase_left() {
    const std::size_t start = base::last_grapheme_start(std::string_view(text_).substr(0, cursor_));
    text_.erase(start, cursor_ - start);
    cursor_ = start;
}

void editor::erase_right() {
    text_.erase(cursor_, base::front_grapheme(std::string_view(text_).substr(cursor_)).size());
}

void editor::erase_word() {
    const std::size_t start = word_start();
    text_.erase(start, cursor_ - start);
    cursor_ = start;
}

void editor::erase_before() {
    text_.erase(0, cursor_);
    cursor_ = 0;
}

void editor::erase_behind() { text_.erase(cursor_); }

void editor::move_left() {
    cursor_ = base::last_grapheme_start(std::string_view(text_).substr(0, cursor_));
}

void editor::move_right() {
    cursor_ += base::front_grapheme(std::string_view(text_).substr(cursor_)).size();
}

void editor::move_word_left() { cursor_ = word_start(); }

void editor::move_word_right() {
    const std::size_t word = std::min(text_.find_first_not_of(" \n", cursor_), text_.size());
    cursor_ = std::min(text_.find_first_of(" \n", word), text_.size());
}

std::size_t editor::word_start() const {
    const std::string_view before = std::string_view(text_).substr(0, cursor_);
    const std::size_t end = before.find_last_not_of(" \n");
    if (end == std::string_view::npos) {
        return 0;
    }
    const std::size_t blank = before.find_last_of(" \n", end);
    return blank == std::string_view::npos ? 0 : blank + 1;
}

void editor::clear() {
    text_.clear();
    cursor_ = 0;
    at_ = 0;
}

void editor::older() {
    if (at_ >= before_.size()) {
        return;
    }
    if (at_ == 0) {
        draft_ = text_;
    }
    ++at_;
    text_ = before_[before_.size() - at_];
    cursor_ = text_.size();
}

void editor::newer() {
    if (at_ == 0) {
        return;
    }
    --at_;
    text_ = at_ == 0 ? draft_ : before_[before_.size() - at_];
    cursor_ = text_.size();
}

std::string editor::take(memory how) {
    std::string taken = std::exchange(text_, {});
    clear();
    if (how == memory::kept && !taken.empty() && taken.size() <= remembered_size_max &&
        (before_.empty() || before_.back() != taken)) {
        before_.push_back(taken);
        if (before_.size() > typed_lines_max) {
            before_.pop_front();
        }
    }
    return taken;
}

} // namespace tertulia::terminal
