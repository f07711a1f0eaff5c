// SPDX-License-Identifier: Apache-2.0
// What a terminal sends when somebody types, points or pastes, as keys. Pure: bytes in, keys out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tertulia::terminal {

enum class key : std::uint8_t {
    text, // what is typed or pasted
    enter,
    line_feed, // Alt-Enter: a new line in the same message
    tab,
    backward_tab,
    backspace,
    remove,
    left,
    right,
    up,
    down,
    home,
    end,
    page_up,
    page_down,
    word_left,
    word_right,
    erase_before,
    erase_behind,
    erase_word,
    redraw,
    interrupt,
    end_of_input,
    previous_room,
    next_room,
    room_number,
    wheel_up,
    wheel_down,
    click,
    help,
};

struct key_press {
    key what = key::text;
    std::string text; // of text
    bool cut = false; // of a paste: it was longer than what is taken
    int number = 0;   // of room_number: from 1
    int column = 0;   // of the mouse, from 0
    int row = 0;
};

class key_reader {
public:
    void feed(std::string_view bytes);
    // A lone ESC waits for what could follow it.
    [[nodiscard]] bool waits() const { return !pending_.empty(); }
    void give_up();
    [[nodiscard]] std::vector<key_press> take() { return std::exchange(pressed_, {}); }

private:
    bool read_one();
    bool read_escape();
    bool read_sequence();
    bool read_paste();
    void press(key what) { pressed_.emplace_back().what = what; }
    void press_mouse(std::string_view parameters, bool released);

    std::string pending_;
    std::string paste_;
    bool paste_cut_ = false;
    bool pasting_ = false;
    std::vector<key_press> pressed_;
};

} // namespace tertulia::terminal
