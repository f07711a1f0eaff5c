// SPDX-License-Identifier: Apache-2.0
#include "irc/multiline.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace tertulia::irc {
namespace {

// The blank stays at the end of its line, so that the words are apart when the lines are joined.
std::string_view first_piece(std::string_view line, std::size_t room) {
    const std::string_view whole = base::truncate_utf8(line, room);
    const std::size_t blank = whole.rfind(' ');
    const bool cut = whole.size() < line.size() && blank != std::string_view::npos && blank > 0;
    return cut ? whole.substr(0, blank + 1) : whole;
}

} // namespace

std::vector<message_piece> pieces_of(std::string_view text, std::size_t room) {
    constexpr std::size_t room_min = 8; // for a character, whatever names stand before it
    room = std::max(room, room_min);
    std::vector<message_piece> pieces;
    while (true) {
        std::string_view line = text.substr(0, text.find('\n'));
        const bool last = line.size() == text.size();
        text.remove_prefix(last ? line.size() : line.size() + 1);
        bool goes_on = false;
        do {
            const std::string_view piece = first_piece(line, room);
            pieces.push_back({piece, goes_on});
            line.remove_prefix(piece.size());
            goes_on = true;
        } while (!line.empty());
        if (last) {
            return pieces;
        }
    }
}

} // namespace tertulia::irc
