// SPDX-License-Identifier: Apache-2.0
// The input line: text with a cursor between graphemes, and the lines that were typed before. Pure.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace tertulia::terminal {

class editor {
public:
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::size_t cursor() const { return cursor_; } // a byte in the text

    // False: not all of it had room.
    bool insert(std::string_view what);
    // From `start` to the cursor.
    void replace_before_cursor(std::size_t start, std::string_view with);
    void erase_left();
    void erase_right();
    void erase_word();
    void erase_before();
    void erase_behind();
    void move_left();
    void move_right();
    void move_word_left();
    void move_word_right();
    void move_home() { cursor_ = 0; }
    void move_end() { cursor_ = text_.size(); }
    void clear();

    void older();
    void newer();
    // The whole text, which is cleared, and remembered unless it is a secret.
    enum class memory { kept, none };
    std::string take(memory how);

private:
    [[nodiscard]] std::size_t word_start() const;

    std::string text_;
    std::size_t cursor_ = 0;
    std::deque<std::string> before_;
    std::size_t at_ = 0; // in `before_`, from the newest; 0: what is being typed
    std::string draft_;
};

} // namespace tertulia::terminal
