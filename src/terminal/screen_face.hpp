// SPDX-License-Identifier: Apache-2.0
// The full screen on a terminal: keys change what is typed and where one looks, and the rest is
// view.hpp's. Leaves the terminal as it found it.
#pragma once

#include "terminal/completion.hpp"
#include "terminal/face.hpp"
#include "terminal/grid.hpp"
#include "terminal/keys.hpp"
#include "terminal/view.hpp"

#include <map>
#include <string>
#include <termios.h>

namespace tertulia::terminal {

// What keys do, without a terminal.
class screen_hands {
public:
    screen_state state;

    void press(const key_press& one, client& who, int columns, int rows);
    [[nodiscard]] bool wants_redraw() { return std::exchange(redraw_, false); }

private:
    bool edit(const key_press& one, client& who);
    bool insert(std::string_view what, bool was_cut, client& who);
    void number_messages(client& who);
    void enter(client& who);
    void move_through_rooms(client& who, int step);
    void show_room(client& who, int number);
    void look(client& who, int rows_up, int columns);

    void keep_draft(const room& of);
    void take_draft(const room& of);

    completer completing_;
    std::map<std::string, std::string> drafts_; // of rooms that are not shown
    bool redraw_ = false;
};

class screen_face final : public face {
public:
    explicit screen_face(colour_depth depth);
    ~screen_face() override;

    void take_input(std::string_view bytes, client& who) override;
    [[nodiscard]] bool wants_input(const client& /*who*/) const override { return true; }
    void show(const show_entry& /*what*/) override {}
    void ask_for(const ask& /*what*/, const client& /*who*/) override {}
    void ring_bell() override;
    void tell(std::string_view line, client& who) override;
    void show_progress(std::string_view text) override { hands_.state.progress = text; }
    void close(int exit_status, base::language in) override;
    void draw(client& who) override;
    [[nodiscard]] std::chrono::milliseconds patience() const override;
    void resized() override;

private:
    void press_all(client& who);
    static void write(std::string_view bytes);
    void leave_screen();

    colour_depth depth_;
    termios before_{};
    bool on_ = false;
    key_reader keys_;
    screen_hands hands_;
    grid shown_{0, 0};
    int columns_ = 80;
    int rows_ = 24;
    std::string last_told_;
};

} // namespace tertulia::terminal
