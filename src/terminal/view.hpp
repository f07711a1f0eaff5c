// SPDX-License-Identifier: Apache-2.0
// The model as a screen: rooms at the left, what is said in the middle, people at the right, a line
// of state and the input line below. Pure: the same state is the same grid.
#pragma once

#include "terminal/editor.hpp"
#include "terminal/grid.hpp"
#include "terminal/model.hpp"

#include <string>
#include <vector>

namespace tertulia::terminal {

// How far up somebody has scrolled: the entry at the bottom, and how many of its rows are below the
// edge. Without an entry: the newest is shown.
struct scroll_place {
    bool away = false;
    base::wall_time at;
    std::string id;
    std::string text;
    int rows_below = 0;
};

struct screen_state {
    editor input;
    scroll_place scroll;
    int message_rows = 1; // of the last drawing, for paging
    bool at_top = false;  // the first entry that there is was to be seen
    std::string progress; // of an upload
};

struct span {
    std::string text;
    style look;
};
using text_row = std::vector<span>;

// The rows of the entry number `which` of a room, with a day's line where one begins; `number` is
// shown instead of the time where it is not 0.
[[nodiscard]] std::vector<text_row> rows_of(const model& of, const room& where, std::size_t which,
                                            int columns, int number);

void draw(grid& on, const model& of, screen_state& with);
// Up is positive.
void scroll(const model& of, screen_state& with, int columns, int rows);

// The room whose name stands there, or none.
[[nodiscard]] int room_at(const model& of, int column, int row, int columns, int rows);
// Columns for what is said.
[[nodiscard]] int message_columns(int columns);

// The colour of a person: the same everywhere, different for most.
[[nodiscard]] style person_look(const model& of, std::string_view nickname);

} // namespace tertulia::terminal
