// SPDX-License-Identifier: Apache-2.0
// A hostile server before the terminal client: whatever it says, the client stays within its
// bounds, its screen can be drawn, and no control sequence of the server's is on it or in a line.
#include "base/assert.hpp"
#include "terminal/limits.hpp"
#include "terminal/screen_face.hpp"
#include "terminal/talk.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace tertulia;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    tests::talk ana;
    ana.is_welcomed(tests::modern);
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        ana.hears(line);
    }
    ASSERT(ana.who.state.rooms.size() <= terminal::rooms_max);
    ASSERT(ana.who.batches.size() <= terminal::batches_max);
    const auto obeyed = [](char one) {
        return one != '\n' && static_cast<unsigned char>(one) < 0x20;
    };
    ASSERT(std::ranges::none_of(ana.shows(), obeyed));
    terminal::screen_hands hands;
    terminal::grid drawn(90, 20);
    terminal::draw(drawn, ana.who.state, hands.state);
    for (int row = 0; row < drawn.rows(); ++row) {
        ASSERT(std::ranges::none_of(drawn.row_text(row), obeyed));
    }
    return 0;
}
