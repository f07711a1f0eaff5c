// SPDX-License-Identifier: Apache-2.0
#include "terminal/grid.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"
#include "base/width.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace tertulia::terminal {
namespace {

// The nearest of the palette's cube of 6 x 6 x 6.
int palette_number(std::int32_t rgb) {
    const auto step = [](int value) {
        return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
    };
    return 16 + 36 * step((rgb >> 16) & 0xFF) + 6 * step((rgb >> 8) & 0xFF) + step(rgb & 0xFF);
}

// One of eight, by which of the three are strong.
int basic_number(std::int32_t rgb) {
    const int red = (rgb >> 16) & 0xFF;
    const int green = (rgb >> 8) & 0xFF;
    const int blue = rgb & 0xFF;
    const int strong = std::max({red, green, blue}) * 3 / 4;
    return (red > strong ? 1 : 0) + (green > strong ? 2 : 0) + (blue > strong ? 4 : 0);
}

void append_colour(std::string& out, std::int32_t rgb, int base, colour_depth depth) {
    if (rgb < 0 || depth == colour_depth::none) {
        return;
    }
    if (depth == colour_depth::full) {
        fmt::format_to(std::back_inserter(out), ";{};2;{};{};{}", base + 8, (rgb >> 16) & 0xFF,
                       (rgb >> 8) & 0xFF, rgb & 0xFF);
    } else if (depth == colour_depth::palette) {
        fmt::format_to(std::back_inserter(out), ";{};5;{}", base + 8, palette_number(rgb));
    } else {
        fmt::format_to(std::back_inserter(out), ";{}", base + basic_number(rgb));
    }
}

void append_style(std::string& out, const style& look, colour_depth depth) {
    out += "\x1B[0";
    out += look.bold ? ";1" : "";
    out += look.dim ? ";2" : "";
    out += look.underline ? ";4" : "";
    out += look.reverse ? ";7" : "";
    append_colour(out, look.colour, 30, depth);
    append_colour(out, look.ground, 40, depth);
    out += 'm';
}

} // namespace

colour_depth depth_of(std::string_view no_color, std::string_view colorterm,
                      std::string_view term) {
    if (!no_color.empty() || term == "dumb") {
        return colour_depth::none;
    }
    if (colorterm == "truecolor" || colorterm == "24bit" || term.contains("direct")) {
        return colour_depth::full;
    }
    return term.contains("256color") ? colour_depth::palette : colour_depth::sixteen;
}

grid::grid(int columns, int rows)
    : columns_(std::max(columns, 0)), rows_(std::max(rows, 0)),
      cells_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

std::size_t grid::index(int column, int row) const {
    ASSERT(column >= 0 && column < columns_ && row >= 0 && row < rows_);
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
}

const cell& grid::at(int column, int row) const { return cells_[index(column, row)]; }

int grid::put(int column, int row, std::string_view text, const style& look, int end) {
    end = std::min(end, columns_);
    if (row < 0 || row >= rows_ || column < 0) {
        return column;
    }
    while (!text.empty()) {
        const std::string_view one = base::front_grapheme(text);
        text.remove_prefix(one.size());
        const int width = base::grapheme_width(one);
        if (width == 0) {
            continue; // nothing that a terminal could obey has a width
        }
        if (column + width > end) {
            break;
        }
        cells_[index(column, row)] = {base::harmless(one), look};
        if (width == 2) {
            cells_[index(column + 1, row)] = {"", look};
        }
        column += width;
    }
    return column;
}

void grid::fill(int column, int row, int end, const style& look) {
    for (; row >= 0 && row < rows_ && column < std::min(end, columns_); ++column) {
        cells_[index(column, row)] = {" ", look};
    }
}

bool grid::is_disputed(int row) const {
    for (int column = 0; column < columns_; ++column) {
        const std::string& text = at(column, row).text;
        if (text.size() > 1 && base::truncate_utf8(text, text.size() - 1) != std::string_view()) {
            return true; // more than one character
        }
    }
    return false;
}

// Terminals differ in the widths of rare characters: behind anything but ASCII the place is named
// again, so that a difference of opinion stays where it is. A row with clusters is erased before it
// changes: what the terminal took for wider would stay behind.
std::string grid::changes_from(const grid& before, colour_depth depth) const {
    const bool comparable = before.columns_ == columns_ && before.rows_ == rows_;
    std::string out = "\x1B[?25l";
    out += comparable ? "" : "\x1B[0m\x1B[2J";
    style now;
    out += "\x1B[0m";
    for (int row = 0; row < rows_; ++row) {
        int place = -1; // where the terminal's cursor is known to be in this row
        const bool anew =
            comparable && differs(before, row) && (is_disputed(row) || before.is_disputed(row));
        if (anew) {
            now = {};
            place = 0;
            fmt::format_to(std::back_inserter(out), "\x1B[{};1H\x1B[0m\x1B[2K", row + 1);
        }
        for (int column = 0; column < columns_; ++column) {
            const cell& wanted = at(column, row);
            const bool same =
                comparable && !anew ? wanted == before.at(column, row) : wanted == cell{};
            if (same || wanted.text.empty()) {
                continue;
            }
            if (place != column) {
                fmt::format_to(std::back_inserter(out), "\x1B[{};{}H", row + 1, column + 1);
            }
            if (wanted.look != now) {
                now = wanted.look;
                append_style(out, now, depth);
            }
            out += wanted.text;
            place = wanted.text.size() == 1 ? column + 1 : -1;
        }
    }
    fmt::format_to(std::back_inserter(out), "\x1B[0m\x1B[{};{}H\x1B[?25h", cursor_row_ + 1,
                   cursor_column_ + 1);
    return out;
}

bool grid::differs(const grid& other, int row) const {
    for (int column = 0; column < columns_; ++column) {
        if (at(column, row) != other.at(column, row)) {
            return true;
        }
    }
    return false;
}

std::string grid::row_text(int row) const {
    std::string made;
    for (int column = 0; column < columns_; ++column) {
        made += at(column, row).text;
    }
    return made.substr(0, made.find_last_not_of(' ') + 1);
}

} // namespace tertulia::terminal
