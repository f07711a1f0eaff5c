// SPDX-License-Identifier: Apache-2.0
#include "terminal/pieces.hpp"

#include "base/text.hpp"
#include "base/width.hpp"

#include <algorithm>
#include <utility>

namespace tertulia::terminal {
namespace {

// How many lines of a batch it takes.
std::size_t lines_of(std::string_view line, std::size_t size_max) {
    return 1 + line.size() / std::max<std::size_t>(size_max / 2, 1);
}

// The longest line that a message holds, if it is alone there.
std::size_t line_max(std::size_t size_max, multiline_bounds many) {
    return std::max(std::min(many.bytes, (many.lines - 1) * (size_max / 2)), size_max);
}

std::vector<std::string> gathered(std::string_view text, std::size_t size_max,
                                  multiline_bounds many) {
    const std::size_t alone = line_max(size_max, many);
    std::vector<std::string> made;
    std::string whole;
    std::size_t count = 0;
    while (!text.empty()) {
        const std::size_t feed = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, feed);
        text.remove_prefix(std::min(feed + 1, text.size()));
        while (line.size() > alone) {
            if (count > 0) {
                made.push_back(std::exchange(whole, {}));
                count = 0;
            }
            const std::string_view piece = front_piece(line, alone);
            made.emplace_back(piece);
            line.remove_prefix(piece.size());
        }
        const std::size_t needed = lines_of(line, size_max);
        if (count > 0 &&
            (count + needed > many.lines || whole.size() + 1 + line.size() > many.bytes)) {
            made.push_back(std::exchange(whole, {}));
            count = 0;
        }
        whole += count > 0 ? "\n" : "";
        whole += line;
        count += needed;
    }
    made.push_back(std::move(whole));
    return made;
}

// Not within an emoji of several characters, either, unless it is longer than all.
std::string_view whole_graphemes(std::string_view line, std::size_t size_max) {
    const std::string_view longest = base::truncate_utf8(line, size_max);
    const std::size_t last = base::last_grapheme_start(longest);
    const std::size_t size = base::front_grapheme(line.substr(last)).size();
    return last == 0 || last + size <= longest.size() ? longest : longest.substr(0, last);
}

} // namespace

std::string_view front_piece(std::string_view line, std::size_t size_max) {
    if (line.size() <= size_max) {
        return line;
    }
    const std::string_view longest = whole_graphemes(line, size_max);
    const std::size_t blank = longest.rfind(' ');
    const bool late = blank != std::string_view::npos && blank >= longest.size() / 2;
    return late ? longest.substr(0, blank + 1) : longest;
}

std::vector<std::string> pieces_of(std::string_view text, std::size_t size_max,
                                   multiline_bounds many) {
    const bool is_one = !text.contains('\n') && text.size() <= size_max;
    if (!is_one && many.lines > 1) {
        return gathered(text, size_max, many);
    }
    std::vector<std::string> made;
    while (!text.empty()) {
        const std::size_t feed = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, feed);
        text.remove_prefix(std::min(feed + 1, text.size()));
        while (!line.empty()) {
            const std::string_view piece = front_piece(line, size_max);
            made.emplace_back(piece);
            line.remove_prefix(piece.size());
        }
    }
    return made;
}

} // namespace tertulia::terminal
