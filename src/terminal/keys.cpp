// SPDX-License-Identifier: Apache-2.0
#include "terminal/keys.hpp"

#include "base/characters.hpp"
#include "base/text.hpp"
#include "base/width.hpp"
#include "terminal/limits.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace tertulia::terminal {
namespace {

constexpr char escape = '\x1B';
constexpr std::string_view paste_begins = "\x1B[200~";
constexpr std::string_view paste_ends = "\x1B[201~";

struct sequence {
    std::string_view bytes; // behind ESC [ or ESC O
    key what;
};
constexpr auto sequences = std::to_array<sequence>({
    {"A", key::up},
    {"B", key::down},
    {"C", key::right},
    {"D", key::left},
    {"H", key::home},
    {"F", key::end},
    {"1~", key::home},
    {"4~", key::end},
    {"7~", key::home},
    {"8~", key::end},
    {"3~", key::remove},
    {"5~", key::page_up},
    {"6~", key::page_down},
    {"Z", key::backward_tab},
    {"1;5C", key::word_right},
    {"1;5D", key::word_left},
    {"1;3C", key::word_right},
    {"1;3D", key::word_left},
    {"1;3A", key::previous_room},
    {"1;3B", key::next_room},
    {"1;5A", key::previous_room},
    {"1;5B", key::next_room},
    {"5;5~", key::previous_room},
    {"6;5~", key::next_room},
    {"P", key::help},
    {"11~", key::help},
});

struct control {
    char byte;
    key what;
};
constexpr auto controls = std::to_array<control>({
    {'\r', key::enter},
    {'\n', key::enter},
    {'\t', key::tab},
    {'\x7F', key::backspace},
    {'\x08', key::backspace},
    {'\x01', key::home},
    {'\x02', key::left},
    {'\x03', key::interrupt},
    {'\x04', key::end_of_input},
    {'\x05', key::end},
    {'\x06', key::right},
    {'\x0B', key::erase_behind},
    {'\x0C', key::redraw},
    {'\x0E', key::next_room},
    {'\x10', key::previous_room},
    {'\x15', key::erase_before},
    {'\x17', key::erase_word},
});

} // namespace

void key_reader::feed(std::string_view bytes) {
    pending_ += bytes;
    while (!pending_.empty() && read_one()) {}
}

void key_reader::give_up() {
    if (!pasting_ && !pending_.empty()) {
        pending_.erase(0, 1); // nothing followed the ESC, or it was no sequence
        feed("");
    }
}

// False: more is needed.
bool key_reader::read_one() {
    if (pasting_) {
        return read_paste();
    }
    const char first = pending_.front();
    if (first == escape) {
        return read_escape();
    }
    const auto* const found = std::ranges::find(controls, first, &control::byte);
    if (found != controls.end()) {
        press(found->what);
        pending_.erase(0, 1);
        return true;
    }
    std::size_t end = 0;
    while (end < pending_.size() && static_cast<unsigned char>(pending_[end]) >= 0x20 &&
           pending_[end] != '\x7F') {
        ++end;
    }
    if (end == 0) {
        pending_.erase(0, 1); // a control that means nothing here
        return true;
    }
    if (end == pending_.size() && base::ends_within_character(pending_)) {
        return false;
    }
    pressed_.push_back({.what = key::text, .text = base::harmless(pending_.substr(0, end))});
    pending_.erase(0, end);
    return true;
}

bool key_reader::read_escape() {
    if (pending_.size() < 2) {
        return false;
    }
    const char second = pending_[1];
    if (second == '[' || second == 'O') {
        return read_sequence();
    }
    if (second == escape) {
        pending_.erase(0, 1);
        return true;
    }
    if (second >= '1' && second <= '9') {
        pressed_.push_back({.what = key::room_number, .number = second - '0'});
    } else if (second == '\r') {
        press(key::line_feed);
    } else if (second == 'b') {
        press(key::word_left);
    } else if (second == 'f') {
        press(key::word_right);
    } else if (second == '\x7F') {
        press(key::erase_word);
    }
    pending_.erase(0, 2);
    return true;
}

bool key_reader::read_sequence() {
    if (pending_.starts_with(paste_begins)) {
        pending_.erase(0, paste_begins.size());
        pasting_ = true;
        return true;
    }
    std::size_t end = 2;
    while (end < pending_.size() && (pending_[end] < '@' || pending_[end] > '~')) {
        ++end;
    }
    constexpr std::size_t sequence_size_max = 32;
    if (end == pending_.size()) {
        if (end > sequence_size_max) {
            pending_.erase(0, end);
        }
        return false;
    }
    const std::string body = pending_.substr(2, end - 1);
    pending_.erase(0, end + 1);
    if (body.starts_with('<')) {
        press_mouse(std::string_view(body).substr(1, body.size() - 2), body.back() == 'm');
        return true;
    }
    const auto* const found = std::ranges::find(sequences, body, &sequence::bytes);
    if (found != sequences.end()) {
        press(found->what);
    }
    return true;
}

bool key_reader::read_paste() {
    const std::size_t end = pending_.find(paste_ends);
    const std::size_t whole = end != std::string::npos ? end
                              : pending_.size() > paste_ends.size()
                                  ? pending_.size() - paste_ends.size()
                                  : 0;
    const std::size_t room = typed_size_max - std::min(typed_size_max, paste_.size());
    paste_cut_ = paste_cut_ || whole > room;
    paste_ += base::truncate_utf8(std::string_view(pending_).substr(0, whole), room);
    pending_.erase(0, whole);
    if (end == std::string::npos) {
        return false;
    }
    pending_.erase(0, paste_ends.size());
    pasting_ = false;
    std::string text = std::exchange(paste_, {});
    for (std::size_t at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at)) {
        text.erase(at, 1);
    }
    std::ranges::replace(text, '\r', '\n');
    pressed_.push_back({.what = key::text,
                        .text = base::harmless(text, base::line_feeds::kept),
                        .cut = std::exchange(paste_cut_, false)});
    return true;
}

// SGR mouse reports: button ; column ; row, from 1.
void key_reader::press_mouse(std::string_view parameters, bool released) {
    std::array<int, 3> of{};
    for (int& one : of) {
        const std::size_t size = std::min(parameters.find(';'), parameters.size());
        std::from_chars(parameters.data(), parameters.data() + size, one);
        parameters.remove_prefix(std::min(size + 1, parameters.size()));
    }
    key_press made{.column = of[1] - 1, .row = of[2] - 1};
    if (of[0] == 64 || of[0] == 65) {
        made.what = of[0] == 64 ? key::wheel_up : key::wheel_down;
    } else if (of[0] == 0 && !released) {
        made.what = key::click;
    } else {
        return;
    }
    pressed_.push_back(std::move(made));
}

} // namespace tertulia::terminal
