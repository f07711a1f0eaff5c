// SPDX-License-Identifier: Apache-2.0
#include "terminal/view.hpp"

#include "base/width.hpp"
#include "terminal/commands.hpp"
#include "terminal/dialogue.hpp"
#include "terminal/timestamps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <set>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;

constexpr int columns_min = 20;
constexpr int rows_min = 5;
constexpr int rooms_width = 18;
constexpr int members_width = 16;
constexpr int input_rows_max = 5;

constexpr style plain{};
constexpr style quiet{.dim = true};
constexpr style strong{.bold = true};
constexpr style chosen{.bold = true, .reverse = true};
constexpr style bar{.reverse = true};
constexpr style calling{.colour = 0xE5C07B, .bold = true};

struct layout {
    int rooms = 0;      // columns of each, 0: not shown
    int members = 0;    //
    int input_rows = 1; //
    int first_row = 1;  // of messages
    int last_row = 0;   // behind them
    int status_row = 0;
    int columns = 0;

    [[nodiscard]] int left() const { return rooms > 0 ? rooms + 1 : 0; }
    [[nodiscard]] int right() const { return members > 0 ? columns - members - 1 : columns; }
};

int rooms_shown(int columns) { return columns >= 64 ? rooms_width : 0; }
int members_shown(int columns) { return columns >= 88 ? members_width : 0; }

layout layout_of(int columns, int rows, int input_rows) {
    layout made;
    made.columns = columns;
    made.rooms = rooms_shown(columns);
    made.members = members_shown(columns);
    made.input_rows = std::min(input_rows, std::min(input_rows_max, rows - 4));
    made.status_row = rows - made.input_rows - 1;
    made.last_row = made.status_row;
    return made;
}

std::string room_title(const model& of, const room& one) {
    if (one.kind == room_kind::server) {
        return of.network.empty() ? std::string(base::text(of.language, text_key::chat_server_room))
                                  : of.network;
    }
    return one.name;
}

// The first of the rooms that is shown, where there are more than rows.
int first_room_shown(const model& of, int rows) {
    return std::max(0, static_cast<int>(of.current) - rows + 1);
}

void draw_rooms(grid& on, const model& of, const layout& in) {
    const int rows = in.last_row - in.first_row;
    const int first = first_room_shown(of, rows);
    for (int row = 0; row < rows; ++row) {
        const auto number = static_cast<std::size_t>(first + row);
        on.put(in.rooms, in.first_row + row, "│", quiet, in.rooms + 1);
        if (number >= of.rooms.size()) {
            continue;
        }
        const room& one = *of.rooms[number];
        const bool shown = number == of.current;
        const style look = shown              ? chosen
                           : one.mentions > 0 ? calling
                           : one.unread > 0   ? strong
                                              : plain;
        const std::string count = one.unread > 0 ? fmt::format("{}", one.unread) : "";
        const int room_for_name = in.rooms - static_cast<int>(count.size()) - 1;
        on.fill(0, in.first_row + row, in.rooms, shown ? look : plain);
        on.put(0, in.first_row + row, room_title(of, one), look, room_for_name);
        on.put(in.rooms - static_cast<int>(count.size()), in.first_row + row, count, look,
               in.rooms);
    }
}

void draw_members(grid& on, const model& of, const layout& in) {
    std::vector<std::pair<std::string, const member*>> all;
    const std::string order = "~&@%+";
    for (const auto& [key, one] : of.here().members) {
        const std::size_t rank =
            one.prefix.empty() ? order.size() : std::min(order.find(one.prefix[0]), order.size());
        all.emplace_back(std::to_string(rank) + key, &one);
    }
    std::ranges::sort(all);
    for (int row = in.first_row; row < in.last_row; ++row) {
        on.put(in.right(), row, "│", quiet, in.columns);
        const auto number = static_cast<std::size_t>(row - in.first_row);
        if (number >= all.size()) {
            continue;
        }
        const member& one = *all[number].second;
        style look = person_look(of, one.nickname);
        look.bold = false;
        look.dim = one.away;
        const bool more = row + 1 == in.last_row && number + 1 < all.size();
        on.put(in.right() + 1, row,
               more ? fmt::format("+{}", all.size() - number)
                    : one.prefix.substr(0, 1) + one.nickname,
               more ? quiet : look, in.columns);
    }
}

// Numbers for the messages while a command is typed that takes one, or for links; 0: none.
int shown_number(const model& of, const entry& one, bool links, int& counted) {
    if (of.numbered && of.numbered->room == of.here().name) {
        return one.deleted ? 0 : static_cast<int>(number_of(one, *of.numbered));
    }
    return links && !find_link(one).empty() ? ++counted : 0;
}

void draw_row(grid& on, const text_row& what, int column, int row, int end) {
    for (const span& one : what) {
        column = on.put(column, row, one.text, one.look, end);
    }
}

// What stands above the first entry.
std::string beginning_text(const model& of, const room& where) {
    const bool all = where.past.at_beginning && where.kind != room_kind::server;
    return where.past.asked ? std::string(base::text(of.language, text_key::chat_loading))
           : all            ? std::string(base::text(of.language, text_key::chat_start_of_history))
                            : "";
}

void draw_messages(grid& on, const model& of, screen_state& with, const layout& in) {
    const room& where = of.here();
    const int width = in.right() - in.left();
    const std::string_view typed = with.input.text();
    const bool links = typed == "/open" || typed.starts_with("/open ");
    with.message_rows = in.last_row - in.first_row;
    with.at_top = where.entries().empty();
    int row = in.last_row - 1;
    int counted = 0;
    bool below = with.scroll.away;
    int skipped = 0;
    if (below) { // the entry that is remembered, or the last one before its time
        screen_state probe{.scroll = with.scroll};
        scroll(of, probe, width, 0);
        with.scroll = probe.scroll;
        below = with.scroll.away;
    }
    for (std::size_t i = where.entries().size(); i-- > 0 && row >= in.first_row;) {
        const entry& one = where.entries()[i];
        const int number = shown_number(of, one, links, counted);
        if (below) {
            const bool found = one.at == with.scroll.at && one.id == with.scroll.id &&
                               one.text == with.scroll.text;
            if (!found) {
                continue;
            }
            below = false;
            skipped = with.scroll.rows_below;
        }
        std::vector<text_row> rows = rows_of(of, where, i, width, number);
        rows.resize(std::max<std::size_t>(rows.size(), static_cast<std::size_t>(skipped)) -
                    static_cast<std::size_t>(std::exchange(skipped, 0)));
        for (const text_row& text : rows | std::views::reverse) {
            if (row >= in.first_row) {
                draw_row(on, text, in.left(), row--, in.right());
            }
        }
        with.at_top = i == 0 && row >= in.first_row - 1;
    }
    if (with.at_top && row >= in.first_row) {
        on.put(in.left(), row, beginning_text(of, where), quiet, in.right());
    }
}

void draw_topic(grid& on, const model& of, const layout& in) {
    const room& here = of.here();
    on.fill(0, 0, in.columns, bar);
    const std::string title = here.topic.empty()
                                  ? room_title(of, here)
                                  : fmt::format("{} — {}", room_title(of, here), here.topic);
    on.put(0, 0, title, bar, in.columns);
}

std::string connection_text(const model& of) {
    const auto say = [&](text_key what) { return std::string(base::text(of.language, what)); };
    switch (of.state) {
    case connection_state::offline:
        return of.retrying ? fmt::format("{}, {}", say(text_key::chat_offline),
                                         base::say(of.language, text_key::chat_again_in,
                                                   {std::to_string(of.next_attempt_in.count())}))
                           : say(text_key::chat_offline);

    case connection_state::connecting:
    case connection_state::registering: return say(text_key::chat_connecting);
    case connection_state::online: break;
    }
    return say(of.shielded == protection::none ? text_key::chat_plain_text
                                               : text_key::chat_encrypted);
}

void draw_status(grid& on, const model& of, const screen_state& with, const layout& in) {
    const auto say = [&](text_key what) { return base::text(of.language, what); };
    on.fill(0, in.status_row, in.columns, bar);
    std::string left = fmt::format(" {} ", of.nickname.empty() ? "?" : of.nickname);
    left += of.account.empty() ? fmt::format("({}) ", say(text_key::chat_guest)) : "";
    left += of.away ? fmt::format("[{}] ", say(text_key::chat_is_away)) : "";
    left += fmt::format("· {} · {} ", of.host, connection_text(of));
    left += with.progress.empty() ? "" : fmt::format("· {} ", with.progress);
    const std::string right =
        with.scroll.away ? fmt::format("{} ", say(text_key::chat_more_below)) : "";
    const int right_start = in.columns - base::text_width(right);
    on.put(0, in.status_row, left, bar, right_start);
    on.put(right_start, in.status_row, right, bar, in.columns);
}

// The input as one text: what is asked or where it goes, then what was typed, secrets as dots.
struct input_text {
    std::string prompt;
    std::string shown;
    std::size_t cursor = 0; // a byte in `shown`
};

input_text input_of(const model& of, const screen_state& with) {
    input_text made;
    const std::string question = question_text(of);
    made.prompt = question.empty() ? "> " : question + ": ";
    const bool secret = is_secret(of.asked);
    std::string_view rest = with.input.text();
    std::size_t passed = 0;
    while (true) {
        if (passed == with.input.cursor()) {
            made.cursor = made.shown.size();
        }
        if (rest.empty()) {
            break;
        }
        const std::string_view one = base::front_grapheme(rest);
        made.shown += secret ? "•" : one == "\n" ? "⏎" : one;
        passed += one.size();
        rest.remove_prefix(one.size());
    }
    return made;
}

// Rows of whole graphemes.
std::vector<std::string_view> folded(std::string_view text, int columns) {
    std::vector<std::string_view> rows;
    do {
        std::string_view row = base::fit_width(text, columns);
        row = row.empty() ? base::front_grapheme(text) : row;
        rows.push_back(row);
        text.remove_prefix(row.size());
    } while (!text.empty());
    return rows;
}

void draw_input(grid& on, const input_text& what, const layout& in) {
    const std::string whole = what.prompt + what.shown;
    const std::size_t cursor = what.prompt.size() + what.cursor;
    const std::vector<std::string_view> rows = folded(whole, in.columns - 1);
    std::size_t cursor_row = 0;
    std::size_t passed = 0;
    while (cursor_row + 1 < rows.size() && passed + rows[cursor_row].size() <= cursor) {
        passed += rows[cursor_row++].size();
    }
    const auto shown = static_cast<std::size_t>(in.input_rows);
    const std::size_t first = cursor_row >= shown ? cursor_row - shown + 1 : 0;
    for (std::size_t i = 0; i < shown && first + i < rows.size(); ++i) {
        on.put(0, in.status_row + 1 + static_cast<int>(i), rows[first + i], plain, in.columns);
    }
    on.set_cursor(base::text_width(rows[cursor_row].substr(0, cursor - passed)),
                  in.status_row + 1 + static_cast<int>(cursor_row - first));
}

} // namespace

int message_columns(int columns) {
    const layout in = layout_of(columns, rows_min, 1);
    return in.right() - in.left();
}

void draw(grid& on, const model& of, screen_state& with) {
    if (on.columns() < columns_min || on.rows() < rows_min) {
        on.put(0, 0, base::text(of.language, text_key::chat_too_small), plain, on.columns());
        return;
    }
    const input_text input = input_of(of, with);
    const auto input_rows = folded(input.prompt + input.shown, on.columns() - 1).size();
    const layout in = layout_of(on.columns(), on.rows(), static_cast<int>(input_rows));
    draw_topic(on, of, in);
    draw_messages(on, of, with, in);
    if (in.rooms > 0) {
        draw_rooms(on, of, in);
    }
    if (in.members > 0) {
        draw_members(on, of, in);
    }
    draw_status(on, of, with, in);
    draw_input(on, input, in);
}

int room_at(const model& of, int column, int row, int columns, int rows) {
    const layout in = layout_of(columns, rows, 1);
    if (column >= in.rooms || row < in.first_row || row >= in.last_row) {
        return -1;
    }
    const int number = first_room_shown(of, in.last_row - in.first_row) + row - in.first_row;
    return number < static_cast<int>(of.rooms.size()) ? number : -1;
}

} // namespace tertulia::terminal
