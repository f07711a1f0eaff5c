// SPDX-License-Identifier: Apache-2.0
#include "terminal/line_face.hpp"

#include "base/text.hpp"
#include "terminal/commands.hpp"
#include "terminal/dialogue.hpp"
#include "terminal/limits.hpp"
#include "terminal/plain_text.hpp"
#include "terminal/speaking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <termios.h>
#include <unistd.h>
#include <utility>

namespace tertulia::terminal {
namespace {

using base::text_key;

constexpr std::size_t lines_waiting_max = 64;

// Nothing that a line could be about is still on its way.
bool is_ready(const client& who) {
    if (who.state.asked != question::none) {
        return true;
    }
    return who.online() && std::ranges::none_of(who.state.rooms, [](const auto& one) {
               return one->wanted && !one->inside;
           });
}

} // namespace

line_face::line_face(line_format as, bool at_terminal, base::language in)
    : as_(as), at_terminal_(at_terminal), language_(in) {}

line_face::~line_face() { set_echo(true); }

void line_face::take_input(std::string_view bytes, client& /*who*/) {
    ended_ = ended_ || bytes.empty();
    unfinished_ += bytes;
    for (std::size_t feed = unfinished_.find('\n'); feed != std::string::npos;
         feed = unfinished_.find('\n')) {
        typed_.push_back(unfinished_.substr(0, feed));
        unfinished_.erase(0, feed + 1);
        if (typed_.back().ends_with('\r')) {
            typed_.back().pop_back();
        }
    }
    while (unfinished_.size() > typed_size_max) { // a line without end is said in pieces
        typed_.emplace_back(base::truncate_utf8(unfinished_, typed_size_max));
        unfinished_.erase(0, typed_.back().size());
    }
    if (ended_ && !unfinished_.empty()) {
        typed_.push_back(std::exchange(unfinished_, {}));
    }
}

bool line_face::wants_input(const client& /*who*/) const {
    return !ended_ && typed_.size() < lines_waiting_max;
}

void line_face::show(const show_entry& what) {
    const std::string line =
        as_ == line_format::json ? json_line(what, language_) : plain_line(what, language_);
    if (!line.empty()) {
        say(line);
    }
}

void line_face::ask_for(const ask& what, const client& who) {
    const std::string text = question_text(who.state);
    set_echo(!is_secret(what.what));
    if (as_ == line_format::plain) {
        say(text);
        return;
    }
    std::string line = R"({"event":"question","text":)";
    append_json_text(text, line);
    say(line + "}");
}

void line_face::tell(std::string_view line, client& who) {
    show({.room = "", .in_current_room = true, .what = [&] {
              entry made{.at = who.now.wall, .kind = entry_kind::warning};
              made.text = line;
              return made;
          }()});
}

void line_face::close(int exit_status, base::language in) {
    set_echo(true);
    if (exit_status == 0 || exit_status == exit_misunderstood) {
        return; // it has been said
    }
    const bool never = exit_status == exit_not_connected;
    const std::string_view text =
        base::text(in, never ? text_key::chat_not_connected_400 : text_key::chat_disconnected_500);
    if (as_ == line_format::plain) {
        say(text);
        return;
    }
    std::string line = fmt::format(R"({{"event":"error","code":{},"text":)", never ? 400 : 500);
    append_json_text(text, line);
    say(line + "}");
}

void line_face::draw(client& who) {
    while (!typed_.empty() && is_ready(who) && !who.leaving && !left_) {
        const std::string line = std::move(typed_.front());
        typed_.pop_front();
        set_echo(true);
        who.type(line);
        left_ = who.is_over();
    }
    while (who.leaving && at_terminal_ && !typed_.empty()) { // twice: without what still waits
        if (wants_to_leave(typed_.front())) {
            who.type(typed_.front());
        }
        typed_.pop_front();
    }
    if (!ended_ || !typed_.empty() || who.leaving || left_) {
        return;
    }
    if (who.state.asked != question::none && !who.online()) {
        left_ = true; // nobody answers any more
        who.effects.emplace_back(leave{exit_not_connected});
    } else if (is_ready(who) && count_not_sent(who) == 0) {
        left_ = true;
        who.type("/quit");
    }
}

std::chrono::milliseconds line_face::patience() const { return std::chrono::milliseconds::max(); }

void line_face::say(std::string_view line) {
    fmt::print("{}\n", line);
    std::fflush(stdout);
}

void line_face::set_echo(bool on) const {
    termios how{};
    if (!at_terminal_ || ::tcgetattr(STDIN_FILENO, &how) != 0) {
        return;
    }
    how.c_lflag = on ? how.c_lflag | ECHO : how.c_lflag & ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &how);
}

} // namespace tertulia::terminal
