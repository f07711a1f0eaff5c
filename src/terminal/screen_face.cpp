// SPDX-License-Identifier: Apache-2.0
#include "terminal/screen_face.hpp"

#include "base/width.hpp"
#include "terminal/commands.hpp"
#include "terminal/dialogue.hpp"
#include "terminal/history.hpp"
#include "terminal/limits.hpp"
#include "terminal/upload.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;

// Another screen, pastes marked as such, mouse buttons with places beyond column 223.
constexpr std::string_view enter_screen = "\x1B[?1049h\x1B[?2004h\x1B[?1000h\x1B[?1006h\x1B[2J";
constexpr std::string_view exit_screen =
    "\x1B[0m\x1B[?1006l\x1B[?1000l\x1B[?2004l\x1B[?1049l\x1B[?25h";
constexpr std::chrono::milliseconds escape_patience{50};

} // namespace

void screen_hands::press(const key_press& one, client& who, int columns, int rows) {
    if (one.what != key::tab && one.what != key::backward_tab) {
        completing_.stop();
    }
    const int page = std::max(1, state.message_rows - 1);
    switch (one.what) {
    case key::enter: enter(who); return;
    case key::tab: completing_.next(state.input, who.state, 1); return;
    case key::backward_tab: completing_.next(state.input, who.state, -1); return;
    case key::page_up: look(who, page, columns); return;
    case key::page_down: look(who, -page, columns); return;
    case key::wheel_up: look(who, 3, columns); return;
    case key::wheel_down: look(who, -3, columns); return;
    case key::redraw: redraw_ = true; return;
    case key::previous_room: move_through_rooms(who, -1); return;
    case key::next_room: move_through_rooms(who, 1); return;
    case key::room_number: show_room(who, one.number - 1); return;
    case key::click:
        if (const int number = room_at(who.state, one.column, one.row, columns, rows);
            number >= 0) {
            show_room(who, number);
        }
        return;
    case key::help: who.type("/help"); return;
    case key::interrupt:
        if (state.input.text().empty()) {
            who.type("/quit");
        }
        state.input.clear();
        return;
    case key::end_of_input:
        if (state.input.text().empty()) {
            who.type("/quit");
            return;
        }
        state.input.erase_right();
        return;
    default: edit(one, who);
    }
    number_messages(who);
}

bool screen_hands::insert(std::string_view what, bool was_cut, client& who) {
    if (!state.input.insert(what) || was_cut) {
        who.warn(text_key::chat_typed_too_long, {size_text(typed_size_max)});
    }
    return true;
}

// From the first moment in which a command wants a number, so that whatever comes meanwhile changes
// no number that can be seen.
void screen_hands::number_messages(client& who) {
    model& in = who.state;
    if (!counts_messages(state.input.text())) {
        in.numbered.reset();
    } else if (!in.numbered || in.numbered->room != in.here().name) {
        in.numbered = number_now(in.here());
    }
}

bool screen_hands::edit(const key_press& one, client& who) {
    editor& in = state.input;
    switch (one.what) {
    case key::text: return insert(one.text, one.cut, who);
    case key::line_feed: return insert("\n", false, who);
    case key::backspace: in.erase_left(); return true;
    case key::remove: in.erase_right(); return true;
    case key::left: in.move_left(); return true;
    case key::right: in.move_right(); return true;
    case key::up: in.older(); return true;
    case key::down: in.newer(); return true;
    case key::home: in.move_home(); return true;
    case key::end: in.move_end(); return true;
    case key::word_left: in.move_word_left(); return true;
    case key::word_right: in.move_word_right(); return true;
    case key::erase_before: in.erase_before(); return true;
    case key::erase_behind: in.erase_behind(); return true;
    case key::erase_word: in.erase_word(); return true;
    default: return false;
    }
}

void screen_hands::enter(client& who) {
    const bool asked = who.state.asked != question::none;
    const std::string typed = state.input.take(asked ? editor::memory::none : editor::memory::kept);
    if (typed.empty() && !asked) {
        return;
    }
    state.scroll = {};
    fetch_newest(who, who.state.here());
    const room* const before = &who.state.here();
    who.type(typed);
    who.state.numbered.reset();
    if (before != &who.state.here()) {
        state.scroll = {};
    }
}

void screen_hands::move_through_rooms(client& who, int step) {
    const auto count = static_cast<int>(who.state.rooms.size());
    show_room(who, (static_cast<int>(who.state.current) + step + count) % count);
}

void screen_hands::show_room(client& who, int number) {
    if (number >= 0 && number < static_cast<int>(who.state.rooms.size())) {
        state.scroll = {};
        const bool is_draft = who.state.asked == question::none;
        if (is_draft) {
            keep_draft(who.state.here());
        }
        who.state.show(static_cast<std::size_t>(number));
        if (is_draft) {
            take_draft(who.state.here());
        }
        number_messages(who);
        fetch_newest(who, who.state.here());
    }
}

// What is begun in a room is not said in another one by mistake.
void screen_hands::keep_draft(const room& of) {
    if (!state.input.text().empty()) {
        drafts_.insert_or_assign(of.name, state.input.text());
    }
    state.input.clear();
}

void screen_hands::take_draft(const room& of) {
    if (const auto found = drafts_.extract(of.name)) {
        state.input.insert(found.mapped());
    }
}

void screen_hands::look(client& who, int rows_up, int columns) {
    scroll(who.state, state, message_columns(columns), rows_up);
    if (rows_up > 0) {
        const auto& all = who.state.here().entries();
        const bool near_top = all.empty() ||
                              all.size() < 2 * static_cast<std::size_t>(state.message_rows) ||
                              (state.scroll.away && state.scroll.at <= all[all.size() / 4].at);
        if (near_top) {
            fetch_older(who, who.state.here());
        }
    } else if (!state.scroll.away) {
        fetch_newest(who, who.state.here());
    }
}

screen_face::screen_face(colour_depth depth) : depth_(depth) {
    ::tcgetattr(STDIN_FILENO, &before_);
    termios raw = before_;
    ::cfmakeraw(&raw);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
    on_ = true;
    write(enter_screen);
    resized();
}

screen_face::~screen_face() { leave_screen(); }

void screen_face::leave_screen() {
    if (std::exchange(on_, false)) {
        write(exit_screen);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
}

void screen_face::take_input(std::string_view bytes, client& who) {
    if (bytes.empty()) {
        who.type("/quit"); // the terminal is gone
        return;
    }
    keys_.feed(bytes);
    press_all(who);
}

void screen_face::press_all(client& who) {
    for (const key_press& one : keys_.take()) {
        hands_.press(one, who, columns_, rows_);
    }
}

void screen_face::ring_bell() { write("\a"); }

void screen_face::tell(std::string_view line, client& who) {
    last_told_ = base::harmless(line);
    who.note(who.state.here(), std::string(line), entry_kind::warning);
}

void screen_face::close(int exit_status, base::language in) {
    leave_screen();
    if (exit_status == 0 || exit_status == exit_misunderstood) {
        return;
    }
    if (!last_told_.empty()) {
        fmt::print("{}\n", last_told_);
    }
    fmt::print("{}\n",
               base::text(in, exit_status == exit_not_connected ? text_key::chat_not_connected_400
                                                                : text_key::chat_disconnected_500));
}

void screen_face::draw(client& who) {
    if (hands_.wants_redraw()) {
        shown_ = grid(0, 0);
    }
    grid wanted(columns_, rows_);
    terminal::draw(wanted, who.state, hands_.state);
    write(wanted.changes_from(shown_, depth_));
    shown_ = std::move(wanted);
}

std::chrono::milliseconds screen_face::patience() const {
    return keys_.waits() ? escape_patience : std::chrono::milliseconds::max();
}

void screen_face::resized() {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
        columns_ = std::min<int>(size.ws_col, 1000);
        rows_ = std::min<int>(size.ws_row, 500);
    }
    shown_ = grid(0, 0);
}

// All of it; a terminal that is slow is waited for.
void screen_face::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t moved = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (moved > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(moved));
        } else if (errno == EAGAIN) {
            pollfd writable{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
            ::poll(&writable, 1, 1000);
        } else if (errno != EINTR) {
            return;
        }
    }
}

} // namespace tertulia::terminal
