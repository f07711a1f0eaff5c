// SPDX-License-Identifier: Apache-2.0
// A screen as cells with graphemes, and what to write to a terminal so that one becomes another.
// The only place where sequences for the terminal are made of what is shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia::terminal {

enum class colour_depth : std::uint8_t { none, sixteen, palette, full };

// What the environment says of the terminal: NO_COLOR, COLORTERM, TERM.
[[nodiscard]] colour_depth depth_of(std::string_view no_color, std::string_view colorterm,
                                    std::string_view term);

struct style {
    std::int32_t colour = -1; // 0xRRGGBB; -1: the terminal's own
    std::int32_t ground = -1;
    bool bold = false;
    bool dim = false;
    bool reverse = false;
    bool underline = false;

    friend bool operator==(const style&, const style&) = default;
};

struct cell {
    std::string text = " "; // a grapheme; empty: the second half of a wide one
    style look;

    friend bool operator==(const cell&, const cell&) = default;
};

class grid {
public:
    grid(int columns, int rows);

    [[nodiscard]] int columns() const { return columns_; }
    [[nodiscard]] int rows() const { return rows_; }
    [[nodiscard]] const cell& at(int column, int row) const;

    // As much of the text as fits before column `end`; answers the column behind it.
    int put(int column, int row, std::string_view text, const style& look, int end);
    void fill(int column, int row, int end, const style& look);

    void set_cursor(int column, int row) {
        cursor_column_ = column;
        cursor_row_ = row;
    }

    // Sequences that make a terminal which shows `before` show this; `before` of another size
    // counts for nothing.
    [[nodiscard]] std::string changes_from(const grid& before, colour_depth depth) const;
    // For tests and screenshots.
    [[nodiscard]] std::string row_text(int row) const;

private:
    [[nodiscard]] std::size_t index(int column, int row) const;
    // It has clusters of characters, on whose width terminals differ.
    [[nodiscard]] bool is_disputed(int row) const;
    [[nodiscard]] bool differs(const grid& other, int row) const;

    int columns_;
    int rows_;
    int cursor_column_ = 0;
    int cursor_row_ = 0;
    std::vector<cell> cells_;
};

} // namespace tertulia::terminal
